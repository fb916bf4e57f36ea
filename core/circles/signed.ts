import { concat, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { requireSignature, sign, signatureLength, type SigningKey } from '../crypto/sign.ts'

const version = 1

/** u8 version ‖ signature ‖ content; the signature is over label ‖ context ‖ content. */
export function encodeSigned(label: string, context: Uint8Array, content: Uint8Array, key: SigningKey): Bytes {
  return concat(u8(version), sign(concat(utf8(label), context, content), key), content)
}

/** What it says, before anybody's signature was looked at. @throws Fault `unknown-version`, `malformed` */
export function contentOf(bytes: Uint8Array): Bytes {
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'Something signed, of another version')
  reader.bytes(signatureLength)
  return reader.bytes(reader.left)
}

/** @throws Fault `bad-signature` */
export function requireSigned(label: string, context: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array): void {
  const signature = bytes.subarray(1, 1 + signatureLength)
  requireSignature(signature, concat(utf8(label), context, bytes.subarray(1 + signatureLength)), publicKey)
}
