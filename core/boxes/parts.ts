import { maxFrame } from './limits.ts'
import { listedLength, type Digests } from './messages.ts'

type Place = Digests['places'][number]

/** Bytes of a `digests` frame before its places: length, version, type, flag, count. */
const headLength = 8
const placeHeadLength = 3

/** Splits the answer to a FETCH so that each part fits a frame; a place is never split. At least one part. */
export function inParts(places: readonly Place[]): Digests[] {
  const parts: Place[][] = [[]]
  let length = headLength
  for (const place of places) {
    const size = placeHeadLength + place.listed.length * listedLength
    if (length + size > maxFrame) {
      parts.push([])
      length = headLength
    }
    parts.at(-1)?.push(place)
    length += size
  }
  return parts.map((part, index) => ({ type: 'digests', more: index < parts.length - 1, places: part }))
}

/** Everything that the parts of one answer list, in order. */
export function listedIn(parts: readonly Digests[]): (Place['listed'][number] & { readonly index: number })[] {
  return parts.flatMap(({ places }) =>
    places.flatMap(({ index, listed }) => listed.map((each) => ({ ...each, index }))),
  )
}
