import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, u8, concat, type Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { boxLength, decodeBox, isSigned, maxContent, openBody } from '../../core/boxes/box.ts'
import {
  decodeAnswer,
  decodeRequest,
  encodeAnswer,
  encodeRequest,
  type Answer,
  type Request,
} from '../../core/boxes/messages.ts'
import { inParts } from '../../core/boxes/parts.ts'
import { refusals, type RefusalReason } from '../../core/boxes/refusal.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { decodeTombstone, encodeTombstone, isBuried } from '../../core/boxes/tombstone.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { draftFor, judge, makeBox } from '../support/boxes.ts'
import { ManualClock } from '../support/manual-clock.ts'

const clock = new ManualClock()
const bytes = (length: number): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array))
const u64s = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })

describe('a box', () => {
  it('holds what was put in, in the smallest class that fits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: maxContent(1) }),
        u64s,
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (array, sequence, expiryHours) => {
          const content = new Uint8Array(array)
          const draft = draftFor(clock, { content, sequence, expiryHours })
          const made = makeBox(draft)
          const box = decodeBox(made)
          expect(made.length).toBe(boxLength(content.length <= maxContent(0) ? 0 : 1))
          expect(isSigned(made, box)).toBe(true)
          expect(box).toMatchObject({ sequence, expiryHours })
          expect(hex(openBody(box, draft.capability.bodyKey) ?? u8(0))).toBe(hex(content))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is refused with any byte changed, and with one more or less', () => {
    const store = BoxStore.open(':memory:', 1e9)
    const made = makeBox(draftFor(clock), 8)
    const node = { store, clock, bits: 8 }
    const seen = new Set<string>()
    for (let offset = 0; offset < made.length; offset++) {
      const changed = made.slice()
      // another bit at each offset, so that all eight are tried everywhere that matters
      changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8))
      const verdict = judge(changed, node)
      expect(verdict, `byte ${offset}`).not.toBe('done')
      seen.add(verdict)
      if (offset >= made.length - 128) expect(verdict).toBe('bad-signature')
      else if (offset >= 118) expect(['work-too-low', 'bad-signature']).toContain(verdict)
    }
    expect([...seen].toSorted()).toEqual([
      'bad-length',
      'bad-signature',
      'expired',
      'too-far-ahead',
      'unknown-version',
      'work-too-low',
    ])
    expect(judge(made.slice(0, -1), node)).toBe('bad-length')
    expect(judge(concat(made, u8(0)), node)).toBe('bad-length')
    expect(judge(new Uint8Array(0), node)).toBe('bad-length')
    expect(store.count).toBe(0)
    expect(judge(made, node)).toBe('done')
    store.close()
  })

  it('of random bytes is refused, or a fault', () => {
    const store = BoxStore.open(':memory:', 1e9)
    fc.assert(
      fc.property(
        fc.constantFrom(boxLength(0), boxLength(1)).chain((length) => bytes(length)),
        (noise) => {
          expect(judge(noise, { store, clock })).not.toBe('done')
        },
      ),
      { numRuns: 30 },
    )
    store.close()
  })
})

describe('a tombstone', () => {
  it('is read again, and refused with any byte changed', () => {
    const author = freshSigningKey()
    fc.assert(
      fc.property(bytes(32), u64s, (place, sequence) => {
        const made = encodeTombstone({ place, author, sequence })
        expect(decodeTombstone(made)).toMatchObject({ place, author: author.publicKey, sequence })
        expect(isBuried(made, decodeTombstone(made))).toBe(true)
      }),
    )
    const made = encodeTombstone({ place: new Uint8Array(32), author, sequence: 1n })
    for (let offset = 0; offset < made.length; offset++) {
      const changed = made.slice()
      changed[offset] = (changed[offset] ?? 0) ^ (1 << (offset % 8))
      expect(isRefused(() => isBuried(changed, decodeTombstone(changed)))).toBe(true)
    }
  })
})

const listed = fc.record({
  digest: bytes(8),
  sequence: u64s,
  kind: fc.constantFrom<'box' | 'tombstone'>('box', 'tombstone'),
})
const placesListed = fc
  .uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 8 })
  .chain((indexes) =>
    fc.tuple(
      ...indexes
        .toSorted((a, b) => a - b)
        .map((index) =>
          fc.record({ index: fc.constant(index), listed: fc.array(listed, { minLength: 1, maxLength: 5 }) }),
        ),
    ),
  )
const answers: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({
    type: fc.constant('lacks' as const),
    lacks: fc.array(fc.boolean(), { minLength: 1, maxLength: 64 }),
  }),
  fc.record({ type: fc.constant('hello' as const), nonce: bytes(16), workBits: fc.integer({ min: 0, max: 255 }) }),
  fc.constant({ type: 'done' as const }),
  fc.record({
    type: fc.constant('refused' as const),
    reason: fc.constantFrom(...(Object.keys(refusals) as RefusalReason[])),
    detail: fc.integer({ min: 0, max: 255 }),
  }),
  placesListed.map((places) => ({ type: 'digests' as const, more: places.length > 4, places })),
  fc.record({
    type: fc.constant('record' as const),
    record: fc.option(
      fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array)),
      { nil: undefined },
    ),
  }),
)
const requests: fc.Arbitrary<Request> = fc.oneof(
  fc.record({
    type: fc.constant('read' as const),
    along: fc.integer({ min: 1, max: 8 }),
    places: fc.array(fc.record({ place: bytes(32), signature: bytes(64) }), { minLength: 1, maxLength: 64 }),
  }),
  fc.record({
    type: fc.constant('have' as const),
    held: fc.array(fc.record({ place: bytes(32), digest: bytes(8), sequence: u64s }), { minLength: 1, maxLength: 64 }),
  }),
  fc.record({ type: fc.constant('store' as const), box: bytes(50) }),
  fc.record({ type: fc.constant('delete' as const), tombstone: bytes(50) }),
  fc.record({
    type: fc.constant('fetch' as const),
    places: fc.array(fc.record({ place: bytes(32), signature: bytes(64) }), { minLength: 1, maxLength: 64 }),
  }),
  fc.record({
    type: fc.constant('get' as const),
    names: fc.array(fc.record({ place: bytes(32), digest: bytes(8) }), { minLength: 1, maxLength: 32 }),
  }),
)

describe('the frames of the box protocol', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(requests, answers, (request, answer) => {
        expect(decodeRequest(encodeRequest(request))).toEqual(request)
        expect(decodeAnswer(encodeAnswer(answer))).toEqual(answer)
      }),
    )
  })

  it('have one form only: what is read is written the same way again', () => {
    const frames = fc.oneof(
      requests.map(encodeRequest),
      answers.map(encodeAnswer),
      fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array)),
      fc
        .uint8Array({ maxLength: 300 })
        .chain((array) =>
          fc
            .constantFrom(0x01, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x23)
            .map((type) => concat(u8(1), u8(type), array)),
        ),
    )
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(255), (frame, at, xor) => {
        const changed = frame.slice()
        if (changed.length > 0) changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ xor
        expect(isRefused(() => hex(encodeRequest(decodeRequest(changed))) === hex(changed), true)).toBe(false)
        expect(isRefused(() => hex(encodeAnswer(decodeAnswer(changed))) === hex(changed), true)).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('of an answer to FETCH are split so that each fits, and none is lost', () => {
    const entry = { digest: new Uint8Array(8), sequence: 1n, kind: 'box' as const }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 64 }), (lengths) => {
        const places = lengths.map((length, index) => ({ index, listed: Array.from({ length }, () => entry) }))
        const parts = inParts(places)
        for (const [index, part] of parts.entries()) {
          expect(encodeAnswer(part).length + 4).toBeLessThanOrEqual(64 * 1024)
          expect(part.more).toBe(index < parts.length - 1)
          if (part.more) expect(part.places.length).toBeGreaterThan(0)
        }
        expect(parts.flatMap((part) => part.places)).toEqual(places)
      }),
      { numRuns: 50 },
    )
  })
})

/** Whether `check` says no, or throws a Fault (`faultIsFine` then says no refusal). Anything else is rethrown. */
function isRefused(check: () => boolean, faultIsFine = false): boolean {
  try {
    return !check()
  } catch (error) {
    if (isFault(error)) return !faultIsFine
    throw error
  }
}
