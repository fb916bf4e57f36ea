import { concat, u64, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { publicKeyLength, sign, signatureLength, verify, type SigningKey } from '../crypto/sign.ts'

/** Says that the author's box at a place, up to a sequence, is deleted. PROTOCOL.md section "Tombstones". */
export interface Tombstone {
  readonly place: Bytes
  readonly author: Bytes
  /** Deletes this sequence and all lower ones. */
  readonly sequence: bigint
  readonly signature: Bytes
}

const version = 1
/** Stands where a box has its size class, so that the two cannot be mistaken for each other. */
const kind = 2
export const tombstoneLength = 2 + 32 + publicKeyLength + 8 + signatureLength
const label = utf8('staffetta/delete/1')

export function encodeTombstone({
  place,
  author,
  sequence,
}: {
  readonly place: Uint8Array
  readonly author: SigningKey
  readonly sequence: bigint
}): Bytes {
  const unsigned = concat(u8(version), u8(kind), place, author.publicKey, u64(sequence))
  return concat(unsigned, sign(concat(label, unsigned), author))
}

/** Verifies nothing but the form. @throws Fault `malformed`, `unknown-version` */
export function decodeTombstone(bytes: Uint8Array): Tombstone {
  if (bytes.length !== tombstoneLength) throw new Fault('malformed', 'No tombstone is so long')
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A tombstone of another version')
  if (reader.u8() !== kind) throw new Fault('malformed', 'Not a tombstone')
  const tombstone = {
    place: reader.bytes(32),
    author: reader.bytes(publicKeyLength),
    sequence: reader.u64(),
    signature: reader.bytes(signatureLength),
  }
  reader.end()
  return tombstone
}

/** Whether the author signed it. @param bytes a whole tombstone */
export function isBuried(bytes: Uint8Array, { author, signature }: Tombstone): boolean {
  return verify(signature, concat(label, bytes.subarray(0, bytes.length - signatureLength)), author)
}
