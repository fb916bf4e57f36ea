import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BoxClient, OpenedBox } from '../../core/boxes/client.ts'
import { Ledger } from '../faults/boxes/ledger.ts'
import { draftOf, nextOf } from '../faults/boxes/drafts.ts'
import { Dice } from '../harness/dice.ts'
import { LossyNodes } from '../support/lossy-nodes.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** What the suites of faults judge by: it must see what is broken, and forgive what nobody promised. */
const clock = new ManualClock()
const dice = new Dice(1)
let nodes: LossyNodes
let ledger: Ledger

beforeEach(() => {
  nodes = new LossyNodes(clock)
  ledger = new Ledger()
})
afterEach(() => nodes.close())

/** The same nodes, whose answers to FETCH are changed. */
function showing(change: (found: OpenedBox[]) => OpenedBox[]): BoxClient {
  return {
    prepare: (draft) => nodes.prepare(draft),
    store: (box) => nodes.store(box),
    fetch: async (places) => change(await nodes.fetch(places)),
    occupancy: (places) => nodes.occupancy(places),
    delete: (box) => nodes.delete(box),
  }
}

const none = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }

describe('the ledger of promises', () => {
  it('finds what was acknowledged, as it was last', async () => {
    const draft = draftOf(dice, clock)
    expect(await ledger.store(nodes, draft)).toBe('acknowledged')
    expect(await ledger.store(nodes, nextOf(dice, draft))).toBe('acknowledged')
    expect(await ledger.check(nodes, clock)).toEqual({ ...none, promised: 1, found: 1 })
    expect(ledger.kept.map(({ draft }) => draft.sequence)).toEqual([2n])
  })

  it('sees what is lost, there twice, old, or something else', async () => {
    await ledger.store(nodes, draftOf(dice, clock, { sequence: 2n }))
    const seen = (change: (found: OpenedBox[]) => OpenedBox[]) => ledger.check(showing(change), clock)
    const one = { ...none, promised: 1 }
    expect(await seen(() => [])).toEqual({ ...one, lost: 1 })
    expect(await seen((found) => [...found, ...found])).toEqual({ ...one, duplicated: 1 })
    expect(await seen((found) => found.map((box) => ({ ...box, sequence: 1n })))).toEqual({ ...one, reordered: 1 })
    expect(await seen((found) => found.map((box) => ({ ...box, content: dice.bytes(20) })))).toEqual({
      ...one,
      lost: 1,
    })
    nodes.forget(0)
    expect(await ledger.check(nodes, clock)).toEqual({ ...one, lost: 1 })
  })

  it('takes what was not acknowledged either way', async () => {
    const draft = draftOf(dice, clock)
    nodes.failures.push('lost')
    expect(await ledger.store(nodes, draft)).toBe('unreachable')
    expect(await ledger.check(nodes, clock)).toEqual(none)
    await ledger.store(nodes, draft)
    nodes.failures.push('unheard')
    const next = nextOf(dice, draft)
    expect(await ledger.store(nodes, next)).toBe('unreachable')
    expect(await ledger.check(nodes, clock)).toEqual({ ...none, promised: 1, found: 1 })
    nodes.failures.push('unheard')
    expect(await ledger.delete(nodes, next)).toBe('unreachable')
    expect(await ledger.check(nodes, clock)).toEqual({ ...none, promised: 1, found: 1 })
  })

  it('wants what was deleted to stay away', async () => {
    const draft = draftOf(dice, clock)
    await ledger.store(nodes, draft)
    const [box] = await nodes.fetch([draft.capability])
    expect(await ledger.delete(nodes, draft)).toBe('acknowledged')
    expect(await ledger.check(nodes, clock)).toEqual({ ...none, promised: 1, found: 1 })
    const undead = showing(() => (box === undefined ? [] : [box]))
    expect(await ledger.check(undead, clock)).toEqual({ ...none, promised: 1, reordered: 1 })
  })
})
