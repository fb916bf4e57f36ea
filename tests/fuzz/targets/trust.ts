import { decodeDisclosure, encodeDisclosure } from '../../../core/disclosure/content.ts'
import { decodeCard, encodeCard } from '../../../core/personas/card.ts'
import { decodeVouchRecord, encodeVouchRecord } from '../../../core/vouches/content.ts'
import { decodeVouch, encodeVouch } from '../../../core/vouches/vouch.ts'
import vectors from '../../vectors/trust.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const encoded = (vectors: readonly { readonly encoded: string }[]) =>
  fromVectors(...vectors.map(({ encoded }) => encoded))
const disclosures = encoded(vectors.disclosures)

/** What people show of themselves, and say of each other. */
export const trustTargets: readonly Target[] = [
  {
    name: 'card',
    covers: ['core/personas/card.ts decodeCard'],
    corpus: disclosures.map(decodeDisclosure).flatMap((each) => (each.kind === 'show' ? [encodeCard(each.card)] : [])),
    faults: ['too-large', 'malformed'],
    form: 'cbor',
    again: (input) => encodeCard(decodeCard(input)),
  },
  {
    name: 'disclosure',
    covers: ['core/disclosure/content.ts decodeDisclosure'],
    corpus: disclosures,
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeDisclosure(decodeDisclosure(input)),
  },
  {
    name: 'vouch',
    covers: ['core/vouches/vouch.ts decodeVouch'],
    corpus: encoded(vectors.vouches),
    faults: ['too-large', 'malformed', 'unknown-version'],
    again: (input) => encodeVouch(decodeVouch(input)),
  },
  {
    name: 'vouch record',
    covers: ['core/vouches/content.ts decodeVouchRecord'],
    corpus: encoded(vectors.records),
    faults: ['too-large', 'malformed', 'unknown-version'],
    form: 'cbor',
    again: (input) => encodeVouchRecord(decodeVouchRecord(input)),
  },
]
