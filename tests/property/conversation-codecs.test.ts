import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equal, type Bytes } from '../../core/base/bytes.ts'
import { encodeCbor } from '../../core/base/cbor.ts'
import { isFault } from '../../core/base/fault.ts'
import { decodeFrame, encodeFrame, frameLengths, type Frame } from '../../core/conversations/channel/frames.ts'
import { decodeItem, encodeItem } from '../../core/conversations/item.ts'
import { decodeMessage, encodeMessage, plaintextLengths } from '../../core/conversations/plaintext.ts'
import { decodePresence, encodePresence, type Presence } from '../../core/conversations/presence-content.ts'
import { pad } from '../../core/crypto/pad.ts'
import { bundleLength } from '../../core/ratchet/bundle.ts'
import {
  decodeResetRecord,
  encodeResetRecord,
  maxResetRecord,
  type ResetRecord,
} from '../../core/ratchet/reset-record.ts'

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }) as fc.Arbitrary<Bytes>
const ciphertext = fc.uint8Array({ minLength: 1, maxLength: 5000 })
const counter = fc.integer({ min: 0, max: 0xffff_ffff })
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }).filter((text) => text.length > 0)
const message = fc.record({
  kind: fc.constant('text' as const),
  text,
  at: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  ack: counter,
})
const presence = fc.record({
  at: fc.maxSafeNat(),
  addresses: fc.array(fc.string({ minLength: 1, maxLength: 384 }), { maxLength: 8 }),
  ack: counter,
  direct: fc.boolean(),
})
const withKeys = fc.record({
  at: fc.maxSafeNat(),
  addresses: fc.array(fc.string({ minLength: 1, maxLength: 180 }), { maxLength: 8 }),
  ack: counter,
  direct: fc.boolean(),
  keys: fc.integer({ min: 1, max: 0xffff_ffff }),
  reset: fc.uint8Array({ minLength: 1, maxLength: maxResetRecord }),
})
const attempt = fc.integer({ min: 1, max: 0xffff_ffff })
const resetRecord: fc.Arbitrary<ResetRecord> = fc.oneof(
  fc.record({ step: fc.constant('ask' as const), attempt, bundle: bytesOf(bundleLength) }),
  fc.record({
    step: fc.constant('answer' as const),
    attempt,
    identityKey: bytesOf(33),
    first: fc.uint8Array({ minLength: 1, maxLength: 2048 }),
  }),
  fc.record({
    step: fc.constant('confirm' as const),
    attempt,
    ciphertext: fc.uint8Array({ minLength: 1, maxLength: 512 }),
  }),
)
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({ kind: fc.constant('hello' as const), nonce: bytesOf(32), tag: bytesOf(32) }),
  fc.record({ kind: fc.constant('answer' as const), nonce: bytesOf(32), proof: bytesOf(32) }),
  fc.record({ kind: fc.constant('confirm' as const), proof: bytesOf(32) }),
  fc.record({
    kind: fc.constant('item' as const),
    index: counter,
    ciphertext,
  }),
  fc.record({ kind: fc.constant('ack' as const), count: counter }),
  fc.record({ kind: fc.constant('consent' as const), direct: fc.boolean() }),
  fc.record({ kind: fc.constant('keys' as const), generation: counter }),
  fc.record({ kind: fc.constant('reset' as const), record: bytesOf(700) }),
)

/** Decodes, or is told in our own words why not; never anything else. */
function decoded<Value>(decode: (bytes: Uint8Array) => Value, bytes: Uint8Array): Value | undefined {
  try {
    return decode(bytes)
  } catch (error) {
    if (isFault(error, 'malformed', 'unknown-version', 'too-large')) return undefined
    throw error
  }
}

interface Codec<Value> {
  readonly value: fc.Arbitrary<Value>
  readonly encode: (value: Value) => Bytes
  readonly decode: (bytes: Uint8Array) => Value
}

describe('messages', () => codecLaws({ value: message, encode: encodeMessage, decode: decodeMessage }))
describe('presence', () => codecLaws<Presence>({ value: presence, encode: encodePresence, decode: decodePresence }))
describe('presence with keys', () =>
  codecLaws<Presence>({ value: withKeys, encode: encodePresence, decode: decodePresence }))
describe('reset records', () =>
  codecLaws<ResetRecord>({ value: resetRecord, encode: encodeResetRecord, decode: decodeResetRecord }))
describe('mailbox items', () => codecLaws({ value: ciphertext, encode: encodeItem, decode: decodeItem }))
describe('frames', () => codecLaws({ value: frame, encode: encodeFrame, decode: decodeFrame }))

function codecLaws<Value>({ value, encode, decode }: Codec<Value>): void {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(decode(encode(value))).toEqual(value)
      }),
    )
  })

  it('takes no other bytes for the same value', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, position, flip) => {
        const bytes = encode(value)
        const at = position % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ flip
        const changed = decoded(decode, bytes)
        if (changed !== undefined) expect(equal(encode(changed), bytes)).toBe(true)
      }),
    )
  })

  it('refuses what is cut short or has something behind it', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), (value, cut, tail) => {
        const bytes = encode(value)
        for (const wrong of [bytes.subarray(0, cut % bytes.length), Uint8Array.from([...bytes, ...tail])]) {
          const other = decoded(decode, wrong)
          if (other !== undefined) expect(equal(encode(other), wrong)).toBe(true)
        }
      }),
    )
  })

  it('survives anything', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 600 }),
        fc.constantFrom(undefined, ...plaintextLengths, ...frameLengths),
        (bytes, length) => {
          const input = new Uint8Array(length ?? bytes.length)
          input.set(bytes.subarray(0, input.length))
          const value = decoded(decode, input)
          if (value !== undefined) expect(equal(encode(value), input)).toBe(true)
        },
      ),
    )
  })
}

it('a key that JavaScript objects swallow is refused like any other that does not belong there', () => {
  const fields = { v: 1, at: 5, ack: 0 }
  const swallowed = (rest: object): Bytes => {
    // eslint-disable-next-line no-useless-computed-key -- a plain __proto__ would set the prototype instead
    return encodeCbor({ ...fields, ...rest, ['__proto__']: 0 })
  }
  const presence = swallowed({ addresses: [], direct: true })
  expect(() => decodePresence(presence)).toThrow(expect.objectContaining({ code: 'malformed' }))
  const message = pad(swallowed({ kind: 'text', text: 'hello' }), plaintextLengths[0])
  expect(() => decodeMessage(message)).toThrow(expect.objectContaining({ code: 'malformed' }))
})

describe('sizes', () => {
  it('every text up to the limit fits, in any script, and few sizes are seen', () => {
    const units = ['a', 'è', 'ع', '字', '😀']
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.integer({ min: 1, max: 3000 }), (unit, length) => {
        const text = unit.repeat(Math.max(1, Math.floor(length / unit.length)))
        const padded = encodeMessage({ kind: 'text', text, at: Number.MAX_SAFE_INTEGER, ack: 0xffff_ffff })
        expect(plaintextLengths).toContain(padded.length)
        expect(decodeMessage(padded)).toMatchObject({ text })
        // what libsignal adds at most, and some
        const frame = encodeFrame({ kind: 'item', index: 0xffff_ffff, ciphertext: new Uint8Array(padded.length + 110) })
        expect(frameLengths.indexOf(frame.length)).toBe(plaintextLengths.indexOf(padded.length as 175))
      }),
    )
  })
})
