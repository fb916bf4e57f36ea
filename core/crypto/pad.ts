import { copy, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

const marker = 0x80

/** Pads to exactly `length` bytes: 0x80, then zeros (ISO/IEC 7816-4). @throws Fault `too-large` where it does not fit */
export function pad(bytes: Uint8Array, length: number): Bytes {
  if (bytes.length >= length) throw new Fault('too-large', 'Content does not fit its size class')
  const out = new Uint8Array(length)
  out.set(bytes)
  out[bytes.length] = marker
  return out
}

/** Takes the padding off again. @throws Fault `malformed` */
export function unpad(bytes: Uint8Array): Bytes {
  const end = bytes.findLastIndex((byte) => byte !== 0)
  if (end < 0 || bytes[end] !== marker) throw new Fault('malformed', 'Padding is not as it should be')
  return copy(bytes.subarray(0, end))
}
