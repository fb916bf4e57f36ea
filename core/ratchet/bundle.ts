import { KEMPublicKey, PreKeyBundle } from '@signalapp/libsignal-client'
import { concat, copy, u16, u32, u8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { identityKeyLength, publicKey } from './session.ts'

const version = 1
/** 0x08 ‖ 1568 bytes: ML-KEM-1024 as libsignal writes it. */
const kyberKeyLength = 1569
const signatureLength = 64
/** registrationId has 14 bits in libsignal. */
const maxRegistrationId = 0x3fff

export const bundleLength = 1 + 2 + identityKeyLength + 4 + 33 + signatureLength + 4 + kyberKeyLength + signatureLength

/**
 * What somebody needs to begin a session with an identity, 1,774 bytes.
 * PROTOCOL.md section "Bundles":
 * u8 version ‖ u16 registrationId ‖ identity key ‖ u32 id ‖ signed prekey ‖ signature
 * ‖ u32 id ‖ Kyber prekey ‖ signature.
 */
export function encodeBundle(bundle: PreKeyBundle): Bytes {
  return concat(
    u8(version),
    u16(bundle.registrationId()),
    bundle.identityKey().serialize(),
    u32(bundle.signedPreKeyId()),
    bundle.signedPreKeyPublic().serialize(),
    bundle.signedPreKeySignature(),
    u32(bundle.kyberPreKeyId()),
    bundle.kyberPreKeyPublic().serialize(),
    bundle.kyberPreKeySignature(),
  )
}

/**
 * Decodes a bundle and verifies both of its signatures.
 *
 * @throws Fault `unknown-version`, `malformed`, `bad-signature`
 */
export function decodeBundle(bytes: Uint8Array): PreKeyBundle {
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A bundle of another version')
  if (bytes.length !== bundleLength) throw new Fault('malformed', 'A bundle of the wrong length')
  const registrationId = reader.u16()
  const identityKey = publicKey(reader.bytes(identityKeyLength))
  const signedId = reader.u32()
  const signedKey = publicKey(reader.bytes(33))
  const signedSignature = reader.bytes(signatureLength)
  const kyberId = reader.u32()
  const kyberKey = kemPublicKey(reader.bytes(kyberKeyLength))
  const kyberSignature = reader.bytes(signatureLength)
  reader.end()
  if (registrationId === 0 || registrationId > maxRegistrationId || signedId === 0 || kyberId === 0) {
    throw new Fault('malformed', 'A bundle with a number out of bounds')
  }
  const signed =
    identityKey.verify(signedKey.serialize(), signedSignature) &&
    identityKey.verify(kyberKey.serialize(), kyberSignature)
  if (!signed) throw new Fault('bad-signature', 'A bundle whose prekeys are not signed by its identity')
  return PreKeyBundle.new(
    registrationId,
    1,
    null,
    null,
    signedId,
    signedKey,
    signedSignature,
    identityKey,
    kyberId,
    kyberKey,
    kyberSignature,
  )
}

/** The identity key in an encoded bundle that was decoded before, 33 bytes. */
export function identityKeyOf(bundle: Uint8Array): Bytes {
  return copy(bundle.subarray(3, 3 + identityKeyLength))
}

function kemPublicKey(bytes: Bytes): KEMPublicKey {
  if (bytes[0] !== 8) throw new Fault('malformed', 'Not an ML-KEM public key')
  try {
    return KEMPublicKey.deserialize(bytes)
  } catch {
    throw new Fault('malformed', 'Not an ML-KEM public key')
  }
}
