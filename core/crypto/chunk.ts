import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

const cipher = 'aes-256-gcm'
export const chunkNonceLength = 12
/** What sealing a chunk adds. */
export const chunkTagLength = 16

/**
 * AES-256-GCM (NIST SP 800-38D), for content of many megabytes: it is the
 * fastest authenticated cipher of node:crypto, here and in Electron, whose
 * BoringSSL lacks ChaCha20-Poly1305.
 *
 * @param key 32 bytes
 * @param nonce 12 bytes, never twice under a key for different content
 * @param about authenticated, not sealed
 * @param out where ciphertext ‖ tag goes
 */
export function sealChunk(
  plaintext: Uint8Array,
  { key, nonce, about }: { readonly key: Uint8Array; readonly nonce: Uint8Array; readonly about: Uint8Array },
  out: Uint8Array,
): void {
  const sealing = createCipheriv(cipher, key, nonce)
  sealing.setAAD(about)
  out.set(sealing.update(plaintext))
  sealing.final()
  out.set(sealing.getAuthTag(), plaintext.length)
}

/** @throws Fault `unreadable` where a bit, the key, the nonce, or what it is about is another */
export function openChunk(
  sealed: Uint8Array,
  { key, nonce, about }: { readonly key: Uint8Array; readonly nonce: Uint8Array; readonly about: Uint8Array },
): Bytes {
  const length = sealed.length - chunkTagLength
  if (length < 0) throw new Fault('unreadable', 'A sealed chunk is too short')
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: chunkTagLength })
  opening.setAAD(about)
  opening.setAuthTag(sealed.subarray(length))
  const plaintext = opening.update(sealed.subarray(0, length))
  try {
    opening.final()
  } catch {
    throw new Fault('unreadable', 'A sealed chunk cannot be opened')
  }
  return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.length)
}
