import { afterAll, beforeAll, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

let net: Testnet

beforeAll(async () => {
  net = await startTestnet({ nodes: 4, anchors: 1 })
})
afterAll(async () => {
  await net.stop()
})

it('a member goes on with the nodes that it met when all that its invite names are gone', async () => {
  const { client, node } = await net.member()
  const draft = draftFor(clock)
  await client.store(await client.prepare(draft))
  await eventually(() => node.servers().length === 4, { what: 'the member to meet all nodes' })
  const [named] = net.nodes
  if (named === undefined) throw new Error('no node')
  await net.leave(named)
  await eventually(() => node.status().nodesReached === 0, { what: 'the member to notice' })
  const later = { ...draft, sequence: 2n, content: draft.content.toReversed() }
  await client.store(await client.prepare(later))
  expect((await client.fetch([draft.capability])).map(({ content }) => hex(content))).toEqual([hex(later.content)])
})
