import { latin1, type Trace } from './cursor.ts'

/** More of it tells nothing new. */
const looked = 256 * 1024

const words: readonly (readonly [RegExp, Trace])[] = [
  [/gps|location|latitude|:city|:country/i, 'place'],
  [/tiff:make|tiff:model|aux:lens|creatortool|software/i, 'camera'],
  [/date|time/i, 'time'],
  [/creator|artist|author|by-?line|copyright|rights/i, 'author'],
]

/** What XMP, IPTC or a text chunk tells, by the words in it. */
export function readText(bytes: Uint8Array): Trace[] {
  const text = latin1(bytes.subarray(0, looked))
  return ['text', ...words.filter(([word]) => word.test(text)).map(([, trace]) => trace)]
}
