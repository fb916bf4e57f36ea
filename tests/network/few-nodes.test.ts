import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock as clock } from '../../core/base/clock.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, makeBox } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

const bits = 4
/** Asking two of three, one would miss it in a third of them. */
const readings = 30
let net: Testnet

beforeAll(async () => {
  net = await startTestnet({ nodes: 3, anchors: 3, workBits: bits })
})
afterAll(async () => {
  await net.stop()
})

it('what one node of three took, as it does when the others are known to be down, no reading misses', async () => {
  const writer = await net.member()
  const reader = await net.member()
  await eventually(() => reader.node.status().nodesReached === 3)
  const draft = draftFor(clock)
  expect(await (await BoxLine.open(writer.node)).said({ type: 'store', box: makeBox(draft, bits) })).toBe('done')
  expect(net.nodes.filter((node) => node.health()?.boxes === 1)).toHaveLength(1)
  for (let reading = 0; reading < readings; reading++) {
    expect(await reader.client.fetch([draft.capability]), `reading ${reading}`).toHaveLength(1)
  }
})
