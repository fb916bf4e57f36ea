import { sign, verify } from 'node:crypto'
import { bytes, integer, readMap, Refused, topic as isTopic, type Check, type CborMap } from './second-cbor.ts'
import { hkdf, publicKeyOf, text, u16, type Key } from './second.ts'

/*
 * PROTOCOL.md section "Vouches" once more, written from that document: nothing of core is imported.
 */
export const communityTag = (networkKey: Uint8Array): Buffer =>
  hkdf(networkKey, text('staffetta/vouch/community/1'), 32)

/** Whom a vouch is for, and where. */
export interface About {
  /** Of `communityTag`. */
  readonly tag: Uint8Array
  /** Persona key. */
  readonly subject: Uint8Array
}

export interface VouchWish {
  readonly topic: string
  readonly month: number
  readonly version?: number
}

const signedBytes = (said: Uint8Array, { tag, subject }: About): Buffer =>
  Buffer.concat([text('staffetta/vouch/1'), tag, subject, said])

export function vouchOf({ topic, month, version = 1 }: VouchWish, voucher: Key, about: About): Buffer {
  const said = Buffer.concat([Buffer.of(version), voucher.pub, u16(month), Buffer.of(text(topic).length), text(topic)])
  return Buffer.concat([said, sign(null, signedBytes(said, about), voucher.secret)])
}

export interface Vouch {
  readonly voucher: Buffer
  readonly month: number
  readonly topic: string
  readonly said: Buffer
  readonly signature: Buffer
}

/** @throws Refused */
export function readVouch(encoded: Buffer): Vouch {
  if (encoded.length > 140) throw new Refused('too-large')
  if (encoded.length === 0) throw new Refused('malformed')
  if (encoded[0] !== 1) throw new Refused('unknown-version')
  const end = 36 + (encoded[35] ?? 0)
  if (encoded.length !== end + 64) throw new Refused('malformed')
  const topic = encoded.subarray(36, end).toString('latin1')
  if (!isTopic(topic)) throw new Refused('malformed')
  const voucher = encoded.subarray(1, 33)
  const said = encoded.subarray(0, end)
  return { voucher, month: encoded.readUInt16BE(33), topic, said, signature: encoded.subarray(end) }
}

const startOf = (month: number): number => Date.UTC(1970, month)

/** Whether it is to be counted, at a time in ms since 1970. */
export function counts({ voucher, month, said, signature }: Vouch, about: About, now: number): boolean {
  if (now < startOf(month - 1) || now >= startOf(month + 13) || voucher.equals(about.subject)) return false
  return verify(null, signedBytes(said, about), publicKeyOf(voucher), signature)
}

/** Whose conversation a key is proved in. */
export interface Pair {
  readonly tag: Uint8Array
  /** Persona key of the side that accepted the introduction. */
  readonly mentor: Uint8Array
}

const provedBytes = (key: Uint8Array, { tag, mentor }: Pair): Buffer =>
  Buffer.concat([text('staffetta/vouch/key/1'), tag, mentor, key])

export const proofOf = (key: Key, pair: Pair): Buffer => sign(null, provedBytes(key.pub, pair), key.secret)

export const isProof = (proof: Uint8Array, key: Uint8Array, pair: Pair): boolean =>
  verify(null, provedBytes(key, pair), publicKeyOf(key), proof)

/** @throws Refused */
export function readVouchRecord(encoded: Buffer): CborMap {
  const k = integer(0, 3)
  const t = isTopic
  const s = bytes(64)
  const kinds: readonly Readonly<Record<string, Check>>[] = [
    { k, t },
    { k, t, p: bytes(32), s },
    { k, e: bytes(1, 140), s },
    { k, t },
  ]
  return readMap(encoded, 256, (map) => kinds[typeof map['k'] === 'number' ? map['k'] : -1])
}
