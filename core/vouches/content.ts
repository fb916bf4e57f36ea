import { z } from 'zod'
import { topicId } from '../api/views.ts'
import { concat, utf8, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { publicKeyLength, sign, signatureLength, verify, type SigningKey } from '../crypto/sign.ts'
import { maxVouch } from './vouch.ts'

/**
 * The body of a record of area `vouch`. PROTOCOL.md section "Vouches".
 *
 * - `offer`: the writer would vouch for the other.
 * - `ask`: the writer would like to be vouched for, and says with which key: who
 *   introduced themselves has shown none of theirs.
 * - `give`: the vouch itself, from nobody but who signed it: others can read it with an offer.
 * - `take-back`: the writer takes back what they offered or gave, and asks the other's app to forget it.
 */
export type VouchRecord =
  | { readonly kind: 'offer'; readonly topic: string }
  | { readonly kind: 'ask'; readonly topic: string; readonly key: Bytes; readonly proof: Bytes }
  | { readonly kind: 'give'; readonly vouch: Bytes; readonly proof: Bytes }
  | { readonly kind: 'take-back'; readonly topic: string }

/** In whose conversation, so that a proof is good in no other. */
export interface Pairing {
  readonly community: Uint8Array
  /** The persona key of who accepted the introduction, which both know, 32 bytes. */
  readonly mentorKey: Uint8Array
}

const version = 1
const maxBody = 256
const kinds = ['offer', 'ask', 'give', 'take-back'] as const

const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
const anyVersion = z.looseObject({ v: z.int() })
const head = <Kind extends number>(kind: Kind) => ({ v: z.int(), k: z.literal(kind) })
const shape = z.discriminatedUnion('k', [
  z.strictObject({ ...head(0), t: topicId }),
  z.strictObject({ ...head(1), t: topicId, p: bytes(publicKeyLength), s: bytes(signatureLength) }),
  z.strictObject({
    ...head(2),
    e: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length > 0 && length <= maxVouch),
    s: bytes(signatureLength),
  }),
  z.strictObject({ ...head(3), t: topicId }),
])

/** @throws Fault `bad-input` where it could not be read again */
export function encodeVouchRecord(record: VouchRecord): Bytes {
  const base = { v: version, k: kinds.indexOf(record.kind) }
  const said =
    record.kind === 'give'
      ? { ...base, e: record.vouch, s: record.proof }
      : record.kind === 'ask'
        ? { ...base, t: record.topic, p: record.key, s: record.proof }
        : { ...base, t: record.topic }
  if (!shape.safeParse(said).success) throw new Fault('bad-input', 'Nobody could read this about a vouch')
  return encodeCbor(said)
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeVouchRecord(body: Uint8Array): VouchRecord {
  if (decodeCbor(body, anyVersion, maxBody).v !== version) {
    throw new Fault('unknown-version', 'A vouch record of another version')
  }
  const said = decodeCbor(body, shape, maxBody)
  switch (said.k) {
    case 0:
      return { kind: 'offer', topic: said.t }
    case 1:
      return { kind: 'ask', topic: said.t, key: said.p, proof: said.s }
    case 2:
      return { kind: 'give', vouch: said.e, proof: said.s }
    default:
      return { kind: 'take-back', topic: said.t }
  }
}

/** That who asks or gives holds the persona key that they name. 64 bytes. */
export function keyProof(key: SigningKey, pairing: Pairing): Bytes {
  return sign(provedBytes(key.publicKey, pairing), key)
}

export function isProven(key: Uint8Array, proof: Uint8Array, pairing: Pairing): boolean {
  return verify(proof, provedBytes(key, pairing), key)
}

/** "staffetta/vouch/key/1" ‖ community ‖ key of the mentor ‖ key. */
function provedBytes(key: Uint8Array, { community, mentorKey }: Pairing): Bytes {
  return concat(utf8('staffetta/vouch/key/1'), community, mentorKey, key)
}
