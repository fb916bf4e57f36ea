import { concat, u16, u32, u8, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { Reader } from '../../base/reader.ts'
import { pad, unpad } from '../../crypto/pad.ts'
import { hashLength } from '../hashes.ts'
import { mostSegments } from '../limits.ts'
import { sealedLength } from './sealing.ts'

const version = 1
/** Every frame but chunks; all hashes of the longest file fit. */
export const controlLength = 1024
const chunkHeadLength = 2 + 4
export const chunkFrameLength = chunkHeadLength + sealedLength

const kinds = { ask: 1, begin: 2, refused: 3, credit: 4, done: 5, chunk: 16 } as const
const reasons = { gone: 1, busy: 2 } as const

/** What goes over a stream on which a file is fetched. Whoever opened it says the first, fourth and fifth. */
export type Frame =
  | { readonly kind: 'ask'; readonly id: Bytes; readonly segment: number; readonly proof: Bytes }
  /** The SHA-256 of every segment. */
  | { readonly kind: 'begin'; readonly hashes: readonly Bytes[] }
  /** `gone`: it is not there, or never was; `busy`: it may be fetched later. */
  | { readonly kind: 'refused'; readonly reason: keyof typeof reasons }
  /** How many chunks, from the start of the file on, may be sent in all. */
  | { readonly kind: 'credit'; readonly chunks: number }
  /** All of it is here, and what it should be. */
  | { readonly kind: 'done' }
  | Chunk

interface Chunk {
  readonly kind: 'chunk'
  readonly index: number
  readonly sealed: Uint8Array
}

/** All but chunks. */
export type ControlFrame = Exclude<Frame, Chunk>

/** u8 version ‖ u8 kind ‖ fields, padded. PROTOCOL.md section "File frames". */
export function encodeControl(frame: ControlFrame): Bytes {
  return pad(concat(u8(version), u8(kinds[frame.kind]), ...fields(frame)), controlLength)
}

/** What stands before the sealed content of a chunk. */
export function encodeChunkHead(index: number): Bytes {
  return concat(u8(version), u8(kinds.chunk), u32(index))
}

function fields(frame: ControlFrame): Uint8Array[] {
  switch (frame.kind) {
    case 'ask':
      return [frame.id, u16(frame.segment), frame.proof]
    case 'begin':
      return [u16(frame.hashes.length), ...frame.hashes]
    case 'refused':
      return [u8(reasons[frame.reason])]
    case 'credit':
      return [u32(frame.chunks)]
    // done: the one kind that is left
    default:
      return []
  }
}

/** @returns of a chunk, a view of `bytes`. @throws Fault `unknown-version`, `malformed` */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length === chunkFrameLength) return decodeChunk(bytes)
  if (bytes.length !== controlLength) throw new Fault('malformed', 'A frame of no known length')
  const reader = new Reader(unpad(bytes))
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A frame of another version')
  const frame = decodeControl(reader.u8(), reader)
  reader.end()
  return frame
}

function decodeChunk(bytes: Uint8Array): Frame {
  const reader = new Reader(bytes.subarray(0, chunkHeadLength))
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A frame of another version')
  if (reader.u8() !== kinds.chunk) throw new Fault('malformed', 'A frame of another kind than its length says')
  return { kind: 'chunk', index: reader.u32(), sealed: bytes.subarray(chunkHeadLength) }
}

function decodeControl(kind: number, reader: Reader): Frame {
  switch (kind) {
    case kinds.ask:
      return { kind: 'ask', id: reader.bytes(16), segment: reader.u16(), proof: reader.bytes(32) }
    case kinds.begin:
      return { kind: 'begin', hashes: readHashes(reader) }
    case kinds.refused:
      return { kind: 'refused', reason: readReason(reader) }
    case kinds.credit:
      return { kind: 'credit', chunks: reader.u32() }
    case kinds.done:
      return { kind: 'done' }
    default:
      throw new Fault('malformed', 'A frame of an unknown kind')
  }
}

function readHashes(reader: Reader): Bytes[] {
  const count = reader.u16()
  if (count === 0 || count > mostSegments) throw new Fault('malformed', 'A file of no or too many segments')
  return Array.from({ length: count }, () => reader.bytes(hashLength))
}

function readReason(reader: Reader): keyof typeof reasons {
  const code = reader.u8()
  const known = (['gone', 'busy'] as const).find((reason) => reasons[reason] === code)
  if (known === undefined) throw new Fault('malformed', 'A refusal of an unknown reason')
  return known
}
