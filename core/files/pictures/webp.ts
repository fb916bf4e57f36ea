import { concat, utf8, type Bytes } from '../../base/bytes.ts'
import { Cursor, latin1, unreadable, type Cleaned, type Trace } from './cursor.ts'
import { exifFor, readExif } from './exif.ts'
import { tryCleanProfile } from './icc.ts'
import { readText } from './text.ts'

const pixels = new Set(['VP8 ', 'VP8L', 'ALPH'])
const mostChunks = 65_536
const headOfFrame = 16

/** Bits of the first byte of VP8X (RFC 9649 section 2.7). */
const flag = { animation: 0x02, exif: 0x08, alpha: 0x10, profile: 0x20 }

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
}

/**
 * Leaves the pixels as they are compressed. RFC 9649.
 *
 * @throws Fault `picture-unreadable`
 */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const outer = new Cursor(bytes, true)
  if (latin1(outer.take(4)) !== 'RIFF') throw unreadable('A WebP without its start')
  const inner = outer.take(outer.u32())
  const traces = new Set<Trace>()
  if (outer.left > 0) traces.add('other')
  const cursor = new Cursor(inner, true)
  if (latin1(cursor.take(4)) !== 'WEBP') throw unreadable('A RIFF file that is no WebP')
  const chunks = readChunks(cursor)
  const [first] = chunks
  if (first === undefined) throw unreadable('A WebP with nothing in it')
  const body = first.type === 'VP8X' ? extended(chunks, traces) : simple(chunks, traces)
  const content = concat(utf8('WEBP'), ...body)
  return { parts: [utf8('RIFF'), little32(content.length), content], traces }
}

function readChunks(cursor: Cursor): Chunk[] {
  const chunks: Chunk[] = []
  while (cursor.left > 0) {
    if (chunks.length > mostChunks) throw unreadable('A WebP of too many chunks')
    const type = latin1(cursor.take(4))
    const data = cursor.take(cursor.u32())
    // chunks begin at even places
    if (data.length % 2 === 1) cursor.take(1)
    chunks.push({ type, data })
  }
  return chunks
}

/** One chunk of pixels, and nothing that counts behind it. */
function simple([first, ...rest]: readonly Chunk[], traces: Set<Trace>): Bytes[] {
  if (first === undefined || !['VP8 ', 'VP8L'].includes(first.type)) throw unreadable('A WebP without pixels')
  for (const { type, data } of rest) drop(type, data, traces)
  return [chunk(first.type, first.data)]
}

function extended([first, ...rest]: readonly Chunk[], traces: Set<Trace>): Bytes[] {
  if (first?.data.length !== 10) throw unreadable('A WebP with a strange head')
  let profile: Bytes | undefined
  let orientation = 1
  const body: Bytes[] = []
  let pictures = 0
  for (const { type, data } of rest) {
    if (type === 'ICCP') {
      profile ??= tryCleanProfile(data)
      if (profile === undefined) traces.add('other')
    } else if (type === 'EXIF') {
      const exif = readExif(latin1(data.subarray(0, 6)) === 'Exif\0\0' ? data.subarray(6) : data)
      orientation = exif.orientation
      for (const trace of exif.traces) traces.add(trace)
    } else if (type === 'ANIM') {
      if (data.length !== 6) throw unreadable('A WebP with a strange animation')
      body.push(chunk(type, data))
    } else if (type === 'ANMF') {
      pictures++
      body.push(chunk(type, frame(data, traces)))
    } else if (pixels.has(type)) {
      if (type !== 'ALPH') pictures++
      body.push(chunk(type, data))
    } else drop(type, data, traces)
  }
  const flags = first.data[0] ?? 0
  const animated = (flags & flag.animation) !== 0
  if (pictures === 0 || (!animated && pictures > 1)) throw unreadable('A WebP without pixels, or with too many')
  const exif = exifFor(orientation)
  const head = new Uint8Array(first.data)
  head[0] =
    (flags & (flag.animation | flag.alpha)) |
    (profile === undefined ? 0 : flag.profile) |
    (exif === undefined ? 0 : flag.exif)
  // reserved
  head.fill(0, 1, 4)
  return [
    chunk('VP8X', head),
    ...(profile === undefined ? [] : [chunk('ICCP', profile)]),
    ...body,
    ...(exif === undefined ? [] : [chunk('EXIF', exif)]),
  ]
}

/** A frame of an animation is a small file of its own. */
function frame(data: Uint8Array, traces: Set<Trace>): Bytes {
  const cursor = new Cursor(data, true)
  const head = cursor.take(headOfFrame)
  const chunks = readChunks(cursor)
  const own = chunks.filter(({ type }) => pixels.has(type))
  for (const { type, data } of chunks) if (!pixels.has(type)) drop(type, data, traces)
  if (own.filter(({ type }) => type !== 'ALPH').length !== 1) throw unreadable('A WebP frame without pixels')
  return concat(head, ...own.map(({ type, data }) => chunk(type, data)))
}

function drop(type: string, data: Uint8Array, traces: Set<Trace>): void {
  for (const trace of type === 'XMP ' ? readText(data) : (['other'] as const)) traces.add(trace)
}

function chunk(type: string, data: Uint8Array): Bytes {
  return concat(utf8(type), little32(data.length), data, new Uint8Array(data.length % 2))
}

function little32(value: number): Bytes {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value, true)
  return out
}
