import { z } from 'zod'
import { limits } from '../api/limits.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { mediaTypes, type MediaType } from './media.ts'

/** Of any encoded offer: four random fields, a name, and what CBOR adds. */
export const longestOffer = 512

const bytes = (length: number): z.ZodType<Bytes> =>
  z.custom<Bytes>((value) => value instanceof Uint8Array && value.length === length)

/** In UTF-8 a name that was made harmless is shorter; what it says is made harmless by whoever reads it. */
const offer = z.strictObject({
  v: z.literal(1),
  id: bytes(16),
  size: z.number().int().min(1).max(limits.file.bytes),
  type: z.enum(mediaTypes),
  name: z.string().min(1).max(limits.fileName),
  root: bytes(32),
  key: bytes(32),
})

const anyOffer = z.looseObject({ v: z.number().int() })

/** What one person tells another of a file: everything that it takes to fetch it and to know that it is the one. */
export interface FileOffer {
  /** 16 random bytes. */
  readonly id: Bytes
  /** Bytes. */
  readonly size: number
  readonly type: MediaType
  readonly name: string
  /** Over the hashes of its segments: `rootOf`. */
  readonly root: Bytes
  /** Chunks are sealed under it on the way. */
  readonly key: Bytes
}

/** PROTOCOL.md section "File offers". @throws Fault `too-large` */
export function encodeOffer({ id, size, type, name, root, key }: FileOffer): Bytes {
  const encoded = encodeCbor({ v: 1, id, size, type, name, root, key })
  if (encoded.length > longestOffer) throw new Fault('too-large', 'An offer of a file longer than any')
  return encoded
}

/** @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeOffer(encoded: Uint8Array): FileOffer {
  if (decodeCbor(encoded, anyOffer, longestOffer).v !== 1) {
    throw new Fault('unknown-version', 'An offer of a file of a newer version')
  }
  const { id, size, type, name, root, key } = decodeCbor(encoded, offer, longestOffer)
  return { id, size, type, name, root, key }
}
