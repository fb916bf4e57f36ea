import nacl from 'tweetnacl'
import { concat, copy, equal, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { random } from './random.ts'

const nonceLength = 24
/** What `seal` adds: a 24-byte nonce and Poly1305's 16 bytes. */
export const sealOverhead = nonceLength + 16
/** What `sealTo` adds besides: the ephemeral public key. */
export const sealToOverhead = 32 + sealOverhead

/** nonce24 ‖ secretbox (XSalsa20-Poly1305, NaCl). @param key 32 bytes */
export function seal(plaintext: Uint8Array, key: Uint8Array): Bytes {
  const nonce = random(nonceLength)
  return concat(nonce, nacl.secretbox(plaintext, nonce, key))
}

/** @throws Fault `unreadable` where the key is another one or a bit was changed */
export function open(sealed: Uint8Array, key: Uint8Array): Bytes {
  if (sealed.length < sealOverhead) throw new Fault('unreadable', 'Sealed content is too short')
  const plaintext = nacl.secretbox.open(sealed.subarray(nonceLength), sealed.subarray(0, nonceLength), key)
  if (plaintext === null) throw new Fault('unreadable', 'Sealed content cannot be opened')
  return copy(plaintext)
}

/** An X25519 key pair (RFC 7748), 32 bytes each. */
export interface BoxKey {
  readonly publicKey: Bytes
  readonly secretKey: Bytes
}

/** @param secretKey 32 bytes; fresh ones where none are given */
export function boxKey(secretKey: Uint8Array = random(32)): BoxKey {
  const pair = nacl.box.keyPair.fromSecretKey(secretKey)
  return { publicKey: copy(pair.publicKey), secretKey: copy(pair.secretKey) }
}

/** eph32 ‖ nonce24 ‖ nacl.box from a fresh key to `publicKey`: only its holder can open it, and nobody learns who sealed. */
export function sealTo(plaintext: Uint8Array, publicKey: Uint8Array): Bytes {
  const ephemeral = boxKey()
  refuseZeroSecret(publicKey, ephemeral.secretKey)
  const nonce = random(nonceLength)
  return concat(ephemeral.publicKey, nonce, nacl.box(plaintext, nonce, publicKey, ephemeral.secretKey))
}

/** @throws Fault `unreadable` */
export function openWith(sealed: Uint8Array, key: BoxKey): Bytes {
  if (sealed.length < sealToOverhead) throw new Fault('unreadable', 'Sealed content is too short')
  const ephemeral = sealed.subarray(0, 32)
  refuseZeroSecret(ephemeral, key.secretKey)
  const plaintext = nacl.box.open(
    sealed.subarray(32 + nonceLength),
    sealed.subarray(32, 32 + nonceLength),
    ephemeral,
    key.secretKey,
  )
  if (plaintext === null) throw new Fault('unreadable', 'Sealed content cannot be opened')
  return copy(plaintext)
}

/** tweetnacl returns an all-zero secret for low-order points; RFC 7748 section 6.1 asks to refuse it. */
function refuseZeroSecret(publicKey: Uint8Array, secretKey: Uint8Array): void {
  if (equal(nacl.scalarMult(secretKey, publicKey), new Uint8Array(32))) {
    throw new Fault('unreadable', 'A public key of low order')
  }
}
