import { concat, u32, u8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { bundleLength } from './bundle.ts'
import { identityKeyLength } from './session.ts'

const version = 1
/** A PreKeySignalMessage of 32 bytes takes 1,786 and may grow with its counters; a SignalMessage 100. */
const maxFirst = 2048
const maxConfirmation = 512
export const maxResetRecord = 6 + identityKeyLength + maxFirst

const steps = { ask: 1, answer: 2, confirm: 3 } as const

/** What one side tells the other in a session reset. `attempt` is its number, from 1. */
export type ResetRecord =
  /** The writer cannot read: here is a bundle to begin a session with. */
  | { readonly step: 'ask'; readonly attempt: number; readonly bundle: Bytes }
  /** The writer has begun one, as the owner of this identity key. */
  | { readonly step: 'answer'; readonly attempt: number; readonly identityKey: Bytes; readonly first: Bytes }
  /** The writer uses it from now on. */
  | { readonly step: 'confirm'; readonly attempt: number; readonly ciphertext: Bytes }

/** u8 version ‖ u8 step ‖ u32 attempt ‖ fields. PROTOCOL.md section "Session reset". */
export function encodeResetRecord(record: ResetRecord): Bytes {
  return concat(u8(version), u8(steps[record.step]), u32(record.attempt), fields(record))
}

function fields(record: ResetRecord): Bytes {
  if (record.step === 'ask') return record.bundle
  if (record.step === 'answer') return concat(record.identityKey, record.first)
  return record.ciphertext
}

/** Checks lengths only: bundle, key and ciphertext are the ratchet's. @throws Fault `unknown-version`, `malformed`, `too-large` */
export function decodeResetRecord(bytes: Uint8Array): ResetRecord {
  if (bytes.length > maxResetRecord) throw new Fault('too-large', 'A reset record that is too long')
  const reader = new Reader(bytes)
  if (reader.u8() !== version) throw new Fault('unknown-version', 'A reset record of a newer version')
  const step = reader.u8()
  const attempt = reader.u32()
  if (attempt === 0) throw new Fault('malformed', 'A reset without a number')
  switch (step) {
    case steps.ask: {
      const bundle = reader.bytes(bundleLength)
      reader.end()
      return { step: 'ask', attempt, bundle }
    }
    case steps.answer: {
      const identityKey = reader.bytes(identityKeyLength)
      return { step: 'answer', attempt, identityKey, first: rest(reader, maxFirst) }
    }
    case steps.confirm:
      return { step: 'confirm', attempt, ciphertext: rest(reader, maxConfirmation) }
    default:
      throw new Fault('malformed', 'A reset record of no known step')
  }
}

function rest(reader: Reader, most: number): Bytes {
  if (reader.left === 0 || reader.left > most) throw new Fault('malformed', 'A reset record of a wrong length')
  return reader.bytes(reader.left)
}
