import { concat, u8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'

const version = 1
/** The longest plaintext, and more than libsignal was ever seen to add (about 100 bytes). */
export const maxCiphertext = 12_800

/** What a mailbox box holds: u8 version ‖ ciphertext. Its index is its place. */
export function encodeItem(ciphertext: Uint8Array): Bytes {
  return concat(u8(version), ciphertext)
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeItem(bytes: Uint8Array): Bytes {
  if (bytes.length > 1 + maxCiphertext) throw new Fault('too-large', 'A mailbox item longer than any message')
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A mailbox item of a newer version')
  if (reader.left === 0) throw new Fault('malformed', 'A mailbox item without content')
  return reader.bytes(reader.left)
}

/** As `decodeItem`; undefined where this version cannot read it. */
export function readItem(bytes: Uint8Array): Bytes | undefined {
  try {
    return decodeItem(bytes)
  } catch (error) {
    if (isFault(error, 'unknown-version', 'malformed', 'too-large')) return undefined
    throw error
  }
}
