import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copy, type Bytes } from '../../core/base/bytes.ts'
import { decodeBox, workOf } from '../../core/boxes/box.ts'
import type { BoxDraft } from '../../core/boxes/client.ts'
import { hourMs, nowHours } from '../../core/boxes/hours.ts'
import { Rate } from '../../core/boxes/rate.ts'
import { authorDigest, BoxStore } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { draftFor, freshCapability, judge, judgeTombstone, makeBox } from '../support/boxes.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

let files: Scratch
let store: BoxStore
let clock: ManualClock
const path = (): string => join(files.directory, 'boxes.db')

beforeEach(() => {
  files = scratch()
  clock = new ManualClock()
  store = BoxStore.open(path(), 1e9)
})
afterEach(() => {
  store.close()
  files.remove()
})

/** What the node says to a box of this draft. */
function put(draft: BoxDraft, bits = 0): string {
  return judge(makeBox(draft, bits), { store, clock })
}

function held({ capability, author }: BoxDraft): Bytes | undefined {
  return store.record(capability.place, authorDigest(author.publicKey), nowHours(clock))
}

describe('a box that is stored', () => {
  it('is there after a restart, byte for byte', () => {
    const draft = draftFor(clock)
    const box = makeBox(draft)
    expect(judge(box, { store, clock })).toBe('done')
    const { count, bytes } = store
    store.close()
    store = BoxStore.open(path(), 1e9)
    expect(copy(held(draft) ?? new Uint8Array(0))).toEqual(box)
    expect(store).toMatchObject({ count, bytes })
  })

  it('is replaced by a higher sequence of its author only', () => {
    const draft = draftFor(clock, { sequence: 5n })
    const box = makeBox(draft)
    expect(judge(box, { store, clock })).toBe('done')
    expect(judge(box, { store, clock })).toBe('done')
    expect(put({ ...draft, sequence: 4n })).toBe('stale')
    expect(put({ ...draft, content: new Uint8Array(3) })).toBe('stale')
    expect(put({ ...draft, sequence: 6n })).toBe('done')
    expect(put({ ...draft, sequence: 2n ** 63n })).toBe('done')
    expect(put({ ...draft, sequence: 7n })).toBe('stale')
    expect(store.count).toBe(1)
    expect(put({ ...draft, author: freshSigningKey() })).toBe('done')
    expect(store.list(draft.capability.place, nowHours(clock)).map(({ sequence }) => sequence)).toEqual(
      [2n ** 63n, 1n].with(1, 5n),
    )
  })

  it('expires with the beginning of its hour, and is swept', () => {
    const draft = draftFor(clock, { expiryHours: nowHours(clock) + 2 })
    expect(put(draft)).toBe('done')
    clock.advance(2 * hourMs - (clock.now() % hourMs) - 1)
    expect(held(draft)).toBeDefined()
    expect(store.sweep(nowHours(clock))).toBe(0)
    clock.advance(1)
    expect(held(draft)).toBeUndefined()
    expect(store.readPublic(draft.capability.place, nowHours(clock))).toBeUndefined()
    expect(store.sweep(nowHours(clock))).toBe(1)
    expect(store).toMatchObject({ count: 0, bytes: 0 })
  })

  it('may live for fifteen days and no longer', () => {
    const hours = nowHours(clock)
    expect(put(draftFor(clock, { expiryHours: hours }))).toBe('expired')
    expect(put(draftFor(clock, { expiryHours: hours + 1 }))).toBe('done')
    expect(put(draftFor(clock, { expiryHours: hours + 360 }))).toBe('done')
    expect(put(draftFor(clock, { expiryHours: hours + 361 }))).toBe('too-far-ahead')
  })
})

describe('a tombstone', () => {
  const bury = (draft: BoxDraft, sequence = draft.sequence): string =>
    judgeTombstone(encodeTombstone({ place: draft.capability.place, author: draft.author, sequence }), store)

  it('deletes, keeps the box from coming back, and yields to a higher sequence', () => {
    const draft = draftFor(clock, { sequence: 3n })
    expect(put(draft)).toBe('done')
    expect(bury(draft)).toBe('done')
    expect(bury(draft)).toBe('done')
    expect(store.list(draft.capability.place, nowHours(clock))).toMatchObject([{ kind: 'tombstone', sequence: 3n }])
    expect(put(draft)).toBe('stale')
    expect(put({ ...draft, sequence: 4n })).toBe('done')
    expect(bury(draft)).toBe('stale')
    expect(store.list(draft.capability.place, nowHours(clock))).toMatchObject([{ kind: 'box', sequence: 4n }])
    expect(bury(draft, 9n)).toBe('done')
    expect(put({ ...draft, sequence: 9n })).toBe('stale')
  })

  it('of somebody else, or for a box that is not there, changes nothing', () => {
    const draft = draftFor(clock)
    expect(put(draft)).toBe('done')
    const foreign = encodeTombstone({ place: draft.capability.place, author: freshSigningKey(), sequence: 1n })
    expect(judgeTombstone(foreign, store)).toBe('done')
    const forged = foreign.slice()
    forged.set(draft.author.publicKey, 34)
    expect(judgeTombstone(forged, store)).toBe('bad-signature')
    expect(judgeTombstone(forged.slice(1), store)).toBe('bad-length')
    expect(judgeTombstone(Uint8Array.of(9, ...forged.slice(1)), store)).toBe('unknown-version')
    expect(bury(draftFor(clock))).toBe('done')
    expect(held(draft)).toBeDefined()
    expect(store.count).toBe(1)
  })

  it('goes when the box would have expired', () => {
    const draft = draftFor(clock)
    put(draft)
    bury(draft)
    clock.advance(25 * hourMs)
    expect(store.sweep(nowHours(clock))).toBe(1)
  })
})

describe('room', () => {
  it('for 64 that came first, and 64 with the most work', () => {
    const capability = freshCapability()
    const first = Array.from({ length: 64 }, () => draftFor(clock, { capability }))
    for (const draft of first) expect(put(draft)).toBe('done')
    for (let i = 0; i < 64; i++) expect(put(draftFor(clock, { capability }), 4)).toBe('done')
    const poor = draftFor(clock, { capability })
    let box = makeBox(poor)
    while (workOf(box) > 4) box = makeBox({ ...poor, content: new Uint8Array(9) })
    expect(judge(box, { store, clock })).toBe('quota')
    const rich = draftFor(clock, { capability })
    expect(put(rich, 12)).toBe('done')
    expect(store.count).toBe(128)
    expect(held(rich)).toBeDefined()
    for (const draft of first) expect(held(draft)).toBeDefined()
    // who is there may renew, whatever the work
    expect(put({ ...(first[3] ?? rich), sequence: 2n })).toBe('done')
    expect(store.count).toBe(128)
  })

  it('ends with the quota of the node, which asks for more work before', () => {
    store.close()
    store = BoxStore.open(path(), 20_000)
    const bits: number[] = []
    const drafts = Array.from({ length: 5 }, () => draftFor(clock))
    const said = drafts.map((draft) => {
      bits.push(store.extraBits)
      return put(draft)
    })
    expect(said).toEqual(['done', 'done', 'done', 'done', 'quota'])
    expect(bits).toEqual([0, 0, 0, 1, 3])
    expect(store.bytes).toBeLessThanOrEqual(20_000)
    // a box that is renewed needs no more room
    expect(put({ ...(drafts[0] ?? draftFor(clock)), sequence: 2n })).toBe('done')
  })

  it('is not given to whom it is not near, or too fast, or without the work that is asked', () => {
    const box = makeBox(draftFor(clock))
    expect(judge(box, { store, clock, responsible: false })).toBe('not-responsible')
    expect(judge(box, { store, clock, bits: 40 })).toBe('work-too-low')
    const rate = new Rate(clock, { burst: 2, perSecond: 1 })
    const said = (): string => judge(makeBox(draftFor(clock)), { store, clock, rate })
    expect([said(), said(), said()]).toEqual(['done', 'done', 'busy'])
    clock.advance(1000)
    expect([said(), said()]).toEqual(['done', 'busy'])
  })

  it('is not given to a box whose writer does not hold the place', () => {
    const draft = draftFor(clock)
    const box = makeBox({ ...draft, capability: { ...draft.capability, write: freshSigningKey() } })
    // another writer is another place: it lies there, and not where readers look
    expect(decodeBox(box).place).not.toEqual(draft.capability.place)
  })
})
