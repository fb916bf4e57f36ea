import { maxFrame } from './limits.ts'
import { listedLength, type Answer, type Digests } from './messages.ts'

type Place = Digests['places'][number]

/** A box of the larger class is written by itself. */
const longRecord = 8192
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

/** Records that are written together, at most: 34 KiB of the smaller ones, and then one that is larger. */
const recordsTogether = 8

/** Answers that are written together: made as they are needed, and so few that nobody holds much. */
export function* inPieces(answers: Iterable<Answer>): Generator<readonly Answer[]> {
  let piece: Answer[] = []
  for (const answer of answers) {
    const isLong = answer.type === 'record' && (answer.record?.length ?? 0) > longRecord
    piece.push(answer)
    if (piece.length < recordsTogether && answer.type === 'record' && !isLong) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}
