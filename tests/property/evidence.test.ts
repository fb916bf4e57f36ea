import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { random } from '../../core/crypto/random.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { decodeEvidence, encodeEvidence, type Evidence } from '../../core/safety/evidence.ts'
import { evidenceView } from '../../core/safety/showing.ts'
import { evidenceView as shape } from '../../core/api/safety.ts'

const bytes = (...lengths: number[]): fc.Arbitrary<Bytes> =>
  fc
    .constantFrom(...lengths)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
    .map((value) => new Uint8Array(value))
const line = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength: Math.floor(maxLength / 4) })
const time = fc.nat(4_000_000_000_000)
const seed = bytes(32)

const evidence = fc.record<Evidence>({
  madeAt: time,
  community: line(limits.communityName),
  exporter: fc.option(fc.record({ pseudonym: line(40), key: seed }), { nil: undefined }),
  contact: fc.record({ pseudonym: line(40), key: bytes(32, 33) }),
  offerTitle: line(limits.title),
  begunAt: time,
  offer: fc.option(fc.record({ encoded: bytes(1, 100, 4000), author: bytes(32), epoch: fc.nat(0xffff_ffff) }), {
    nil: undefined,
  }),
  note: line(limits.evidence.note),
  messages: fc.array(
    fc.record({
      own: fc.boolean(),
      kind: fc.constantFrom('text' as const, 'file' as const),
      text: fc.string({ unit: 'grapheme', maxLength: 300 }),
      sentAt: time,
      edited: fc.boolean(),
      gap: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  ),
})
/** Signed by whom it names. */
const signed = fc.tuple(evidence, seed).map(([value, seed]) => {
  const key = signingKey(seed)
  return { value: { ...value, exporter: value.exporter && { ...value.exporter, key: key.publicKey } }, key }
})

function decodesOrRefuses(encoded: Uint8Array): Evidence | undefined {
  try {
    return decodeEvidence(encoded)
  } catch (error) {
    if (!isFault(error, 'malformed', 'unknown-version', 'too-large', 'bad-signature')) throw error
    return undefined
  }
}

describe('the codec of evidence', () => {
  it('is its own inverse, and whatever it decodes can be shown', () => {
    fc.assert(
      fc.property(signed, ({ value, key }) => {
        const encoded = encodeEvidence(value, value.exporter === undefined ? undefined : key)
        expect(decodeEvidence(encoded)).toEqual(value)
        expect(shape.parse(evidenceView(value, () => false)).messages).toHaveLength(value.messages.length)
      }),
      { numRuns: 100 },
    )
  })

  it('that is signed refuses every changed byte', () => {
    fc.assert(
      fc.property(signed, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ value, key }, at, by) => {
        const exporter = value.exporter ?? { pseudonym: 'Riva', key: key.publicKey }
        const encoded = encodeEvidence({ ...value, exporter }, key)
        const place = at % encoded.length
        encoded[place] = (encoded[place] ?? 0) ^ by
        expect(decodesOrRefuses(encoded)).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  it('survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (encoded) => void decodesOrRefuses(encoded)))
  })

  it('refuses to write what could not be read again', () => {
    const key = signingKey(random(32))
    const [good] = fc.sample(evidence, 1)
    if (good === undefined) throw new Error('There is no sample')
    const mine = { ...good, exporter: { pseudonym: 'Riva', key: key.publicKey } }
    const no = (value: Evidence, code: string, signer = key) =>
      expect(() => encodeEvidence(value, signer)).toThrow(expect.objectContaining({ code }))
    no({ ...mine, exporter: undefined }, 'bad-input')
    no({ ...mine, exporter: { pseudonym: 'Riva', key: random(32) } }, 'bad-input')
    no({ ...mine, messages: [] }, 'bad-input')
    no({ ...mine, note: 'x'.repeat(limits.evidence.note + 1) }, 'bad-input')
    no({ ...mine, note: '\uD800' }, 'bad-input')
    const [message] = mine.messages
    if (message === undefined) throw new Error('There is no message')
    const long = Array.from({ length: 2 }, () => ({ ...message, text: 'x'.repeat(50_000) }))
    no({ ...mine, messages: long }, 'too-large')
    expect(() => encodeEvidence(mine)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})
