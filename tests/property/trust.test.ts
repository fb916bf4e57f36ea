import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardFields } from '../../core/api/card-fields.ts'
import { isFault } from '../../core/base/fault.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { decodeDisclosure, encodeDisclosure, type Disclosure } from '../../core/disclosure/content.ts'
import { decodeCard, encodeCard, harmlessCard, isEmptyCard } from '../../core/personas/card.ts'
import { decodeVouchRecord, encodeVouchRecord, type VouchRecord } from '../../core/vouches/content.ts'
import { decodeVouch, encodeVouch, isGenuine, maxVouch, signVouch } from '../../core/vouches/vouch.ts'
import { anyCard } from '../support/cards.ts'

const exact = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const topic = fc.stringMatching(/^[a-z0-9-]{1,40}$/)
const disclosure: fc.Arbitrary<Disclosure> = fc.oneof(
  anyCard.filter((card) => !isEmptyCard(card)).map((card) => ({ kind: 'show' as const, card })),
  fc
    .subarray([...cardFields], { minLength: 1 })
    .map((fields) => ({ kind: 'take-back' as const, fields: fields as readonly (typeof cardFields)[number][] })),
)
const record: fc.Arbitrary<VouchRecord> = fc.oneof(
  fc.record({ kind: fc.constantFrom('offer' as const, 'take-back' as const), topic }),
  fc.record({ kind: fc.constant('ask' as const), topic, key: exact(32), proof: exact(64) }),
  fc.record({
    kind: fc.constant('give' as const),
    vouch: fc.uint8Array({ minLength: 1, maxLength: maxVouch }),
    proof: exact(64),
  }),
)
const person = exact(32).map((seed) => signingKey(seed))
const vouch = fc
  .record({ by: person, subject: person, community: exact(32), topic, month: fc.integer({ min: 0, max: 2000 }) })
  .filter(({ by, subject }) => Buffer.compare(by.publicKey, subject.publicKey) !== 0)

const codecs = {
  card: { value: anyCard, encode: encodeCard, decode: decodeCard },
  disclosure: { value: disclosure, encode: encodeDisclosure, decode: decodeDisclosure },
  'vouch record': { value: record, encode: encodeVouchRecord, decode: decodeVouchRecord },
} as const

describe.each(Object.entries(codecs))('the codec of a %s', (_, codec) => {
  const { value, encode, decode } = codec as {
    value: fc.Arbitrary<unknown>
    encode: (value: unknown) => Uint8Array
    decode: (bytes: Uint8Array) => unknown
  }

  it('is its own inverse', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(decode(encode(one))).toEqual(one)
      }),
    )
  })

  it('survives any bytes, and any change', () => {
    const tries = (bytes: Uint8Array): void => {
      try {
        expect(encode(decode(bytes))).toEqual(bytes)
      } catch (error) {
        if (!isFault(error, 'malformed', 'unknown-version', 'too-large')) throw error
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), tries))
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, at, by) => {
        const bytes = new Uint8Array(encode(one))
        const where = at % bytes.length
        bytes[where] = (bytes[where] ?? 0) ^ by
        tries(bytes)
      }),
    )
  })
})

describe('a vouch', () => {
  it('is written again as it was, and holds for nobody else and nowhere else', () => {
    fc.assert(
      fc.property(vouch, exact(32), ({ by, subject, community, topic, month }, other) => {
        const about = { community, subject: subject.publicKey }
        const encoded = signVouch(by, { ...about, topic, now: Date.UTC(1970, month, 10) })
        const decoded = decodeVouch(encoded)
        expect(encodeVouch(decoded)).toEqual(encoded)
        expect(decoded).toMatchObject({ topic, month, voucher: by.publicKey })
        expect(isGenuine(decoded, about)).toBe(true)
        const elsewhere = Buffer.compare(other, community) === 0
        expect(isGenuine(decoded, { ...about, community: other })).toBe(elsewhere)
        expect(isGenuine(decoded, { ...about, subject: signingKey(other).publicKey })).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  it('with any byte changed is refused, or holds for nobody', () => {
    fc.assert(
      fc.property(
        vouch,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ by, subject, community, topic }, at, change) => {
          const about = { community, subject: subject.publicKey }
          const bytes = signVouch(by, { ...about, topic, now: 0 })
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change
          try {
            expect(isGenuine(decodeVouch(bytes), about)).toBe(false)
          } catch (error) {
            if (!isFault(error, 'malformed', 'unknown-version', 'too-large')) throw error
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

it('a card that was made harmless stays as it is, and is one', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const once = harmlessCard(card)
      expect(harmlessCard(once)).toEqual(once)
      expect(decodeCard(encodeCard(once))).toEqual(once)
    }),
  )
})
