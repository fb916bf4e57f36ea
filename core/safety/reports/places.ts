import { concat, u8, utf8, type Bytes } from '../../base/bytes.ts'
import {
  capability,
  placeOf,
  type Capability,
  type ReadCapability,
  type WriteCapability,
} from '../../boxes/capability.ts'
import { hkdf } from '../../crypto/derive.ts'
import { memoryWorkDigest } from '../../crypto/memory-work.ts'
import { signingKey, type SigningKey } from '../../crypto/sign.ts'

/** Whom a report is for, as the charter names them: an Ed25519 and an X25519 key, 32 bytes each. */
export interface Addressee {
  readonly signKey: Bytes
  readonly boxKey: Bytes
}

/**
 * Where letters to a guardian lie in a week: every member can write there, and
 * the guardian alone can fetch. PROTOCOL.md section "Reports".
 *
 * @param secret the community's of that week, 32 bytes
 */
export function letterPlace(secret: Uint8Array, { signKey, boxKey }: Addressee): WriteCapability {
  const material = hkdf(secret, concat(utf8('staffetta/report/letter/1'), signKey, boxKey), 64)
  const write = signingKey(material.subarray(0, 32))
  return {
    write,
    readPublic: signKey,
    bodyKey: material.slice(32),
    place: placeOf(write.publicKey, signKey),
  }
}

/** For the guardian. @param sign the key whose public half is `signKey` */
export function letterWatch(secret: Uint8Array, addressee: Addressee, sign: SigningKey): ReadCapability {
  const { write, bodyKey, place } = letterPlace(secret, addressee)
  return { writePublic: write.publicKey, read: sign, bodyKey, place }
}

/** Where a part of a report lies: only who has its root can find, read or write it. */
export function partPlace(root: Uint8Array, part: number): Capability {
  return capability(hkdf(root, concat(utf8('staffetta/report/part/1'), u8(part)), 96))
}

/** Who owns the box of a part, or of the letter: another one each, so that nodes cannot tell that they belong together. */
export function boxAuthor(authorSeed: Uint8Array, part: number): SigningKey {
  return signingKey(hkdf(authorSeed, concat(utf8('staffetta/report/author/1'), u8(part)), 32))
}

/** What a letter's work is bound to. @param boxAuthor 32 bytes */
export function letterWork(place: Uint8Array, root: Uint8Array, boxAuthor: Uint8Array): Bytes {
  return memoryWorkDigest(place, root, boxAuthor)
}
