import { concat, u32, u8, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { Reader } from '../../base/reader.ts'
import { pad, unpad } from '../../crypto/pad.ts'
import { maxResetRecord } from '../../ratchet/reset-record.ts'
import { maxCiphertext } from '../item.ts'
import { plaintextLengths } from '../plaintext.ts'

const version = 1
/** Version, kind, index, what libsignal adds (58 to 93 bytes seen; its counters may grow by 10), the padding's mark. */
const room = 121

/** Every frame has one of these lengths; all but long messages have the first, handshake and acknowledgements too. */
export const frameLengths: readonly number[] = plaintextLengths.map((length) => length + room)

export const nonceLength = 32
export const macLength = 32

const kinds = { hello: 1, answer: 2, confirm: 3, item: 16, ack: 17, consent: 18, keys: 19, reset: 20 } as const

/** What goes over a live channel. The first three are its handshake. */
export type Frame =
  | { readonly kind: 'hello'; readonly nonce: Bytes; readonly tag: Bytes }
  | { readonly kind: 'answer'; readonly nonce: Bytes; readonly proof: Bytes }
  | { readonly kind: 'confirm'; readonly proof: Bytes }
  /** One message: the same ciphertext that a mailbox box of this index would hold. */
  | { readonly kind: 'item'; readonly index: number; readonly ciphertext: Bytes }
  /** How many items are saved without a gap. Also sent when nothing else is, to show that somebody is there. */
  | { readonly kind: 'ack'; readonly count: number }
  /** Whether the sender lets the other learn their address. */
  | { readonly kind: 'consent'; readonly direct: boolean }
  /** Which generation of keys the sender uses: items after it are made with them. */
  | { readonly kind: 'keys'; readonly generation: number }
  /** A step of a session reset, encoded. */
  | { readonly kind: 'reset'; readonly record: Bytes }

/** u8 version ‖ u8 kind ‖ fields, padded to a frame length. PROTOCOL.md section "Channel frames". */
export function encodeFrame(frame: Frame): Bytes {
  const bytes = concat(u8(version), u8(kinds[frame.kind]), fields(frame))
  const length = frameLengths.find((length) => bytes.length < length)
  if (length === undefined) throw new Fault('too-large', 'A frame longer than any size class')
  return pad(bytes, length)
}

function fields(frame: Frame): Bytes {
  switch (frame.kind) {
    case 'hello':
      return concat(frame.nonce, frame.tag)
    case 'answer':
      return concat(frame.nonce, frame.proof)
    case 'confirm':
      return frame.proof
    case 'item':
      return concat(u32(frame.index), frame.ciphertext)
    case 'ack':
      return u32(frame.count)
    case 'keys':
      return u32(frame.generation)
    case 'reset':
      return frame.record
    // consent: the one kind that is left
    default:
      return u8(frame.direct ? 1 : 0)
  }
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeFrame(padded: Uint8Array): Frame {
  if (!frameLengths.includes(padded.length)) throw new Fault('malformed', 'A frame of no known length')
  const bytes = unpad(padded)
  if (frameLengths.find((length) => bytes.length < length) !== padded.length) {
    throw new Fault('malformed', 'A frame padded further than needed')
  }
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A frame of another version')
  const frame = readFields(reader.u8(), reader)
  reader.end()
  return frame
}

function readFields(kind: number, reader: Reader): Frame {
  switch (kind) {
    case kinds.hello:
      return { kind: 'hello', nonce: reader.bytes(nonceLength), tag: reader.bytes(macLength) }
    case kinds.answer:
      return { kind: 'answer', nonce: reader.bytes(nonceLength), proof: reader.bytes(macLength) }
    case kinds.confirm:
      return { kind: 'confirm', proof: reader.bytes(macLength) }
    case kinds.item:
      return readItem(reader)
    case kinds.ack:
      return { kind: 'ack', count: reader.u32() }
    case kinds.consent:
      return { kind: 'consent', direct: readBoolean(reader) }
    case kinds.keys:
      return { kind: 'keys', generation: reader.u32() }
    case kinds.reset:
      return readReset(reader)
    default:
      throw new Fault('malformed', 'A frame of an unknown kind')
  }
}

function readItem(reader: Reader): Frame {
  const index = reader.u32()
  if (reader.left === 0) throw new Fault('malformed', 'An item without content')
  if (reader.left > maxCiphertext) throw new Fault('too-large', 'An item longer than any message')
  return { kind: 'item', index, ciphertext: reader.bytes(reader.left) }
}

function readReset(reader: Reader): Frame {
  if (reader.left === 0) throw new Fault('malformed', 'A reset without content')
  if (reader.left > maxResetRecord) throw new Fault('too-large', 'A reset record that is too long')
  return { kind: 'reset', record: reader.bytes(reader.left) }
}

function readBoolean(reader: Reader): boolean {
  const value = reader.u8()
  if (value > 1) throw new Fault('malformed', 'Neither yes nor no')
  return value === 1
}
