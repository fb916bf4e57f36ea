import { utf8, type Bytes } from '../base/bytes.ts'
import { capability, type Capability } from '../boxes/capability.ts'
import { hkdf, hmac } from '../crypto/derive.ts'
import { memoryWorkDigest } from '../crypto/memory-work.ts'
import { signingKey, type SigningKey } from '../crypto/sign.ts'

/** Where the answer to an introduction lies: only its two ends know rootA. PROTOCOL.md section "Acceptance". */
export function replyCapability(rootA: Uint8Array): Capability {
  return capability(hkdf(rootA, 'staffetta/reply/1', 96))
}

/** Who owns the answer's box. */
export function replyAuthor(rootA: Uint8Array): SigningKey {
  return signingKey(hkdf(rootA, 'staffetta/reply/author/1', 32))
}

/**
 * What an introduction's work is bound to: the offer (by the place of its
 * introductions, which changes weekly), the sender, and the box that carries it.
 *
 * @param place 32 bytes @param identityKey 33 bytes @param boxAuthor 32 bytes
 */
export function introductionWork(place: Uint8Array, identityKey: Uint8Array, boxAuthor: Uint8Array): Bytes {
  return memoryWorkDigest(place, identityKey, boxAuthor)
}

/**
 * Shows the author of an offer that the sender holds an invite token, and is
 * good for nobody else: bound to the offer and the sender. PROTOCOL.md section "Invite tokens".
 *
 * @param token 16 bytes @param place 32 bytes @param identityKey 33 bytes
 */
export function tokenMark(token: Uint8Array, place: Uint8Array, identityKey: Uint8Array): Bytes {
  return hmac(token, utf8('staffetta/introduction/token/1'), place, identityKey)
}
