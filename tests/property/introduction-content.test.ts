import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { limits, pseudonym } from '../../core/api/views.ts'
import { decodeCbor, encodeCbor } from '../../core/base/cbor.ts'
import { pad, unpad } from '../../core/crypto/pad.ts'
import { isFault } from '../../core/base/fault.ts'
import { wordsOfCard } from '../support/cards.ts'
import {
  decodeAnswer,
  decodeGreeting,
  decodeLetter,
  encodeAnswer,
  encodeGreeting,
  encodeLetter,
  greetingLengths,
} from '../../core/introductions/content.ts'

const exact = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const letter = fc.record({
  work: fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }),
  mark: exact(32),
  identityKey: exact(33),
  first: fc.uint8Array({ minLength: 1, maxLength: 7168 }),
})
const name = fc
  .string({ unit: 'grapheme', minLength: 2, maxLength: 20 })
  .map((value) => pseudonym.safeParse(value).data)
  .filter((value) => value !== undefined)
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 400 })
  .map((value) => value.trim().slice(0, limits.introductionText).toWellFormed().trim())
  .filter((value) => value.length > 0)
const greeting = fc
  .record({ pseudonym: name, text, to: exact(32), rootA: exact(32), card: wordsOfCard })
  .map(({ card, ...rest }) => (Object.keys(card).length === 0 ? rest : { ...rest, card }))
const answer = fc.record({ pseudonym: name, rootB: exact(32) })

const codecs = {
  letter: { value: letter, encode: encodeLetter, decode: decodeLetter },
  greeting: { value: greeting, encode: encodeGreeting, decode: decodeGreeting },
  answer: { value: answer, encode: encodeAnswer, decode: decodeAnswer },
} as const

/** The decoder takes it and writes the same again, or says no with a Fault of its own. */
function tries(decode: (bytes: Uint8Array) => unknown, encode: (value: never) => Uint8Array, bytes: Uint8Array): void {
  try {
    expect(encode(decode(bytes) as never)).toEqual(bytes)
  } catch (error) {
    if (!isFault(error, 'malformed', 'unknown-version', 'too-large')) throw error
  }
}

describe.each(Object.entries(codecs))('the codec of the %s', (_, { value, encode, decode }) => {
  it('is its own inverse', () => {
    fc.assert(
      fc.property(value as fc.Arbitrary<never>, (one) => {
        expect(decode(encode(one))).toEqual(one)
      }),
    )
  })

  it('survives any bytes, and any change', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 8000 }), (bytes) => tries(decode, encode, bytes)))
    fc.assert(
      fc.property(value as fc.Arbitrary<never>, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, at, by) => {
        const bytes = new Uint8Array(encode(one))
        const where = at % bytes.length
        bytes[where] = (bytes[where] ?? 0) ^ by
        tries(decode, encode, bytes)
        tries(decode, encode, new Uint8Array([...encode(one), by]))
      }),
    )
  })
})

describe('a letter, greeting or answer of somebody who writes to the rules of their own', () => {
  const bytes32 = new Uint8Array(32)
  const good = {
    letter: encodeLetter({ work: 1n, mark: bytes32, identityKey: new Uint8Array(33), first: new Uint8Array(9) }),
    greeting: encodeGreeting({ pseudonym: 'Maple', text: 'Hello', to: bytes32, rootA: bytes32 }),
    answer: encodeAnswer({ pseudonym: 'Maple', rootB: bytes32 }),
  }
  const wrong: [keyof typeof good, Record<string, unknown>, string][] = [
    ['letter', { v: 2 }, 'unknown-version'],
    ['letter', { v: 'one' }, 'malformed'],
    ['letter', { w: new Uint8Array(7) }, 'malformed'],
    ['letter', { w: 5 }, 'malformed'],
    ['letter', { t: new Uint8Array(31) }, 'malformed'],
    ['letter', { t: new Uint8Array(0) }, 'malformed'],
    ['letter', { i: new Uint8Array(32) }, 'malformed'],
    ['letter', { f: new Uint8Array(0) }, 'malformed'],
    ['letter', { f: new Uint8Array(7169) }, 'malformed'],
    ['letter', { f: new Uint8Array(8000) }, 'too-large'],
    ['letter', { extra: 0 }, 'malformed'],
    ['greeting', { v: 0 }, 'unknown-version'],
    ['greeting', { n: 'x' }, 'malformed'],
    ['greeting', { n: 'a\u202eb' }, 'malformed'],
    ['greeting', { n: ' Maple' }, 'malformed'],
    ['greeting', { x: '' }, 'malformed'],
    ['greeting', { x: ' Hello' }, 'malformed'],
    ['greeting', { x: 'x'.repeat(1001) }, 'malformed'],
    ['greeting', { x: 'x'.repeat(9000) }, 'malformed'],
    ['greeting', { r: new Uint8Array(31) }, 'malformed'],
    ['greeting', { p: new Uint8Array(31) }, 'malformed'],
    ['greeting', { extra: 0 }, 'malformed'],
    ['answer', { v: 3 }, 'unknown-version'],
    ['answer', { n: 7 }, 'malformed'],
    ['answer', { r: new Uint8Array(33) }, 'malformed'],
    ['answer', { extra: 0 }, 'malformed'],
  ]
  it.each(wrong)('is refused: %s with %o', (which, change, code) => {
    const isPadded = which === 'greeting'
    const map = decodeCbor(isPadded ? unpad(good[which]) : good[which], z.looseObject({}), 10_000)
    const encoded = encodeCbor({ ...map, ...change })
    const length = greetingLengths.find((length) => encoded.length < length) ?? 12_000
    const forged = isPadded ? pad(encoded, length) : encoded
    expect(() => codecs[which].decode(forged)).toThrow(expect.objectContaining({ code }))
  })

  it('is not written either', () => {
    for (const change of [
      { text: ' x' },
      { text: 'x'.repeat(1001) },
      { pseudonym: 'x' },
      { rootA: new Uint8Array(3) },
    ]) {
      expect(() =>
        encodeGreeting({ pseudonym: 'Maple', text: 'Hello', to: bytes32, rootA: bytes32, ...change }),
      ).toThrow(expect.objectContaining({ code: 'bad-input' }))
    }
    expect(() => encodeGreeting({ pseudonym: 'Maple', text: '\ud800', to: bytes32, rootA: bytes32 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })
})
