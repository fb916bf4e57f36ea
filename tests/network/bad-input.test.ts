import { describe, expect, it } from 'vitest'
import { concat, u32, u8, type Bytes } from '../../core/base/bytes.ts'
import { workOf } from '../../core/boxes/box.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import type { RefusalReason } from '../../core/boxes/refusal.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { random } from '../../core/crypto/random.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, freshCapability, makeBox, type FullDraft } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { oneNodeNet, wide } from '../support/one-node-net.ts'

const one = oneNodeNet({ bits: 4, limits: wide })
const { bits, clock } = one
/** What lies on the node; every wrong frame is made from its box, its proof or its tombstone. */
let lying: FullDraft

/** A stream of a member of its own, and a box that lies on the node since a moment ago. */
async function line(): Promise<BoxLine> {
  const over = await one.line()
  lying = draftFor(clock, { sequence: 5n })
  expect(await over.said({ type: 'store', box: makeBox(lying, bits) })).toBe('done')
  return over
}

function refusalsOf(reason: RefusalReason): number {
  return one.health().counts.refusals[reason] ?? -1
}

function boxes(): number {
  return one.health().boxes
}

/** With enough work again, or with too little, but not signed again. */
function mined(box: Bytes, enough = true): Bytes {
  const out = box.slice()
  const nonce = new DataView(out.buffer, 110, 8)
  for (let i = 0n; workOf(out) >= bits !== enough; i++) nonce.setBigUint64(0, i)
  return out
}

type Change = (frame: Bytes) => Bytes
const set =
  (at: number, ...values: number[]): Change =>
  (frame) => {
    const out = frame.slice()
    out.set(values, at)
    return out
  }
const flip =
  (at: number): Change =>
  (frame) =>
    frame.with(at, (frame[at] ?? 0) ^ 1)
const hours = (ahead: number): number[] => [...u32(nowHours(clock) + ahead)]

describe('a field of STORE is wrong:', () => {
  const good = (): Bytes => makeBox(draftFor(clock), bits)
  const cases: readonly (readonly [field: string, reason: RefusalReason, make: () => Bytes])[] = [
    ['nothing but the head of a frame', 'bad-length', () => new Uint8Array(0)],
    ['a byte is missing', 'bad-length', () => good().subarray(0, -1)],
    ['a byte too many', 'bad-length', () => concat(good(), u8(0))],
    ['no length of a class', 'bad-length', () => concat(good(), good())],
    ['version 0', 'unknown-version', () => set(0, 0)(good())],
    ['version 2', 'unknown-version', () => set(0, 2)(good())],
    ['version 255', 'unknown-version', () => set(0, 255)(good())],
    ['the other size class', 'bad-length', () => set(1, 1)(good())],
    ['the kind of a tombstone', 'bad-length', () => set(1, 2)(good())],
    ['size class 255', 'bad-length', () => set(1, 255)(good())],
    ['W.pub', 'bad-signature', () => mined(flip(2)(good()))],
    ['W.pub of small order', 'bad-signature', () => mined(set(2, ...new Uint8Array(32))(good()))],
    ['R.pub', 'bad-signature', () => mined(flip(34)(good()))],
    ['author.pub', 'bad-signature', () => mined(flip(66)(good()))],
    ['author.pub of small order', 'bad-signature', () => mined(set(66, 1, ...new Uint8Array(31))(good()))],
    ['sequence', 'bad-signature', () => mined(flip(105)(good()))],
    ['expiry 0', 'expired', () => set(106, 0, 0, 0, 0)(good())],
    ['expiry in this hour', 'expired', () => set(106, ...hours(0))(good())],
    ['expiry of another hour', 'bad-signature', () => mined(set(106, ...hours(360))(good()))],
    ['expiry in 361 hours', 'too-far-ahead', () => set(106, ...hours(361))(good())],
    ['expiry at the end of time', 'too-far-ahead', () => set(106, 255, 255, 255, 255)(good())],
    ['too little work', 'work-too-low', () => mined(good(), false)],
    ['other work', 'bad-signature', () => otherWork(good())],
    ['body, and no work for it', 'work-too-low', () => mined(flip(2000)(good()), false)],
    ['body', 'bad-signature', () => mined(flip(2000)(good()))],
    ["the author's signature", 'bad-signature', () => flip(4214)(good())],
    ["the author's signature with an S that is not reduced", 'bad-signature', () => unreduced(good(), 4214 + 32)],
    ["the writer's signature", 'bad-signature', () => flip(4341)(good())],
    ['an older sequence', 'stale', () => makeBox({ ...lying, sequence: 4n }, bits)],
    ['other bytes of the same sequence', 'stale', () => makeBox({ ...lying, content: random(9) }, bits)],
  ]

  it.each(cases)('%s: %s', async (_field, reason, make) => {
    const over = await line()
    const before = { refusals: refusalsOf(reason), boxes: boxes() }
    const answer = await over.ask({ type: 'store', box: make() })
    expect(answer).toEqual({ type: 'refused', reason, detail: reason === 'work-too-low' ? bits : 0 })
    expect({ refusals: refusalsOf(reason), boxes: boxes() }).toEqual({ ...before, refusals: before.refusals + 1 })
    // the stream goes on: it was understood
    expect(await over.said({ type: 'store', box: good() })).toBe('done')
  })
})

describe('a field of DELETE is wrong:', () => {
  const good = (): Bytes =>
    encodeTombstone({ place: lying.capability.place, author: lying.author, sequence: lying.sequence })
  const cases: readonly (readonly [field: string, reason: RefusalReason, make: () => Bytes])[] = [
    ['nothing but the head of a frame', 'bad-length', () => new Uint8Array(0)],
    ['a byte is missing', 'bad-length', () => good().subarray(1)],
    ['a byte too many', 'bad-length', () => concat(good(), u8(0))],
    ['a box', 'bad-length', () => makeBox(lying, bits)],
    ['version', 'unknown-version', () => set(0, 2)(good())],
    ['the kind of a box', 'bad-length', () => set(1, 0)(good())],
    ['place', 'bad-signature', () => flip(2)(good())],
    ['author.pub', 'bad-signature', () => flip(34)(good())],
    ['sequence', 'bad-signature', () => flip(73)(good())],
    ['signature', 'bad-signature', () => flip(137)(good())],
    [
      'a sequence below that of the box',
      'stale',
      () => encodeTombstone({ place: lying.capability.place, author: lying.author, sequence: 4n }),
    ],
  ]

  it.each(cases)('%s: %s', async (_field, reason, make) => {
    const over = await line()
    const before = { refusals: refusalsOf(reason), boxes: boxes() }
    expect(await over.ask({ type: 'delete', tombstone: make() })).toEqual({ type: 'refused', reason, detail: 0 })
    expect({ refusals: refusalsOf(reason), boxes: boxes() }).toEqual({ ...before, refusals: before.refusals + 1 })
    expect(await over.said({ type: 'delete', tombstone: good() })).toBe('done')
  })
})

describe('a field of FETCH is wrong:', () => {
  const empty = { type: 'digests', more: false, places: [] }
  const place = (): Bytes => lying.capability.place

  it.each([
    ['place', (over: BoxLine) => concat(flip(0)(place()), over.proof(lying.capability))],
    ['signature', (over: BoxLine) => concat(place(), flip(63)(over.proof(lying.capability)))],
    ['signature of the place beside it', (over: BoxLine) => concat(place(), over.proof(freshCapability()))],
    ['signature for another stream', (over: BoxLine) => concat(place(), over.proof(lying.capability, random(16)))],
    ['signature of zeros', () => concat(place(), new Uint8Array(64))],
  ] as const)('%s: nothing is there', async (_field, entry) => {
    const over = await line()
    expect(await over.askRaw(concat(u8(1), u8(0x11), u8(1), entry(over)))).toEqual(empty)
    const good = await over.askRaw(concat(u8(1), u8(0x11), u8(1), place(), over.proof(lying.capability)))
    expect(good).toMatchObject({ places: [{ index: 0, listed: [{ sequence: 5n }] }] })
  })

  const entries = (count: number): Bytes => random(96 * count)
  wrongForms(0x11, [
    ['no count', new Uint8Array(0)],
    ['count 0', u8(0)],
    ['count 65', concat(u8(65), entries(65))],
    ['count 255', concat(u8(255), entries(100))],
    ['count one above what follows', concat(u8(2), entries(1))],
    ['count one below what follows', concat(u8(1), entries(2))],
    ['the last signature cut short', concat(u8(2), entries(2).subarray(1))],
    ['a byte too many', concat(u8(2), entries(2), u8(0))],
  ])
})

describe('a field of GET is wrong:', () => {
  const digest = (): Bytes => authorDigest(lying.author.publicKey)
  const place = (): Bytes => lying.capability.place

  it.each([
    ['place', () => concat(flip(0)(place()), digest())],
    ['digest', () => concat(place(), flip(7)(digest()))],
  ] as const)('%s: no record', async (_field, entry) => {
    const over = await line()
    await over.askRaw(concat(u8(1), u8(0x11), u8(1), place(), over.proof(lying.capability)))
    expect(await over.askRaw(concat(u8(1), u8(0x12), u8(1), entry()))).toEqual({ type: 'record', record: undefined })
    const good = await over.askRaw(concat(u8(1), u8(0x12), u8(1), place(), digest()))
    expect(good.type === 'record' && good.record?.length).toBe(4342)
  })

  const entries = (count: number): Bytes => random(40 * count)
  wrongForms(0x12, [
    ['no count', new Uint8Array(0)],
    ['count 0', u8(0)],
    ['count 33', concat(u8(33), entries(33))],
    ['count one above what follows', concat(u8(2), entries(1))],
    ['count one below what follows', concat(u8(1), entries(2))],
    ['the last digest cut short', concat(u8(2), entries(2).subarray(1))],
    ['a byte too many', concat(u8(2), entries(2), u8(0))],
  ])
})

describe('the head of a frame is wrong:', () => {
  it.each([
    ['version 0', 'unknown-version', concat(u8(0), u8(0x12), u8(1), random(40))],
    ['version 2', 'unknown-version', concat(u8(2), u8(0x12), u8(1), random(40))],
    ['version 255, and nothing else', 'unknown-version', u8(255)],
    ['no type', 'malformed', u8(1)],
    ...[0x00, 0x01, 0x0f, 0x14, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x90, 0xff].map(
      (type) => [`type ${type}`, 'malformed', concat(u8(1), u8(type), random(40))] as const,
    ),
  ] as const)('%s: %s, and the stream ends', async (_field, reason, frame) => {
    await ends(frame, reason)
  })
})

/** The form of a list is off: what is asked cannot be understood at all. */
function wrongForms(type: number, forms: readonly (readonly [field: string, fields: Bytes])[]): void {
  it.each(forms)('%s: malformed, and the stream ends', async (_field, fields) => {
    await ends(concat(u8(1), u8(type), fields), 'malformed')
  })
}

async function ends(frame: Bytes, reason: 'malformed' | 'unknown-version'): Promise<void> {
  const over = await line()
  const before = refusalsOf(reason)
  expect(await over.askRaw(frame)).toEqual({ type: 'refused', reason, detail: 0 })
  await eventually(() => over.stream.status !== 'open', { what: 'the end of the stream' })
  expect(refusalsOf(reason)).toBe(before + 1)
  // another one is served
  const next = await BoxLine.open(one.member)
  expect(await next.said({ type: 'store', box: makeBox(draftFor(clock), bits) })).toBe('done')
}

function otherWork(box: Bytes): Bytes {
  const out = box.slice()
  const nonce = new DataView(out.buffer, 110, 8)
  do nonce.setBigUint64(0, nonce.getBigUint64(0) + 1n)
  while (workOf(out) < bits)
  return out
}

/** S + L in place of S: the same point, and a second signature out of nothing where a verifier is careless. */
function unreduced(box: Bytes, at: number): Bytes {
  const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n
  const out = box.slice()
  const scalar = out.subarray(at, at + 32)
  const sum = scalar.toReversed().reduce((value, byte) => value * 256n + BigInt(byte), 0n) + order
  for (let i = 0; i < 32; i++) scalar[i] = Number((sum >> BigInt(8 * i)) & 0xffn)
  return out
}
