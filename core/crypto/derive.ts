import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { copy, utf8, type Bytes } from '../base/bytes.ts'

const none = new Uint8Array(0)

/** SHA-256 over the concatenation of `parts` (FIPS 180-4). 32 bytes. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return copy(hash.digest())
}

/** HMAC-SHA256 over the concatenation of `parts` (RFC 2104). 32 bytes. */
export function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Bytes {
  const mac = createHmac('sha256', key)
  for (const part of parts) mac.update(part)
  return copy(mac.digest())
}

/** HKDF-SHA256 (RFC 5869). `info` may be text or bytes. */
export function hkdf(key: Uint8Array, info: Uint8Array | string, length: number, salt: Uint8Array = none): Bytes {
  const label = typeof info === 'string' ? utf8(info) : info
  return new Uint8Array(hkdfSync('sha256', key, salt, label, length))
}
