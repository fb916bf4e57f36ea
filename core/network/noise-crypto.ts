import type { ICryptoInterface } from '@chainsafe/libp2p-noise'
import { createHash, hkdfSync } from 'node:crypto'
import sodium from 'sodium-native'

const keyLength = 32
const tagLength = 16

/** Bytes, or a list of them. */
type Data = Parameters<ICryptoInterface['hashSHA256']>[0]

/** RFC 8439's construction is in sodium-native, and missing from its types. */
interface ChaCha20Poly1305 {
  crypto_aead_chacha20poly1305_ietf_encrypt(c: Buffer, m: Buffer, ad: Buffer, nsec: null, npub: Buffer, k: Buffer): void
  crypto_aead_chacha20poly1305_ietf_decrypt(m: Buffer, nsec: null, c: Buffer, ad: Buffer, npub: Buffer, k: Buffer): void
}
const aead = sodium as unknown as ChaCha20Poly1305

/**
 * Noise's primitives from libsodium: X25519 (RFC 7748), ChaCha20-Poly1305
 * (RFC 8439), SHA-256 and HKDF (RFC 5869). The same code and the same speed in
 * Node and in Electron, whose BoringSSL has no ChaCha20-Poly1305.
 *
 * A shared secret of low order and a bad tag throw, as sodium does.
 */
export const noiseCrypto: ICryptoInterface = {
  hashSHA256(data) {
    return createHash('sha256').update(data.subarray()).digest()
  },

  getHKDF(ck, ikm) {
    const okm = new Uint8Array(hkdfSync('sha256', ikm, ck, new Uint8Array(0), 3 * keyLength))
    return [okm.subarray(0, keyLength), okm.subarray(keyLength, 2 * keyLength), okm.subarray(2 * keyLength)]
  },

  generateX25519KeyPair() {
    const privateKey = Buffer.alloc(keyLength)
    sodium.randombytes_buf(privateKey)
    return keyPair(privateKey)
  },

  generateX25519KeyPairFromSeed(seed) {
    return keyPair(buffer(seed))
  },

  generateX25519SharedKey(privateKey, publicKey) {
    const shared = Buffer.alloc(keyLength)
    sodium.crypto_scalarmult(shared, buffer(privateKey), buffer(publicKey))
    return shared
  },

  chaCha20Poly1305Encrypt(plaintext, nonce, ad, k) {
    const sealed = Buffer.allocUnsafe(plaintext.byteLength + tagLength)
    const text = buffer(plaintext)
    aead.crypto_aead_chacha20poly1305_ietf_encrypt(sealed, text, buffer(ad), null, buffer(nonce), buffer(k))
    return sealed
  },

  chaCha20Poly1305Decrypt(ciphertext, nonce, ad, k) {
    if (ciphertext.byteLength < tagLength) throw new RangeError('ciphertext: shorter than its tag')
    const text = Buffer.allocUnsafe(ciphertext.byteLength - tagLength)
    aead.crypto_aead_chacha20poly1305_ietf_decrypt(text, null, buffer(ciphertext), buffer(ad), buffer(nonce), buffer(k))
    return text
  },
}

function keyPair(privateKey: Buffer): { publicKey: Buffer; privateKey: Buffer } {
  const publicKey = Buffer.alloc(keyLength)
  sodium.crypto_scalarmult_base(publicKey, privateKey)
  return { publicKey, privateKey }
}

/** The same memory, as the type that sodium-native asks for; a list is joined first. */
function buffer(data: Data): Buffer {
  const bytes = data.subarray()
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
