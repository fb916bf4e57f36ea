import { concat, u16, u32, utf8, type Bytes } from '../../base/bytes.ts'
import { Cursor, latin1, unreadable, type Trace } from './cursor.ts'

/** How a picture is turned before it is shown: 1 as it is, to 8. EXIF 2.3 section 4.6.4. */
export interface Exif {
  readonly orientation: number
  readonly traces: ReadonlySet<Trace>
}

const orientationTag = 0x0112
/** Tags of EXIF 2.3 that tell one thing; what is not here counts as `other`. */
const told: ReadonlyMap<number, Trace> = new Map([
  [0x010e, 'text'],
  [0x010f, 'camera'],
  [0x0110, 'camera'],
  [0x0131, 'camera'],
  [0x0132, 'time'],
  [0x013b, 'author'],
  [0x8298, 'author'],
  [0x8825, 'place'],
  [0x9003, 'time'],
  [0x9004, 'time'],
  [0x9286, 'text'],
  [0x927c, 'camera'],
  [0x9c9b, 'text'],
  [0x9c9c, 'text'],
  [0x9c9d, 'author'],
  [0x9c9e, 'text'],
  [0x9c9f, 'text'],
  [0xa420, 'other'],
  [0xa430, 'author'],
  [0xa431, 'camera'],
  [0xa433, 'camera'],
  [0xa434, 'camera'],
  [0xa435, 'camera'],
])
const exifDirectory = 0x8769
/** More entries no camera writes. */
const mostEntries = 512

/**
 * What an EXIF block (a TIFF file, without the `Exif` head) tells. It is thrown
 * away whole: one that cannot be read tells `other`, and turns nothing.
 */
export function readExif(tiff: Uint8Array): Exif {
  const traces = new Set<Trace>()
  let orientation = 1
  try {
    const littleEndian = byteOrder(tiff)
    const head = new Cursor(tiff, littleEndian)
    head.take(2)
    if (head.u16() !== 42) throw unreadable('EXIF without its mark')
    const entries = directory(tiff, head.u32(), littleEndian)
    for (const { tag, value } of entries.list) {
      if (tag === orientationTag) orientation = value >= 1 && value <= 8 ? value : 1
      else if (tag !== exifDirectory) traces.add(told.get(tag) ?? 'other')
    }
    if (entries.next !== 0) traces.add('preview')
    const inner = entries.list.find(({ tag }) => tag === exifDirectory)
    if (inner !== undefined) {
      for (const { tag } of directory(tiff, inner.offset, littleEndian).list) traces.add(told.get(tag) ?? 'other')
    }
  } catch {
    traces.add('other')
  }
  return { orientation, traces }
}

/** A block with nothing in it but how to turn the picture; undefined where it need not be turned. */
export function exifFor(orientation: number): Bytes | undefined {
  if (orientation === 1) return undefined
  const entry = concat(u16(orientationTag), u16(3), u32(1), u16(orientation), u16(0))
  return concat(utf8('MM'), u16(42), u32(8), u16(1), entry, u32(0))
}

interface Entry {
  readonly tag: number
  /** Of a SHORT. */
  readonly value: number
  readonly offset: number
}

function byteOrder(tiff: Uint8Array): boolean {
  const mark = latin1(tiff.subarray(0, 2))
  if (mark !== 'II' && mark !== 'MM') throw unreadable('EXIF of no byte order')
  return mark === 'II'
}

function directory(tiff: Uint8Array, offset: number, littleEndian: boolean): { list: Entry[]; next: number } {
  const cursor = new Cursor(tiff, littleEndian)
  cursor.take(offset)
  const count = cursor.u16()
  if (count > mostEntries) throw unreadable('EXIF of too many entries')
  const list: Entry[] = []
  for (let i = 0; i < count; i++) {
    const entry = cursor.take(12)
    const value = new Cursor(entry, littleEndian)
    const tag = value.u16()
    value.take(6)
    const long = new Cursor(entry.subarray(8), littleEndian)
    list.push({ tag, value: value.u16(), offset: long.u32() })
  }
  return { list, next: cursor.left >= 4 ? cursor.u32() : 0 }
}
