import { equal, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { decodeFrame, encodeFrame } from '../../../core/conversations/channel/frames.ts'
import { decodePresence, encodePresence } from '../../../core/conversations/presence-content.ts'
import { decodeSafetyCode, encodeSafetyCode } from '../../../core/conversations/security.ts'
import { decodeResetRecord, encodeResetRecord } from '../../../core/ratchet/reset-record.ts'
import vectors from '../../vectors/reset.json' with { type: 'json' }
import { fromVectors, loose, type Target } from '../target.ts'

const encoded = (of: readonly { readonly encoded: string }[]): Bytes[] => fromVectors(...of.map((each) => each.encoded))

function settledCode(typed: string): 'accepted' {
  const scannable = decodeSafetyCode(typed)
  if (!equal(decodeSafetyCode(encodeSafetyCode(scannable)), scannable))
    throw new Error('The code is written as another')
  return 'accepted'
}

/** Session resets, and the codes of safety numbers. */
export const resetTargets: readonly Target[] = [
  {
    name: 'reset record',
    covers: ['core/ratchet/reset-record.ts decodeResetRecord'],
    corpus: encoded(vectors.records),
    faults: ['unknown-version', 'malformed', 'too-large'],
    again: (input) => encodeResetRecord(decodeResetRecord(input)),
  },
  {
    name: 'presence with keys',
    covers: ['core/conversations/presence-content.ts decodePresence'],
    corpus: encoded(vectors.presences),
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodePresence(decodePresence(input)),
  },
  {
    name: 'channel frame of a reset',
    covers: ['core/conversations/channel/frames.ts decodeFrame'],
    corpus: encoded(vectors.frames),
    faults: ['unknown-version', 'malformed', 'too-large'],
    again: (input) => encodeFrame(decodeFrame(input)),
  },
  {
    name: 'code of a safety number',
    covers: ['core/conversations/security.ts decodeSafetyCode'],
    corpus: vectors.safety.codes.flatMap((code) => [utf8(code), utf8(` ${code.toUpperCase()}\n`)]),
    faults: ['bad-input'],
    again: (input) => settledCode(loose(input)),
  },
]
