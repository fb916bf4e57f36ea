import { concat, equal, u16, u8, utf8, type Bytes } from '../../base/bytes.ts'
import { Cursor, unreadable, type Cleaned, type Trace } from './cursor.ts'
import { exifFor, readExif } from './exif.ts'
import { longestProfile, tryCleanProfile } from './icc.ts'
import { readText } from './text.ts'

/** ITU-T T.81 table B.1. */
const marker = { dht: 0xc4, soi: 0xd8, eoi: 0xd9, sos: 0xda, dqt: 0xdb, dri: 0xdd, app0: 0xe0, app15: 0xef, com: 0xfe }
/** Baseline, extended and progressive, Huffman coded: what browsers show. */
const frames = [0xc0, 0xc1, 0xc2]
const longestSegment = 65_533
/** A progressive picture has some tens; each costs memory. */
const mostSegments = 4096

const heads = {
  exif: utf8('Exif\0\0'),
  icc: utf8('ICC_PROFILE\0'),
  adobe: utf8('Adobe'),
  jfif: utf8('JFIF\0'),
}

/** What was seen on the way through a picture. */
interface Found {
  readonly traces: Set<Trace>
  /** Segments and scans as they are. */
  readonly kept: Uint8Array[]
  orientation: number
  jfif: Bytes | undefined
  readonly profile: Uint8Array[]
  frames: number
  scans: number
}

/**
 * Leaves the tables, the frame and the scans as they are, byte by byte, the
 * colours of the profile, and how the picture is turned. ITU-T T.81 annex B.
 *
 * @throws Fault `picture-unreadable`
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const cursor = new Cursor(bytes)
  if (cursor.u16() !== 0xff00 + marker.soi) throw unreadable('A JPEG without its start')
  const found: Found = {
    traces: new Set(),
    kept: [],
    orientation: 1,
    jfif: undefined,
    profile: [],
    frames: 0,
    scans: 0,
  }
  let segments = 0
  for (let code = next(cursor); code !== marker.eoi; code = next(cursor)) {
    if (segments++ > mostSegments) throw unreadable('A JPEG of too many segments')
    takeSegment(cursor, code, found)
  }
  if (found.frames !== 1 || found.scans === 0) throw unreadable('A JPEG without a picture')
  if (cursor.left > 0) found.traces.add('other')
  const exif = exifFor(found.orientation)
  return {
    parts: [
      Uint8Array.of(0xff, marker.soi),
      ...(found.jfif === undefined ? [] : [found.jfif]),
      ...(exif === undefined ? [] : [segment(0xe1, concat(heads.exif, exif))]),
      ...profileSegments(found),
      ...found.kept,
      Uint8Array.of(0xff, marker.eoi),
    ],
    traces: found.traces,
  }
}

/** The next marker; fill bytes before it are passed over. */
function next(cursor: Cursor): number {
  if (cursor.u8() !== 0xff) throw unreadable('A JPEG with something between its segments')
  for (;;) {
    const code = cursor.u8()
    if (code !== 0xff) return code
  }
}

function takeSegment(cursor: Cursor, code: number, found: Found): void {
  const length = cursor.u16()
  if (length < 2) throw unreadable('A JPEG segment shorter than its length')
  const body = cursor.take(length - 2)
  if (code >= marker.app0 && code <= marker.app15) takeApplication(code, body, found)
  else if (code === marker.com) for (const trace of readText(body)) found.traces.add(trace)
  else {
    checkStructure(code, body, found)
    found.kept.push(segment(code, body))
    if (code === marker.sos) found.kept.push(scan(cursor))
  }
}

/** Nothing may hide at the end of a table. */
function checkStructure(code: number, body: Uint8Array, found: Found): void {
  const inside = new Cursor(body)
  if (frames.includes(code)) {
    found.frames++
    inside.u8()
    const [height, width, components] = [inside.u16(), inside.u16(), inside.u8()]
    if (height === 0 || width === 0 || components === 0) throw unreadable('A JPEG of no size')
    inside.take(3 * components)
  } else if (code === marker.sos) {
    if (found.frames !== 1) throw unreadable('A JPEG scan without its frame')
    found.scans++
    inside.take(2 * inside.u8() + 3)
  } else if (code === marker.dri) inside.u16()
  else if (code === marker.dqt) while (inside.left > 0) inside.take(inside.u8() >= 0x10 ? 128 : 64)
  else if (code === marker.dht) {
    while (inside.left > 0) {
      inside.u8()
      inside.take(inside.take(16).reduce((sum, count) => sum + count, 0))
    }
  } else throw unreadable('A JPEG of an unusual kind')
  if (inside.left > 0) throw unreadable('A JPEG segment longer than what it says')
}

function takeApplication(code: number, body: Uint8Array, found: Found): void {
  if (code === 0xe0 && startsWith(body, heads.jfif)) return takeJfif(body, found)
  if (code === 0xe1 && startsWith(body, heads.exif)) {
    const exif = readExif(body.subarray(heads.exif.length))
    if (exif.orientation !== 1) found.orientation = exif.orientation
    for (const trace of exif.traces) found.traces.add(trace)
    return
  }
  if (code === 0xe2 && startsWith(body, heads.icc)) {
    found.profile.push(body.subarray(heads.icc.length))
    return
  }
  if (code === 0xee && startsWith(body, heads.adobe)) {
    // how the colours are meant stands in its last byte
    if (body.length !== 12) throw unreadable('A JPEG with a strange Adobe segment')
    found.kept.push(segment(code, concat(heads.adobe, Uint8Array.of(0, 100, 0, 0, 0, 0), body.subarray(11))))
    return
  }
  const text = code === 0xe1 || code === 0xed
  for (const trace of text ? readText(body) : (['other'] as const)) found.traces.add(trace)
}

/** Version and pixel shape stay, a small picture in it goes. */
function takeJfif(body: Uint8Array, found: Found): void {
  const inside = new Cursor(body)
  const said = inside.take(12)
  const pixels = inside.u8() * inside.u8()
  if (pixels > 0) found.traces.add('preview')
  found.jfif ??= segment(0xe0, concat(said, u16(0)))
}

/** Its pieces are numbered (ICC.1:2022 annex B.4). One that does not fit together is left out. */
function profileSegments({ profile, traces }: Found): Bytes[] {
  if (profile.length === 0) return []
  const whole = profile.every((piece, index) => piece[0] === index + 1 && piece[1] === profile.length)
  const length = profile.reduce((sum, piece) => sum + piece.length, 0)
  const joined = whole && length <= longestProfile + 2 * profile.length
  const clean = joined ? tryCleanProfile(concat(...profile.map((piece) => piece.subarray(2)))) : undefined
  if (clean === undefined) {
    traces.add('other')
    return []
  }
  const room = longestSegment - heads.icc.length - 2
  const count = Math.ceil(clean.length / room)
  return Array.from({ length: count }, (_, index) =>
    segment(
      0xe2,
      concat(
        heads.icc,
        u8(index + 1),
        u8(count),
        clean.subarray(index * room, Math.min(clean.length, (index + 1) * room)),
      ),
    ),
  )
}

/** Entropy coded bytes up to the marker that ends them. Zeros are stuffed after 0xff, and restarts belong to it. */
function scan(cursor: Cursor): Uint8Array {
  const from = cursor.at
  while (cursor.seek(0xff)) {
    const [, code = marker.eoi] = cursor.peek(2)
    const inside = code === 0 || (code >= 0xd0 && code <= 0xd7)
    if (!inside) return cursor.since(from)
    cursor.take(2)
  }
  throw unreadable('A JPEG without its end')
}

function segment(code: number, body: Uint8Array): Bytes {
  return concat(Uint8Array.of(0xff, code), u16(body.length + 2), body)
}

function startsWith(body: Uint8Array, head: Uint8Array): boolean {
  return equal(body.subarray(0, head.length), head)
}
