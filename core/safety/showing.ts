import type { EvidenceView } from '../api/safety.ts'
import { hex, utf8 } from '../base/bytes.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import { sha256 } from '../crypto/derive.ts'
import { publicKeyLength } from '../crypto/sign.ts'
import { weaveOf } from '../personas/weave.ts'
import { provenOffer, type Evidence } from './evidence.ts'

/**
 * What two people compare of a key: the first 16 bytes of
 * SHA256("staffetta/fingerprint/1" ‖ key) in hexadecimal, in groups of four digits.
 */
export function fingerprintOf(key: Uint8Array): string {
  const digits = hex(sha256(utf8('staffetta/fingerprint/1'), key).subarray(0, 16))
  return (digits.match(/.{4}/g) ?? []).join(' ')
}

/** @param isMine whether a key is that of one of this vault's personas */
export function evidenceView(evidence: Evidence, isMine: (key: Uint8Array) => boolean): EvidenceView {
  const { madeAt, community, exporter, contact, offerTitle, begunAt, note, messages } = evidence
  return {
    madeAt,
    communityName: harmlessLine(community),
    exporter: exporter === undefined ? null : { ...keyHolder(exporter), mine: isMine(exporter.key) },
    contact: {
      ...keyHolder(contact),
      keyOf: contact.key.length === publicKeyLength ? 'persona' : 'relationship',
    },
    offerTitle: harmlessLine(offerTitle),
    begunAt,
    offer: offerView(evidence),
    note: harmlessText(note),
    messages: messages.map(({ kind, text, ...rest }) => ({
      ...rest,
      kind,
      text: kind === 'file' ? harmlessLine(text) : harmlessText(text),
    })),
  }
}

function keyHolder({ pseudonym, key }: { readonly pseudonym: string; readonly key: Uint8Array }) {
  return { pseudonym: harmlessLine(pseudonym), weave: weaveOf(key), fingerprint: fingerprintOf(key) }
}

function offerView(evidence: Evidence): EvidenceView['offer'] {
  if (evidence.offer === undefined) return null
  const offer = provenOffer(evidence)
  if (offer === undefined) return { proven: false }
  const { pseudonym, draft } = offer
  return {
    proven: true,
    pseudonym: harmlessLine(pseudonym),
    title: harmlessLine(draft.title),
    text: harmlessText(draft.text),
  }
}
