import { timingSafeEqual } from 'node:crypto'
import { Fault } from './fault.ts'

/** Bytes over a plain ArrayBuffer: what node:crypto, sodium and SQLite all take. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Joins parts into one new array. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    out.set(part, offset)
    offset += part.length
  }
  return out
}

/** A copy that nobody else can write to. */
export function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes)
}

/** Compares in time that depends on the lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/**
 * Decodes strict UTF-8.
 *
 * @throws Fault `malformed` where the bytes are not UTF-8.
 */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new Fault('malformed', 'Text is not valid UTF-8', { cause })
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** @throws Fault `malformed` where `text` is not lower-case hex of whole bytes. */
export function fromHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Fault('malformed', 'Not lower-case hexadecimal')
  return copy(Buffer.from(text, 'hex'))
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** @throws Fault `malformed` where `text` is not canonical, unpadded base64url. */
export function fromBase64url(text: string): Bytes {
  const bytes = copy(Buffer.from(text, 'base64url'))
  if (base64url(bytes) !== text) throw new Fault('malformed', 'Not canonical base64url')
  return bytes
}

export function u8(value: number): Bytes {
  return Uint8Array.of(value)
}

export function u16(value: number): Bytes {
  const out = new Uint8Array(2)
  new DataView(out.buffer).setUint16(0, value)
  return out
}

export function u32(value: number): Bytes {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

/** Eight bytes, big-endian. @throws RangeError outside 0 … 2^64-1 */
export function u64(value: number | bigint): Bytes {
  const big = BigInt(value)
  if (big < 0n || big > 0xffff_ffff_ffff_ffffn) throw new RangeError('value: expected an unsigned 64-bit integer')
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigUint64(0, big)
  return out
}
