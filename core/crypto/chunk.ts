import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

const cipher = 'aes-256-gcm'
export const chunkNonceLength = 12
/** What sealing a chunk adds. */
export const chunkTagLength = 16

/** A key that many chunks are sealed under. */
export type ChunkKey = KeyObject

export interface Sealing {
  readonly key: ChunkKey
  /** 12 bytes, never twice under a key for different content. */
  readonly nonce: Uint8Array
  /** Authenticated, not sealed. */
  readonly about: Uint8Array
}

/** @param bytes 32 */
export function chunkKey(bytes: Uint8Array): ChunkKey {
  return createSecretKey(bytes)
}

/**
 * AES-256-GCM (NIST SP 800-38D), for content of many megabytes: it is the
 * fastest authenticated cipher of node:crypto, here and in Electron, whose
 * BoringSSL lacks ChaCha20-Poly1305.
 *
 * @returns ciphertext and tag, which follow each other
 */
export function sealChunk(plaintext: Uint8Array, { key, nonce, about }: Sealing): readonly [Uint8Array, Uint8Array] {
  const sealing = createCipheriv(cipher, key, nonce)
  sealing.setAAD(about)
  const ciphertext = sealing.update(plaintext)
  sealing.final()
  return [ciphertext, sealing.getAuthTag()]
}

/** @throws Fault `unreadable` where a bit, the key, the nonce, or what it is about is another */
export function openChunk(sealed: Uint8Array, { key, nonce, about }: Sealing): Bytes {
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
