import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOfWeek } from '../../core/api/availability.ts'
import { offerRoom } from '../../core/api/offer-room.ts'
import { offerDraft, type OfferDraft } from '../../core/api/offers.ts'
import { limits, pseudonym } from '../../core/api/views.ts'
import { decodeCbor, encodeCbor } from '../../core/base/cbor.ts'
import { isFault } from '../../core/base/fault.ts'
import { concat, u64, utf8 } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey, sign } from '../../core/crypto/sign.ts'
import {
  decodeOffer,
  encodeFitting,
  encodeOffer,
  maxOfferLength,
  maxVouches,
  maxVouchLength,
  type OfferContent,
} from '../../core/offers/content.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { schema } from '../../core/ratchet/schema.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { sampleOffer, samplePersona } from '../support/offer-samples.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { z } from 'zod'

const binding = { author: random(32), epoch: 2900 }
let files: Scratch
let sample: OfferContent

beforeAll(() => {
  files = scratch()
  sample = sampleOffer(new Ratchet(files.database('one', schema), new ManualClock()))
})

afterAll(() => files.remove())

const draft: fc.Arbitrary<OfferDraft> = fc
  .record({
    kind: fc.constantFrom('offer' as const, 'request' as const),
    topics: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,40}$/), { minLength: 1, maxLength: limits.topics }),
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
    languages: fc.uniqueArray(fc.stringMatching(/^[a-z]{2,3}$/), { minLength: 1, maxLength: limits.languages }),
    level: fc.constantFrom('any' as const, 'beginner' as const, 'some' as const, 'experienced' as const),
    formats: fc.uniqueArray(fc.constantFrom('text' as const, 'voice' as const, 'in-person' as const), { minLength: 1 }),
    tags: fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: limits.tags }),
    availability: fc.subarray(Array.from({ length: blocksOfWeek }, (_, block) => block)),
    capacity: fc.integer({ min: 1, max: limits.capacity }),
    duration: fc.constantFrom('once' as const, 'weeks' as const, 'months' as const, 'open' as const),
    boundaries: fc.string({ unit: 'grapheme', maxLength: 60 }),
    inReturn: fc.record({
      topics: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{1,40}$/), { maxLength: limits.topics }),
      text: fc.string({ unit: 'grapheme', maxLength: 40 }),
    }),
    meet: fc.string({ unit: 'grapheme', maxLength: 60 }),
  })
  .map((value) => offerDraft.safeParse(value).data)
  .filter((value) => value !== undefined)
  // trimmed, two of them may have become one
  .filter(({ tags }) => new Set(tags).size === tags.length)
const name = fc
  .string({ unit: 'grapheme', minLength: 2, maxLength: 20 })
  .map((value) => pseudonym.safeParse(value).data)
  .filter((value) => value !== undefined)

const vouches = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: maxVouches })
  .map((list) => list.map((bytes) => new Uint8Array(bytes)))

/** Whatever the bytes are: either what would be written again, or a Fault of the codec. */
function decodesOrRefuses(bytes: Uint8Array): OfferContent | undefined {
  try {
    return decodeOffer(bytes, binding)
  } catch (error) {
    if (!isFault(error, 'malformed', 'unknown-version', 'too-large', 'bad-signature')) throw error
    return undefined
  }
}

/** Changes the map, and signs what comes out of it. */
function forged(change: Record<string, unknown>): Uint8Array {
  const map = decodeCbor(encodeOffer(sample, binding, samplePersona), z.looseObject({}), maxOfferLength)
  const { s: _, ...fields } = { ...map, ...change }
  for (const [key, value] of Object.entries(fields)) if (value === undefined) delete fields[key]
  const signed = concat(utf8('staffetta/offer/2'), binding.author, u64(binding.epoch), encodeCbor(fields))
  return encodeCbor({ ...fields, s: sign(signed, samplePersona) })
}

describe('the offer codec', () => {
  it('is its own inverse', () => {
    fc.assert(
      fc.property(
        draft,
        name,
        fc.nat(0xffff_ffff),
        fc.nat(0xffff_ffff),
        vouches,
        (words, pseudonym, expiryHours, revision, vouches) => {
          const content = { ...sample, draft: words, pseudonym, expiryHours, revision, vouches }
          const encoded = encodeOffer(content, binding, samplePersona)
          expect(encoded.length).toBeLessThanOrEqual(maxOfferLength)
          expect(decodeOffer(encoded, binding)).toEqual(content)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('refuses every changed byte', () => {
    const good = encodeOffer(sample, binding, samplePersona)
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = new Uint8Array(good)
        bytes[at] = (bytes[at] ?? 0) ^ by
        expect(decodesOrRefuses(bytes)).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })

  it('survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => void decodesOrRefuses(bytes)))
  })

  it('refuses an offer on another box, in another week, or of another persona', () => {
    const good = encodeOffer(sample, binding, samplePersona)
    for (const other of [
      { ...binding, author: random(32) },
      { ...binding, epoch: 2901 },
    ]) {
      expect(() => decodeOffer(good, other)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
    }
    expect(() => encodeOffer(sample, binding, freshSigningKey())).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })

  it('has room for every offer within the limits, in any script, with the longest of names', () => {
    const scripts = ['x', 'ß', '語', 'ع', '😀', 'é', 'ي', 'न', '\u{20000}']
    const fill = fc.constantFrom(...scripts)
    /** As long as it may be in characters, then cut where the room ends. */
    const words = (sign: string, most: number, room: number): string => {
      const count = Math.min(Math.floor(most / sign.length), Math.floor(room / Buffer.byteLength(sign)))
      return sign.repeat(Math.max(0, count))
    }
    let full = 0
    fc.assert(
      fc.property(draft, fc.array(fill, { minLength: 7, maxLength: 7 }), (base, signs) => {
        const [title = '', text = '', boundaries = '', inReturn = '', meet = '', tag = '', name = ''] = signs
        let filled = {
          ...base,
          title: 'x',
          text: 'x',
          boundaries: '',
          meet: '',
          inReturn: { ...base.inReturn, text: '' },
        }
        filled.tags = Array.from({ length: limits.tags }, (_, index) => `${words(tag, limits.tag - 1, 99)}${index}`)
        const left = (): number => limits.offerRoom - offerRoom(filled)
        filled = { ...filled, text: words(text, limits.offerText, left()) }
        filled = { ...filled, boundaries: words(boundaries, limits.boundaries, left()) }
        filled = { ...filled, meet: words(meet, limits.meet, left()) }
        filled = { ...filled, title: `x${words(title, limits.title - 1, left())}` }
        filled = { ...filled, inReturn: { ...filled.inReturn, text: words(inReturn, limits.inReturn, left()) } }
        if (left() < 4) full++
        const pseudonym = words(name, limits.pseudonym.max, 999)
        const content = { ...sample, draft: filled, pseudonym, expiryHours: 0xffff_ffff, revision: 0xffff_ffff }
        expect(decodeOffer(encodeOffer(content, binding, samplePersona), binding).draft).toEqual(filled)
      }),
    )
    // most of them have used all of it
    expect(full).toBeGreaterThan(50)
  })

  it('takes as many vouches as fit, the first ones first', () => {
    const vouches = [1, 2, 3, 4, 5].map((fill) => new Uint8Array(maxVouchLength).fill(fill))
    const taken = (text: string): number[] => {
      const content = { ...sample, draft: { ...sample.draft, text }, vouches }
      const { vouches: found } = decodeOffer(encodeFitting(content, binding, samplePersona), binding)
      return found.map(([first = 0]) => first)
    }
    expect(taken('x')).toEqual([1, 2, 3, 4])
    expect(taken('x'.repeat(limits.offerText))).toEqual([1, 2, 3])
    expect(taken('語'.repeat(600))).toEqual([])
  })

  it('says when an offer is too long for its box', () => {
    // 1,200 characters pass the form and are 3,600 bytes in this script
    const content = { ...sample, draft: { ...sample.draft, text: '語'.repeat(limits.offerText) } }
    expect(() => encodeOffer(content, binding, samplePersona)).toThrow(
      expect.objectContaining({ code: 'offer-too-long' }),
    )
  })
})

describe('an offer of somebody who writes to the rules of their own', () => {
  it('is taken where nothing is changed', () => {
    expect(decodesOrRefuses(forged({}))).toEqual(sample)
  })

  const wrong: [string, Record<string, unknown>, string][] = [
    ['another version', { v: 3 }, 'unknown-version'],
    ['the version before', { v: 1 }, 'unknown-version'],
    ['a version that is no number', { v: 'x' }, 'malformed'],
    ['no version', { v: undefined }, 'malformed'],
    ['an unknown kind', { k: 2 }, 'malformed'],
    ['no topic', { t: [] }, 'malformed'],
    ['four topics', { t: ['a', 'b', 'c', 'd'] }, 'malformed'],
    ['the same topic twice', { t: ['a', 'a'] }, 'malformed'],
    ['a topic that is no id', { t: ['A b'] }, 'malformed'],
    ['a title with a line break', { h: 'one\ntwo' }, 'malformed'],
    ['a title that turns the direction', { h: 'abc\u202edef' }, 'malformed'],
    ['an empty title', { h: '' }, 'malformed'],
    ['a title with space around', { h: ' a' }, 'malformed'],
    ['a long title', { h: 'x'.repeat(81) }, 'malformed'],
    ['an empty text', { x: '' }, 'malformed'],
    ['a long text', { x: 'x'.repeat(1201) }, 'malformed'],
    ['a text that is no text', { x: 5 }, 'malformed'],
    ['a language that is no tag', { l: ['italian'] }, 'malformed'],
    ['seven languages', { l: ['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg'] }, 'malformed'],
    ['an unknown level', { e: 4 }, 'malformed'],
    ['an unknown format', { f: [3] }, 'malformed'],
    ['the same format twice', { f: [0, 0] }, 'malformed'],
    ['a pseudonym of one letter', { n: 'x' }, 'malformed'],
    ['a pseudonym with a zero-width joiner', { n: 'Ma\u200dple' }, 'malformed'],
    ['a short persona key', { p: new Uint8Array(31) }, 'malformed'],
    ['another persona key', { p: new Uint8Array(32).fill(9) }, 'bad-signature'],
    ['a short bundle', { b: new Uint8Array(10) }, 'malformed'],
    ['a bundle of zeros', { b: new Uint8Array(1774) }, 'unknown-version'],
    ['a short introduction address', { i: new Uint8Array(95) }, 'malformed'],
    ['an expiry below zero', { z: -1 }, 'malformed'],
    ['an expiry of 33 bits', { z: 2 ** 32 }, 'malformed'],
    ['six tags', { g: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'malformed'],
    ['the same tag twice', { g: ['a', 'a'] }, 'malformed'],
    ['an empty tag', { g: [''] }, 'malformed'],
    ['a long tag', { g: ['x'.repeat(25)] }, 'malformed'],
    ['a tag that turns the direction', { g: ['a\u202eb'] }, 'malformed'],
    ['a block after the end of the week', { a: new Uint8Array([0, 0, 0, 0, 0, 4]) }, 'malformed'],
    ['a week of seven bytes', { a: new Uint8Array(7) }, 'malformed'],
    ['room for nobody', { c: 0 }, 'malformed'],
    ['room for 31', { c: 31 }, 'malformed'],
    ['an unknown duration', { d: 4 }, 'malformed'],
    ['long boundaries', { o: 'x'.repeat(401) }, 'malformed'],
    ['boundaries with space around', { o: ' x' }, 'malformed'],
    ['four topics of a swap', { r: ['a', 'b', 'c', 'd'] }, 'malformed'],
    ['the same topic of a swap twice', { r: ['a', 'a'] }, 'malformed'],
    ['a long wish in return', { q: 'x'.repeat(201) }, 'malformed'],
    ['a long hope', { m: 'x'.repeat(401) }, 'malformed'],
    ['a revision of 33 bits', { u: 2 ** 32 }, 'malformed'],
    ['five vouches', { j: [1, 2, 3, 4, 5].map(() => new Uint8Array(1)) }, 'malformed'],
    ['an empty vouch', { j: [new Uint8Array(0)] }, 'malformed'],
    ['a vouch of 201 bytes', { j: [new Uint8Array(201)] }, 'malformed'],
    ['a vouch that is text', { j: ['x'] }, 'malformed'],
    ['a field too many', { extra: 1 }, 'malformed'],
    ['a field too few', { n: undefined }, 'malformed'],
  ]
  it.each(wrong)('is refused with %s', (_, change, code) => {
    expect(() => decodeOffer(forged(change), binding)).toThrow(expect.objectContaining({ code }))
  })

  it('is refused with a bundle that another identity signed', () => {
    const bytes = new Uint8Array(sample.bundle)
    bytes.set(sample.bundle.subarray(73, 137).toReversed(), 73)
    expect(() => decodeOffer(forged({ b: bytes }), binding)).toThrow(expect.objectContaining({ code: 'bad-signature' }))
  })
})
