import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { decodeLetter, encodeLetter } from '../../core/safety/reports/letter.ts'
import { boxAuthor, letterPlace, letterWatch, partPlace } from '../../core/safety/reports/places.ts'
import { decodeNotices, encodeNotices } from '../../core/safety/notices/content.ts'
import { noticeKey } from '../../core/safety/notices/notices.ts'
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

describe('reports', () => {
  const { places } = vectors
  const sign = signingKey(fromHex(places.signSeed))
  const addressee = { signKey: sign.publicKey, boxKey: fromHex(places.boxKey) }
  const shown = (place: { writePublic: Uint8Array; bodyKey: Uint8Array; place: Uint8Array }) => ({
    writePublic: hex(place.writePublic),
    bodyKey: hex(place.bodyKey),
    place: hex(place.place),
  })

  it('have letters at a place of the guardian’s, for whoever writes and for the guardian', () => {
    const written = letterPlace(fromHex(places.secret), addressee)
    const read = letterWatch(fromHex(places.secret), addressee, sign)
    const { readPublic, ...expected } = places.letter
    expect(shown({ ...written, writePublic: written.write.publicKey })).toEqual(expected)
    expect(shown(read)).toEqual(expected)
    expect([hex(written.readPublic), hex(read.read.publicKey)]).toEqual([readPublic, readPublic])
  })

  it.each(places.parts)('have part $part at its place', ({ part, readPublic, ...expected }) => {
    const place = partPlace(fromHex(places.root), part)
    expect(shown(place)).toEqual(expected)
    expect(hex(place.readPublic)).toBe(readPublic)
  })

  it.each(places.authors)('have the box of part $part owned by a key of its own', ({ part, author }) => {
    expect(hex(boxAuthor(fromHex(places.authorSeed), part).publicKey)).toBe(author)
  })

  it.each(vectors.letters)('have letters that are encoded the same', ({ encoded }) => {
    expect(hex(encodeLetter(decodeLetter(fromHex(encoded))))).toBe(encoded)
  })

  it.each(vectors.refusedLetters)('have no letter $why', ({ encoded, code }) => {
    expect(() => decodeLetter(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})

describe('notices', () => {
  it('lie under the key of their guardian', () => {
    expect(hex(noticeKey(signingKey(fromHex(vectors.places.signSeed)).publicKey))).toBe(vectors.noticeKey)
  })

  it.each(vectors.notices)('are decoded, and encoded the same: $name', ({ encoded }) => {
    expect(hex(encodeNotices(decodeNotices(fromHex(encoded))))).toBe(encoded)
  })

  it.each(vectors.refusedNotices)('have none $why', ({ encoded, code }) => {
    expect(() => decodeNotices(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})
