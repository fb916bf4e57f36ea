import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { decodeEvidence, encodeEvidence, provenOffer } from '../../core/safety/evidence.ts'
import offers from './offer.json' with { type: 'json' }
import vectors from './safety.json' with { type: 'json' }

describe('evidence', () => {
  it.each(vectors.evidence)('$name is decoded, and encoded the same', ({ encoded, exporterSeed }) => {
    const evidence = decodeEvidence(fromHex(encoded))
    const key = exporterSeed === null ? undefined : signingKey(fromHex(exporterSeed))
    expect(evidence.exporter?.key).toEqual(key?.publicKey)
    expect(hex(encodeEvidence(evidence, key))).toBe(encoded)
  })

  it.each(vectors.refusedEvidence)('$why is refused', ({ encoded, code }) => {
    expect(() => decodeEvidence(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })

  it('proves what the contact signed, and only where it is the contact’s', () => {
    const [full] = vectors.evidence
    const evidence = decodeEvidence(fromHex(full?.encoded ?? ''))
    expect(provenOffer(evidence)?.draft).toEqual(offers.offers[0]?.draft)
    const { offer, contact } = evidence
    if (offer === undefined) throw new Error('The vector has no offer')
    const spoilt = new Uint8Array(offer.encoded)
    spoilt[40] = (spoilt[40] ?? 0) ^ 1
    for (const other of [
      { ...evidence, contact: { ...contact, key: new Uint8Array(32) } },
      { ...evidence, contact: { ...contact, key: new Uint8Array(33) } },
      { ...evidence, offer: { ...offer, epoch: offer.epoch + 1 } },
      { ...evidence, offer: { ...offer, author: new Uint8Array(32) } },
      { ...evidence, offer: { ...offer, encoded: spoilt } },
      { ...evidence, offer: undefined },
    ]) {
      expect(provenOffer(other)).toBeUndefined()
    }
  })
})
