import { afterEach, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import type { CommunityNode } from '../../core/boxes/community-node.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

const handOff = { interval: 2_000, settle: 100 }
let net: Testnet

afterEach(async () => {
  await net.stop()
})

const boxes = (node: CommunityNode | undefined): number => node?.health()?.boxes ?? 0
const handedOff = (): number => net.nodes.reduce((sum, node) => sum + (node.health()?.counts.handedOff ?? 0), 0)

it('boxes outlive all the nodes that they were stored on', async () => {
  net = await startTestnet({ nodes: 3, neighbours: 24, node: { handOff } })
  const writer = await net.member()
  const drafts = Array.from({ length: 12 }, () => draftFor(clock))
  for (const draft of drafts) await writer.client.store(await writer.client.prepare(draft))
  const [deleted, ...kept] = drafts
  if (deleted === undefined) throw new Error('no draft')
  await writer.client.delete({ place: deleted.capability.place, author: deleted.author, sequence: 1n })
  await writer.stop()

  const old = [...net.nodes]
  const fresh = [await net.join(), await net.join(), await net.join()]
  await eventually(() => fresh.every((node) => boxes(node) === kept.length), { what: 'the new nodes to have all' })
  for (const node of old) await node.stop()

  const reader = await net.member({ addresses: fresh.flatMap((node) => node.addresses()) })
  const found = await reader.client.fetch(drafts.map(({ capability }) => capability))
  expect(found.map(({ content }) => hex(content)).toSorted()).toEqual(
    kept.map(({ content }) => hex(content)).toSorted(),
  )
})

it('a neighbour is sent what it lacks, once, and what it has in an older form', async () => {
  net = await startTestnet({ nodes: 2, neighbours: 24, node: { handOff } })
  const member = await net.member()
  const draft = draftFor(clock)
  await member.client.store(await member.client.prepare(draft))
  await eventually(() => net.nodes.every((node) => boxes(node) === 1))
  const third = await net.join()
  await eventually(() => boxes(third) === 1)
  const before = handedOff()
  // asked of all neighbours again and again, and nothing more is sent
  const haves = (): number => net.nodes.reduce((sum, node) => sum + (node.health()?.counts.requests.have ?? 0), 0)
  const asked = haves()
  await eventually(() => haves() >= asked + 12, { what: 'two more rounds' })
  expect(handedOff()).toBe(before)

  // the member knows two of the three; the third gets the new form from them
  await member.client.store(await member.client.prepare({ ...draft, sequence: 2n, content: new Uint8Array(9) }))
  await member.stop()
  const reader = await net.member({ addresses: third.addresses() })
  await eventually(async () => {
    const [box] = await reader.client.fetch([draft.capability])
    return box?.sequence === 2n
  })
})

it('a node that is not near a place is not asked to keep it', async () => {
  net = await startTestnet({ nodes: 14, neighbours: 24, anchors: 1, node: { handOff, anchor: false } })
  const met = (): boolean => net.nodes.every((node) => (node.health()?.neighbours ?? 0) >= 13)
  await eventually(met, { timeoutMs: 60_000, what: 'the nodes to know each other' })
  const member = await net.member()
  const drafts = Array.from({ length: 20 }, () => draftFor(clock))
  for (const draft of drafts) await member.client.store(await member.client.prepare(draft))
  await member.stop()
  const haves = (): number => Math.min(...net.nodes.map((node) => node.health()?.counts.requests.have ?? 0))
  await eventually(() => haves() >= 20, { timeoutMs: 60_000, what: 'some rounds' })
  const held = net.nodes.reduce((sum, node) => sum + boxes(node), 0)
  // 8 nodes and the one anchor of the member, which may be among them
  expect(held).toBeGreaterThanOrEqual(20 * 8)
  expect(held).toBeLessThanOrEqual(20 * 9)
})
