import { peerIdFromString } from '@libp2p/peer-id'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { nearest } from '../../core/boxes/nearness.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/** More nodes than a lookup gives, so that kad-dht decides where a box lies. */
let net: Testnet

beforeAll(async () => {
  net = await startTestnet({ nodes: 24, anchors: 2, neighbours: 24 })
  // all of them meet each other first, which takes this one process a while
  const met = (): boolean => net.nodes.every((node) => (node.health()?.connections ?? 0) >= 23)
  await eventually(met, { timeoutMs: 120_000, everyMs: 200, what: 'the nodes to know each other' })
})
afterAll(async () => {
  await net.stop()
})

function holders(): Set<string> {
  const holding = net.nodes.filter((node) => (node.health()?.boxes ?? 0) > 0)
  return new Set(holding.map((node) => node.addresses()[0]?.split('/').at(-1) ?? ''))
}

it('a box lies on the nodes nearest to its place and on the anchors, and is found there', async () => {
  const [writer, reader] = [await net.member(), await net.member()]
  const draft = draftFor(clock)
  await writer.client.store(await writer.client.prepare(draft))
  const found = await reader.client.fetch([draft.capability])
  expect(found.map(({ content }) => hex(content))).toEqual([hex(draft.content)])
  // the majority was enough to go on; the end waits for the others
  await writer.stop()
  const held = holders()
  expect(held.size).toBeGreaterThanOrEqual(8)
  expect(held.size).toBeLessThanOrEqual(10)
  const peers = net.nodes.map((node) => peerIdFromString(node.addresses()[0]?.split('/').at(-1) ?? ''))
  // whom a lookup finds depends on who answers in time: not all of the nearest, but most
  const near = nearest(draft.capability.place, peers, 8).map(String)
  expect(near.filter((peer) => held.has(peer)).length).toBeGreaterThanOrEqual(6)
  for (const anchor of peers.slice(0, 2)) expect(held.has(anchor.toString())).toBe(true)
  await reader.client.delete({ place: draft.capability.place, author: draft.author, sequence: 1n })
  expect(await reader.client.fetch([draft.capability])).toEqual([])
})
