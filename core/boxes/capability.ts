import { concat, hex, u64, u8, utf8, type Bytes } from '../base/bytes.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { signingKey, type SigningKey } from '../crypto/sign.ts'

/** May fetch from a place and open what lies there. */
export interface ReadCapability {
  readonly writePublic: Bytes
  readonly read: SigningKey
  readonly bodyKey: Bytes
  readonly place: Bytes
}

/** May store at a place. */
export interface WriteCapability {
  readonly write: SigningKey
  readonly readPublic: Bytes
  readonly bodyKey: Bytes
  readonly place: Bytes
}

/** Both: what everyone has who knows the secret that a place is derived from. */
export type Capability = ReadCapability & WriteCapability

/** place = SHA256("staffetta/place/1" ‖ W.pub ‖ R.pub), 32 bytes. PROTOCOL.md section "Places". */
export function placeOf(writePublic: Uint8Array, readPublic: Uint8Array): Bytes {
  return sha256(utf8('staffetta/place/1'), writePublic, readPublic)
}

/** Splits 96 bytes of key material: wSeed ‖ rSeed ‖ bodyKey. */
export function capability(material: Uint8Array): Capability {
  if (material.length !== 96) throw new RangeError('material: expected 96 bytes')
  const write = signingKey(material.subarray(0, 32))
  const read = signingKey(material.subarray(32, 64))
  return {
    write,
    writePublic: write.publicKey,
    read,
    readPublic: read.publicKey,
    bodyKey: new Uint8Array(material.subarray(64, 96)),
    place: placeOf(write.publicKey, read.publicKey),
  }
}

/** The capability of one shard of a board in one epoch. @param topicSecret 32 bytes, see community/secret.ts */
export function boardCapability(topicSecret: Uint8Array, epoch: number, shard: number): Capability {
  return capability(hkdf(topicSecret, concat(utf8('staffetta/box/1'), u8(shard)), 96, u64(epoch)))
}

/** A map key for a place. */
export function placeKey(place: Uint8Array): string {
  return hex(place)
}
