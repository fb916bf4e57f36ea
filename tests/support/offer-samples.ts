import { unsaid } from '../../core/api/blank-offer.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import type { OfferContent } from '../../core/offers/content.ts'
import { addressOf } from '../../core/offers/introduction-address.ts'
import type { Ratchet } from '../../core/ratchet/ratchet.ts'

export const sampleDraft: OfferDraft = {
  kind: 'offer',
  topics: ['career-guidance', 'self-care'],
  title: 'Finding work after a change of name',
  text: 'I have been through it twice and can read your letters with you.',
  languages: ['en', 'it'],
  level: 'any',
  formats: ['text', 'voice'],
  ...unsaid,
}

export const samplePersona = signingKey(new Uint8Array(32).fill(1))

/** An offer with a real bundle. */
export function sampleOffer(ratchet: Ratchet, draft: Partial<OfferDraft> = {}): OfferContent {
  return {
    draft: { ...sampleDraft, ...draft },
    pseudonym: 'Maple Heron',
    personaKey: samplePersona.publicKey,
    bundle: ratchet.bundle(ratchet.createIdentity('a'.repeat(32))),
    introduction: addressOf({
      writeSeed: new Uint8Array(32).fill(2),
      readSeed: new Uint8Array(32).fill(3),
      sealSecret: new Uint8Array(32).fill(4),
    }),
    expiryHours: 500_000,
    revision: 0,
    vouches: [],
  }
}
