import { concat, copy, type Bytes } from '../base/bytes.ts'
import { Reader } from '../base/reader.ts'
import { placeOf, type ReadCapability, type WriteCapability } from '../boxes/capability.ts'
import { hkdf } from '../crypto/derive.ts'
import { boxKey, type BoxKey } from '../crypto/seal.ts'
import { signingKey } from '../crypto/sign.ts'

/** Where to send an introduction: published in an offer. Each is 32 bytes. */
export interface IntroductionAddress {
  /** Ed25519 seed: every member may write to the place. */
  readonly writeSeed: Bytes
  /** Ed25519: only the author of the offer may fetch from it. */
  readonly readPublic: Bytes
  /** X25519: only the author can open what lies there. */
  readonly sealPublic: Bytes
}

/** What the author of an offer keeps of it, 32 bytes each. Fresh for every epoch. */
export interface IntroductionSecrets {
  readonly writeSeed: Bytes
  readonly readSeed: Bytes
  readonly sealSecret: Bytes
}

export const addressLength = 96

/** writeSeed ‖ readPublic ‖ sealPublic. */
export function encodeAddress({ writeSeed, readPublic, sealPublic }: IntroductionAddress): Bytes {
  return concat(writeSeed, readPublic, sealPublic)
}

/** @throws Fault `malformed` where it is not 96 bytes */
export function decodeAddress(bytes: Uint8Array): IntroductionAddress {
  const reader = new Reader(bytes)
  const address = { writeSeed: reader.bytes(32), readPublic: reader.bytes(32), sealPublic: reader.bytes(32) }
  reader.end()
  return address
}

export function addressOf({ writeSeed, readSeed, sealSecret }: IntroductionSecrets): IntroductionAddress {
  return {
    writeSeed: copy(writeSeed),
    readPublic: signingKey(readSeed).publicKey,
    sealPublic: boxKey(sealSecret).publicKey,
  }
}

/** Introductions look like every other box: the body key follows from the write seed. */
function bodyKey(writeSeed: Uint8Array): Bytes {
  return hkdf(writeSeed, 'staffetta/introduction/1', 32)
}

/** For the seeker. */
export function writeCapability({ writeSeed, readPublic }: IntroductionAddress): WriteCapability {
  const write = signingKey(writeSeed)
  return { write, readPublic, bodyKey: bodyKey(writeSeed), place: placeOf(write.publicKey, readPublic) }
}

/** For the author of the offer. */
export function readCapability({ writeSeed, readSeed }: IntroductionSecrets): ReadCapability {
  const writePublic = signingKey(writeSeed).publicKey
  const read = signingKey(readSeed)
  return { writePublic, read, bodyKey: bodyKey(writeSeed), place: placeOf(writePublic, read.publicKey) }
}

/** Opens what was sealed to the offer. */
export function sealKey({ sealSecret }: IntroductionSecrets): BoxKey {
  return boxKey(sealSecret)
}
