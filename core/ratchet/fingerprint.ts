import { Fingerprint, PublicKey, ScannableFingerprint } from '@signalapp/libsignal-client'
import { copy, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { identityKeyLength, remoteOf } from './session.ts'

/** As Signal has them: what a forger has to do once more for every key that they try. */
const iterations = 5200
/** libsignal's: the scanned form holds hashes, not keys and identifiers. */
const version = 2
/** libsignal's protobuf takes 74 bytes. */
export const maxScannable = 128

/** One end of a relationship. */
export interface End {
  /** Known to both ends, the same for ever. */
  readonly name: Bytes
  /** 33 bytes. */
  readonly identityKey: Bytes
}

/** What two people compare to know that nobody sits between them: the same for both. */
export interface SafetyNumber {
  /** 60 digits. */
  readonly digits: string
  /** libsignal's scannable form of this end. The other's is its mirror image. */
  readonly scannable: Bytes
}

/** @throws Fault `malformed` (a key) */
export function safetyNumber(ours: End, theirs: End): SafetyNumber {
  const fingerprint = Fingerprint.new(
    iterations,
    version,
    ours.name,
    PublicKey.deserialize(ours.identityKey),
    theirs.name,
    PublicKey.deserialize(theirs.identityKey),
  )
  return {
    digits: fingerprint.displayableFingerprint().toString(),
    scannable: copy(fingerprint.scannableFingerprint().toBuffer()),
  }
}

/**
 * Whether what the other end shows is the mirror image of what this end has.
 *
 * @throws Fault `malformed` where it is no scannable form at all
 */
export function isMirrored(ours: Bytes, theirs: Bytes): boolean {
  if (theirs.length === 0 || theirs.length > maxScannable) throw notScannable()
  try {
    return ScannableFingerprint._fromBuffer(ours).compare(ScannableFingerprint._fromBuffer(theirs))
  } catch {
    throw notScannable()
  }
}

function notScannable(): Fault {
  return new Fault('malformed', 'Not the scannable form of a safety number')
}

/**
 * The other's identity key, out of a session. libsignal keeps it there but has
 * no call that gives it out; it is known by its hash, which names the session.
 *
 * @param record a libsignal SessionRecord
 */
export function identityKeyIn(record: Uint8Array, remote: string): Bytes | undefined {
  for (let at = record.indexOf(5); at >= 0; at = record.indexOf(5, at + 1)) {
    // a protobuf field of 33 bytes is preceded by its length
    if (record[at - 1] !== identityKeyLength) continue
    const key = copy(record.subarray(at, at + identityKeyLength))
    if (key.length === identityKeyLength && remoteOf(key) === remote) return key
  }
  return undefined
}
