import { concat, u8, utf8, type Bytes } from '../../base/bytes.ts'
import { Cursor, latin1, unreadable, type Cleaned, type Trace } from './cursor.ts'
import { readText } from './text.ts'

const block = { extension: 0x21, image: 0x2c, end: 0x3b }
const extension = { graphics: 0xf9, application: 0xff, comment: 0xfe }
const loops = ['NETSCAPE2.0', 'ANIMEXTS1.0']
/** Each costs memory. */
const mostBlocks = 65_536

/**
 * Leaves the screen, the colour tables, the frames and how often they are
 * shown. GIF89a sections 17 to 27.
 *
 * @throws Fault `picture-unreadable`
 */
export function cleanGif(bytes: Uint8Array): Cleaned {
  const cursor = new Cursor(bytes)
  if (!['GIF87a', 'GIF89a'].includes(latin1(cursor.take(6)))) throw unreadable('A GIF without its start')
  const screen = cursor.take(7)
  cursor.take(tableLength(screen[4] ?? 0))
  const traces = new Set<Trace>()
  const parts: Uint8Array[] = [cursor.since(0)]
  let pictures = 0
  let blocks = 0
  for (let kind = cursor.u8(); kind !== block.end; kind = cursor.u8()) {
    if (blocks++ > mostBlocks) throw unreadable('A GIF of too many blocks')
    if (kind === block.image) {
      pictures++
      parts.push(u8(kind), takeImage(cursor))
    } else if (kind === block.extension) parts.push(...takeExtension(cursor, traces))
    else throw unreadable('A GIF with a block that nobody knows')
  }
  if (pictures === 0) throw unreadable('A GIF without a picture')
  if (cursor.left > 0) traces.add('other')
  return { parts: [...parts, u8(block.end)], traces }
}

/** Of a colour table, by the byte that says whether there is one. */
function tableLength(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

/** Its place, colours, and compressed pixels. */
function takeImage(cursor: Cursor): Uint8Array {
  const from = cursor.at
  const place = cursor.take(9)
  cursor.take(tableLength(place[8] ?? 0))
  const codeSize = cursor.u8()
  if (codeSize < 2 || codeSize > 8) throw unreadable('A GIF with strange pixels')
  passBlocks(cursor)
  return cursor.since(from)
}

function takeExtension(cursor: Cursor, traces: Set<Trace>): Bytes[] {
  const label = cursor.u8()
  const from = cursor.at
  if (label === extension.graphics) {
    if (cursor.u8() !== 4) throw unreadable('A GIF with a strange frame')
    cursor.take(4)
    if (cursor.u8() !== 0) throw unreadable('A GIF with a strange frame')
    return [concat(Uint8Array.of(block.extension, label), cursor.since(from))]
  }
  passBlocks(cursor)
  const body = cursor.since(from)
  const name = latin1(body.subarray(1, 12))
  if (label === extension.application && body[0] === 11 && loops.includes(name)) {
    // how often, and not what else may stand behind it
    const [length, id, low = 0, high = 0] = body.subarray(12)
    if (length === 3 && id === 1) {
      return [concat(Uint8Array.of(block.extension, label, 11), utf8(name), Uint8Array.of(3, 1, low, high, 0))]
    }
    traces.add('other')
    return []
  }
  for (const trace of label === extension.comment || name.startsWith('XMP') ? readText(body) : (['other'] as const)) {
    traces.add(trace)
  }
  return []
}

/** Blocks of up to 255 bytes, to an empty one. */
function passBlocks(cursor: Cursor): void {
  for (let length = cursor.u8(); length > 0; length = cursor.u8()) cursor.take(length)
}
