import sodium from 'sodium-native'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { random } from './random.ts'

/** An Ed25519 key pair (RFC 8032). `secretKey` is libsodium's 64 bytes: seed ‖ public key. */
export interface SigningKey {
  readonly publicKey: Bytes
  readonly secretKey: Bytes
}

export const seedLength = 32
export const publicKeyLength = 32
export const signatureLength = 64

/** @param seed 32 bytes */
export function signingKey(seed: Uint8Array): SigningKey {
  const publicKey = new Uint8Array(publicKeyLength)
  const secretKey = new Uint8Array(64)
  sodium.crypto_sign_seed_keypair(buffer(publicKey), buffer(secretKey), buffer(seed))
  return { publicKey, secretKey }
}

export function freshSigningKey(): SigningKey {
  return signingKey(random(seedLength))
}

/** A detached Ed25519 signature, 64 bytes. */
export function sign(message: Uint8Array, key: SigningKey): Bytes {
  const signature = new Uint8Array(signatureLength)
  sodium.crypto_sign_detached(buffer(signature), buffer(message), buffer(key.secretKey))
  return signature
}

/** libsodium's strict verification: small-order keys and non-canonical values are refused. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== signatureLength || publicKey.length !== publicKeyLength) return false
  return sodium.crypto_sign_verify_detached(buffer(signature), buffer(message), buffer(publicKey))
}

/** @throws Fault `bad-signature` */
export function requireSignature(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): void {
  if (!verify(signature, message, publicKey)) throw new Fault('bad-signature', 'A signature does not fit')
}

/** sodium-native's types ask for Buffer; the memory is the same. */
function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
