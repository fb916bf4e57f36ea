import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { maxContent } from '../../core/boxes/box.ts'
import { random } from '../../core/crypto/random.ts'
import { draftFor, freshCapability, type FullDraft } from '../support/boxes.ts'
import { faultOf } from '../support/faults.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

/** Eight community nodes, of which an invite names two, and six members. */
let net: Testnet
let members: TestMember[]

beforeAll(async () => {
  net = await startTestnet({ nodes: 8, anchors: 2, workBits: 8 })
  members = await Promise.all(Array.from({ length: 6 }, () => net.member()))
})
afterAll(async () => {
  await net.stop()
})

function client(index: number): TestMember['client'] {
  const member = members[index]
  if (member === undefined) throw new RangeError('no such member')
  return member.client
}

async function publish(by: number, draft: FullDraft): Promise<Uint8Array> {
  const box = await client(by).prepare(draft)
  await client(by).store(box)
  return box
}

async function contents(by: number, draft: FullDraft): Promise<string[]> {
  const found = await client(by).fetch([draft.capability])
  return found.map(({ content }) => hex(content))
}

describe('six members and eight nodes', () => {
  it('read what one of them stored, in both sizes, and nobody else does', async () => {
    for (const size of [0, 1] as const) {
      const draft = draftFor(clock, { content: random(maxContent(size)) })
      const phases: string[] = []
      const box = await client(0).prepare(draft, { onProgress: (phase) => phases.push(phase) })
      await client(0).store(box, { onProgress: (phase, fraction) => phases.push(`${phase} ${fraction}`) })
      expect(phases.at(-1)).toBe('storing 1')
      for (const [index] of members.entries()) expect(await contents(index, draft)).toEqual([hex(draft.content)])
      // who does not hold the read capability sees nothing, and cannot tell it from nothing being there
      const intruder = { ...draft.capability, read: freshCapability().read }
      expect(await client(1).fetch([intruder])).toEqual([])
    }
    expect(net.nodes.filter((node) => (node.health()?.boxes ?? 0) > 0).length).toBe(8)
  })

  it('find each box by its author, and many places at once', async () => {
    const capability = freshCapability()
    const drafts = Array.from({ length: 40 }, () => draftFor(clock, { capability }))
    for (const [index, draft] of drafts.entries()) await publish(index % 6, draft)
    const elsewhere = draftFor(clock)
    await publish(2, elsewhere)
    const places = [capability, elsewhere.capability, ...Array.from({ length: 80 }, freshCapability), capability]
    const found = await client(5).fetch(places)
    expect(found.map(({ content }) => hex(content)).toSorted()).toEqual(
      [...drafts, elsewhere].map(({ content }) => hex(content)).toSorted(),
    )
    // again, with everything known already
    expect((await client(5).fetch(places)).length).toBe(41)
  })

  it('see a box replaced, and refuse to go back', async () => {
    const draft = draftFor(clock)
    const old = await client(0).prepare(draft)
    await client(0).store(old)
    await client(0).store(old)
    expect(await contents(3, draft)).toEqual([hex(draft.content)])
    const newer = { ...draft, sequence: 2n, content: random(10) }
    await publish(1, newer)
    expect(await contents(3, draft)).toEqual([hex(newer.content)])
    expect(await faultOf(() => client(0).store(new Uint8Array(old)))).toBe('box-refused')
    expect(await contents(4, draft)).toEqual([hex(newer.content)])
  })

  it('see a box deleted by its author, and by nobody else', async () => {
    const draft = draftFor(clock, { sequence: 4n })
    const box = await publish(0, draft)
    const { place } = draft.capability
    const { author: stranger } = draftFor(clock)
    await client(1).delete({ place, author: stranger, sequence: 9n })
    expect(await contents(2, draft)).toEqual([hex(draft.content)])
    await client(1).delete({ place, author: draft.author, sequence: 4n })
    expect(await contents(2, draft)).toEqual([])
    expect(await contents(0, draft)).toEqual([])
    expect(await faultOf(() => client(0).store(new Uint8Array(box)))).toBe('box-refused')
    await publish(0, { ...draft, sequence: 5n })
    expect(await contents(2, draft)).toEqual([hex(draft.content)])
  })

  it('can cancel whatever takes long', async () => {
    const draft = draftFor(clock)
    const box = await client(0).prepare(draft)
    const gone = { signal: AbortSignal.abort() }
    expect(await faultOf(() => client(0).prepare(draft, gone))).toBe('cancelled')
    expect(await faultOf(() => client(0).store(box, gone))).toBe('cancelled')
    expect(await faultOf(() => client(0).fetch([draft.capability], gone))).toBe('cancelled')
    const at = { place: draft.capability.place, author: draft.author, sequence: 1n }
    expect(await faultOf(() => client(0).delete(at, gone))).toBe('cancelled')
  })

  it('with another network key reach nothing', async () => {
    const stranger = await net.member({ networkKey: random(32) })
    expect(await faultOf(() => stranger.node.reconnect())).toBe('wrong-network-key')
    expect(await faultOf(() => stranger.client.fetch([freshCapability()]))).toBe('unreachable')
    expect(await faultOf(() => stranger.client.prepare(draftFor(clock)))).toBe('unreachable')
    await stranger.stop()
    expect(await faultOf(() => stranger.client.fetch([freshCapability()]))).toBe('cancelled')
  })

  it('lose nothing when three nodes die, an anchor among them', async () => {
    const drafts = Array.from({ length: 10 }, () => draftFor(clock))
    for (const draft of drafts) await publish(0, draft)
    for (const index of [0, 3, 6]) await net.nodes[index]?.stop()
    for (const by of [1, 5]) {
      const found = await client(by).fetch(drafts.map(({ capability }) => capability))
      expect(found.length).toBe(10)
    }
    const after = draftFor(clock)
    await publish(2, after)
    expect(await contents(4, after)).toEqual([hex(after.content)])
    // somebody who comes only now, and whose invite names a dead node and a living one
    const late = await net.member()
    expect((await late.client.fetch(drafts.map(({ capability }) => capability))).length).toBe(10)
  })
})
