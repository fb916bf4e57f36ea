import { z } from 'zod'
import { limits } from '../../api/limits.ts'
import { u64, type Bytes } from '../../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../../base/cbor.ts'
import { Fault } from '../../base/fault.ts'
import { Reader } from '../../base/reader.ts'

/** Says where a report lies, and what it is: sealed to a guardian. PROTOCOL.md section "Reports". */
export interface Letter {
  /** The nonce of the Argon2id work. */
  readonly work: bigint
  /** 32 bytes: what the places of the parts are derived from. */
  readonly root: Bytes
  /** Of the evidence, in bytes. */
  readonly length: number
  /** SHA-256 of the evidence. */
  readonly hash: Bytes
}

/** All parts but the last one are so long: they take boxes of the small class, as introductions and messages do. */
export const partLength = 4_000

const version = 1
const maxLetter = 256
const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
const anyVersion = z.looseObject({ v: z.int() })
const wire = z.strictObject({
  v: z.int(),
  w: bytes(8),
  r: bytes(32),
  l: z.int().min(1).max(limits.evidence.bytes),
  h: bytes(32),
})

export function encodeLetter({ work, root, length, hash }: Letter): Bytes {
  return encodeCbor({ v: version, w: u64(work), r: root, l: length, h: hash })
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeLetter(encoded: Uint8Array): Letter {
  if (decodeCbor(encoded, anyVersion, maxLetter).v !== version) {
    throw new Fault('unknown-version', 'A letter of another version')
  }
  const { w, r, l, h } = decodeCbor(encoded, wire, maxLetter)
  return { work: new Reader(w).u64(), root: r, length: l, hash: h }
}

/** How many parts evidence of a length has. */
export function partsOf(length: number): number {
  return Math.ceil(length / partLength)
}

/** One part of evidence. */
export function partOf(evidence: Bytes, part: number): Bytes {
  return evidence.slice(part * partLength, (part + 1) * partLength)
}
