import { decode } from 'cborg'
import { concat, fromHex, utf8, type Bytes } from '../../../core/base/bytes.ts'
import { encodeCbor } from '../../../core/base/cbor.ts'
import { sign, signingKey } from '../../../core/crypto/sign.ts'
import { decodeEvidence, encodeEvidence, provenOffer } from '../../../core/safety/evidence.ts'
import { decodeNotices, encodeNotices } from '../../../core/safety/notices/content.ts'
import { decodeLetter, encodeLetter } from '../../../core/safety/reports/letter.ts'
import vectors from '../../vectors/safety.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const exporter = signingKey(fromHex(vectors.evidence[0]?.exporterSeed ?? ''))

/** Signed anew, as whom it names: what lies behind the signature is reached. What cannot be encoded stays as it is. */
function resigned(input: Bytes): Bytes {
  try {
    const fields: unknown = decode(input)
    if (typeof fields !== 'object' || fields === null || !('p' in fields)) return input
    const { s: _signature, ...rest } = fields as Record<string, unknown>
    const said = { ...rest, p: { ...(rest['p'] as object), k: exporter.publicKey } }
    return encodeCbor({ ...said, s: sign(concat(utf8('staffetta/evidence/1'), encodeCbor(said)), exporter) })
  } catch {
    return input
  }
}

function again(input: Bytes): Bytes {
  const evidence = decodeEvidence(input)
  provenOffer(evidence)
  return encodeEvidence(evidence, evidence.exporter === undefined ? undefined : exporter)
}

/** What people hand to each other about others. */
export const safetyTargets: readonly Target[] = [
  {
    name: 'evidence',
    covers: ['core/safety/evidence.ts decodeEvidence', 'core/safety/evidence.ts provenOffer'],
    corpus: fromVectors(...vectors.evidence.map(({ encoded }) => encoded)),
    faults: ['too-large', 'malformed', 'unknown-version', 'bad-signature'],
    form: 'cbor',
    mend: resigned,
    again,
  },
  {
    name: 'letter to a guardian',
    covers: ['core/safety/reports/letter.ts decodeLetter'],
    corpus: fromVectors(...vectors.letters.map(({ encoded }) => encoded)),
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeLetter(decodeLetter(input)),
  },
  {
    name: 'notices',
    covers: ['core/safety/notices/content.ts decodeNotices'],
    corpus: fromVectors(...vectors.notices.map(({ encoded }) => encoded)),
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeNotices(decodeNotices(input)),
  },
]
