import { concat, u32, u64, u8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { sha256 } from '../crypto/derive.ts'
import { pad, unpad } from '../crypto/pad.ts'
import { open, seal, sealOverhead } from '../crypto/seal.ts'
import { publicKeyLength, sign, signatureLength, verify } from '../crypto/sign.ts'
import { workBits } from '../crypto/work.ts'
import { placeOf } from './capability.ts'
import type { BoxDraft } from './client.ts'

/** 0 has a body of 4096 bytes, 1 one of 16384. */
export type SizeClass = 0 | 1

export const boxVersion = 1
const bodyLengths = [4096, 16_384] as const
const headLength = 118
/** Where the nonce of the proof of work begins: all before it, and the body, is what the work is bound to. */
const nonceOffset = 110

/** A box as it is on the wire and on a node's disk. PROTOCOL.md section "The box". */
export interface Box {
  readonly sizeClass: SizeClass
  readonly writePublic: Bytes
  readonly readPublic: Bytes
  readonly author: Bytes
  readonly sequence: bigint
  /** Hours since 1970: from the beginning of that hour on the box is expired. */
  readonly expiryHours: number
  readonly workNonce: bigint
  readonly body: Bytes
  readonly authorSignature: Bytes
  readonly writeSignature: Bytes
  /** Derived from the two public keys. */
  readonly place: Bytes
}

/** @returns 4342 or 16630 bytes */
export function boxLength(sizeClass: SizeClass): number {
  return headLength + bodyLengths[sizeClass] + 2 * signatureLength
}

/** How many bytes of content a size class holds: 4055 or 16343. */
export function maxContent(sizeClass: SizeClass): number {
  return bodyLengths[sizeClass] - sealOverhead - 1
}

/** The size class of what is so long. @throws Fault `malformed` */
export function sizeClassOf(length: number): SizeClass {
  if (length === boxLength(0)) return 0
  if (length === boxLength(1)) return 1
  throw new Fault('malformed', 'No box is so long')
}

/**
 * Takes a box apart. Verifies nothing but its form.
 *
 * @throws Fault `malformed`, `unknown-version`
 */
export function decodeBox(bytes: Uint8Array): Box {
  const expected = sizeClassOf(bytes.length)
  const reader = new Reader(bytes)
  if (reader.u8() !== boxVersion) throw new Fault('unknown-version', 'A box of another version')
  if (reader.u8() !== expected) throw new Fault('malformed', 'A box of another length than its size class')
  const writePublic = reader.bytes(publicKeyLength)
  const readPublic = reader.bytes(publicKeyLength)
  const box: Box = {
    sizeClass: expected,
    writePublic,
    readPublic,
    author: reader.bytes(publicKeyLength),
    sequence: reader.u64(),
    expiryHours: reader.u32(),
    workNonce: reader.u64(),
    body: reader.bytes(bodyLengths[expected]),
    authorSignature: reader.bytes(signatureLength),
    writeSignature: reader.bytes(signatureLength),
    place: placeOf(writePublic, readPublic),
  }
  reader.end()
  return box
}

/** What the proof of work is bound to: everything but itself and the signatures. 32 bytes. */
export function workDigest(bytes: Uint8Array): Bytes {
  return sha256(bytes.subarray(0, nonceOffset), bytes.subarray(headLength, bytes.length - 2 * signatureLength))
}

/** Leading zero bits of the work that a box carries. @param bytes a whole box */
export function workOf(bytes: Uint8Array): number {
  return workBits(workDigest(bytes), new Reader(bytes.subarray(nonceOffset, headLength)).u64())
}

/** Both signatures: the author's over all before it, the place's writer's over that too. */
export function isSigned(bytes: Uint8Array, { author, writePublic, authorSignature, writeSignature }: Box): boolean {
  const signedByAuthor = bytes.subarray(0, bytes.length - 2 * signatureLength)
  const signedByWriter = bytes.subarray(0, bytes.length - signatureLength)
  return verify(authorSignature, signedByAuthor, author) && verify(writeSignature, signedByWriter, writePublic)
}

/**
 * Seals a draft and makes everything but the work and the signatures.
 *
 * @returns the bytes from 0 on, the nonce of the work being zero, and how to end
 * @throws Fault `too-large`
 */
export function layBox(draft: BoxDraft): { readonly digest: Bytes; finish(workNonce: bigint): Bytes } {
  const { capability, author, sequence, expiryHours, content } = draft
  const sizeClass = content.length <= maxContent(0) ? 0 : 1
  const body = seal(pad(content, bodyLengths[sizeClass] - sealOverhead), capability.bodyKey)
  const head = concat(
    u8(boxVersion),
    u8(sizeClass),
    capability.write.publicKey,
    capability.readPublic,
    author.publicKey,
    u64(sequence),
    u32(expiryHours),
  )
  return {
    digest: sha256(head, body),
    finish(workNonce) {
      const unsigned = concat(head, u64(workNonce), body)
      const once = concat(unsigned, sign(unsigned, author))
      return concat(once, sign(once, capability.write))
    },
  }
}

/** The content of a box whose signatures fit; undefined where whoever may write there put in what nobody can open. */
export function openBody({ body }: Box, bodyKey: Uint8Array): Bytes | undefined {
  try {
    return unpad(open(body, bodyKey))
  } catch (error) {
    if (isFault(error, 'unreadable', 'malformed')) return undefined
    throw error
  }
}
