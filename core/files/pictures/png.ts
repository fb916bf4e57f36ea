import { crc32, createInflate, deflateSync, inflateSync } from 'node:zlib'
import { concat, copy, equal, u32, utf8, type Bytes } from '../../base/bytes.ts'
import { Cursor, latin1, unreadable, type Cleaned, type Trace } from './cursor.ts'
import { exifFor, readExif } from './exif.ts'
import { longestProfile, tryCleanProfile } from './icc.ts'
import { readText } from './text.ts'

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Say how pixels look, and nothing else (PNG, third edition, section 11; animation chunks). */
const kept = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT'.split(' '))
const texts = new Set(['tEXt', 'zTXt', 'iTXt'])
/** Of chunks that have only one. */
const lengths: Readonly<Record<string, number>> = {
  IHDR: 13,
  IEND: 0,
  gAMA: 4,
  cHRM: 32,
  sRGB: 1,
  cICP: 4,
  pHYs: 9,
  acTL: 8,
  fcTL: 26,
}
/** Of chunks that have not: a palette, or a value for each channel, has no room for more than colours. */
const longestOf: Readonly<Record<string, number>> = { PLTE: 768, tRNS: 256, sBIT: 4, bKGD: 6, mDCV: 24, cLLI: 8 }
/** Each costs memory; encoders write 8 KiB of pixels into one and more. */
const mostChunks = 65_536
/** Channels of a pixel, by colour type. */
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** Adam7: where each pass begins and how far apart its pixels are, by x and y. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
  /** Length, type, data and checksum, as they are. */
  readonly whole: Uint8Array
}

/**
 * Leaves the pixels as they are compressed, and what says how they look.
 *
 * @throws Fault `picture-unreadable`
 */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const cursor = new Cursor(bytes)
  if (cursor.left < 8 || !equal(cursor.take(8), pngSignature)) throw unreadable('A PNG without its start')
  const traces = new Set<Trace>()
  const parts: Uint8Array[] = [pngSignature]
  const pixels: Uint8Array[] = []
  let header: Uint8Array | undefined
  let last = ''
  let count = 0
  while (last !== 'IEND') {
    const { type, data, whole } = readChunk(cursor)
    if (count++ > mostChunks) throw unreadable('A PNG of too many chunks')
    if ((header === undefined) !== (type === 'IHDR')) throw unreadable('A PNG whose head is not first, or twice')
    header ??= data
    if (type === 'IDAT') {
      if (pixels.length > 0 && last !== 'IDAT') throw unreadable('A PNG with its pixels in two places')
      pixels.push(data)
    }
    if (kept.has(type)) {
      checkLength(type, data.length)
      parts.push(whole)
    } else parts.push(...replaced(type, data, traces))
    last = type
  }
  if (header === undefined) throw unreadable('A PNG without its head')
  const expected = pixelBytes(header)
  if (cursor.left > 0) traces.add('other')
  return { parts, traces, check: () => checkPixels(pixels, expected) }
}

function readChunk(cursor: Cursor): Chunk {
  const from = cursor.at
  const length = cursor.u32()
  const named = cursor.take(4)
  const data = cursor.take(length)
  const checked = cursor.since(from + 4)
  if (crc32(checked) !== cursor.u32()) throw unreadable('A PNG with a wrong checksum')
  return { type: latin1(named), data, whole: cursor.since(from) }
}

function checkLength(type: string, length: number): void {
  const exact = lengths[type]
  if (exact !== undefined && length !== exact) throw unreadable('A PNG chunk of a wrong length')
  if (length > (longestOf[type] ?? Infinity)) throw unreadable('A PNG chunk longer than its kind')
}

/** What stands in the place of a chunk that is not kept. */
function replaced(type: string, data: Uint8Array, traces: Set<Trace>): Bytes[] {
  if (type === 'eXIf') {
    const exif = readExif(data)
    for (const trace of exif.traces) traces.add(trace)
    const turned = exifFor(exif.orientation)
    return turned === undefined ? [] : [chunk('eXIf', turned)]
  }
  if (type === 'iCCP') {
    const profile = readProfile(data)
    if (profile === undefined) traces.add('other')
    return profile === undefined ? [] : [chunk('iCCP', concat(utf8('icc\0\0'), copy(deflateSync(profile))))]
  }
  // a capital first letter: the picture cannot be shown without it
  if (!/^[a-z][a-zA-Z]{3}$/.test(type)) throw unreadable('A PNG with a chunk that nobody knows')
  if (texts.has(type)) for (const trace of readText(data)) traces.add(trace)
  else traces.add(type === 'tIME' ? 'time' : 'other')
  return []
}

/** Name, zero, method, and the profile, compressed. */
function readProfile(data: Uint8Array): Bytes | undefined {
  const end = data.indexOf(0)
  if (end < 1 || end > 79 || data[end + 1] !== 0) return undefined
  try {
    return tryCleanProfile(inflateSync(data.subarray(end + 2), { maxOutputLength: longestProfile }))
  } catch {
    return undefined
  }
}

/** How many bytes the pixels are before they are compressed: a filter byte and the row, for each row. */
function pixelBytes(header: Uint8Array): number {
  const cursor = new Cursor(header)
  const [width, height, depth, colour] = [cursor.u32(), cursor.u32(), cursor.u8(), cursor.u8()]
  const [compression, filter, interlace] = [cursor.u8(), cursor.u8(), cursor.u8()]
  const bits = (channels[colour] ?? 0) * depth
  const sound = [1, 2, 4, 8, 16].includes(depth) && bits > 0 && compression === 0 && filter === 0 && interlace <= 1
  if (!sound || width === 0 || height === 0) throw unreadable('A PNG with a strange head')
  const rows = (columns: number, lines: number): number =>
    columns === 0 ? 0 : lines * (1 + Math.ceil((columns * bits) / 8))
  if (interlace === 0) return rows(width, height)
  return passes.reduce((sum, [x, y, dx, dy]) => {
    return sum + rows(Math.max(0, Math.ceil((width - x) / dx)), Math.max(0, Math.ceil((height - y) / dy)))
  }, 0)
}

/** Bytes of a picture of 134 megapixels. Nothing longer is unpacked: it would take minutes. */
const mostUnpacked = 512 * 1024 ** 2

/**
 * Decompresses the pixels and keeps none of them: what is over behind the
 * picture's last row, in the stream or behind it, would be sent along unseen.
 */
async function checkPixels(pixels: readonly Uint8Array[], expected: number): Promise<void> {
  const compressed = pixels.reduce((sum, part) => sum + part.length, 0)
  if (expected > mostUnpacked) throw unreadable('A PNG with more pixels than any screen or camera has')
  // deflate packs 1,032 into one at most (zlib's technical notes)
  if (expected > compressed * 1100) throw unreadable('A PNG that says it is larger than its pixels can be')
  const inflate = createInflate()
  let got = 0
  try {
    void (async () => {
      for (const part of pixels) {
        if (!inflate.write(part)) await new Promise((resolve) => inflate.once('drain', resolve))
        if (inflate.destroyed) return
      }
      inflate.end()
    })()
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      got += piece.length
      if (got > expected) break
    }
  } catch {
    throw unreadable('A PNG whose pixels are damaged')
  } finally {
    inflate.destroy()
  }
  if (got !== expected || inflate.bytesWritten !== compressed) {
    throw unreadable('A PNG with more or less in it than its pixels')
  }
}

function chunk(type: string, data: Uint8Array): Bytes {
  const named = concat(utf8(type), data)
  return concat(u32(data.length), named, u32(crc32(named)))
}
