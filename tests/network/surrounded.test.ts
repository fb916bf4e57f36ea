import { afterAll, beforeAll, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { random } from '../../core/crypto/random.ts'
import { lies, Liar } from '../faults/boxes/liar.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/** One honest node, which members are told of, and nine around every place that take what they are given and forget it. */
let net: Testnet
const liars: Liar[] = []

beforeAll(async () => {
  net = await startTestnet({ nodes: 1, workBits: 0 })
  for (let i = 0; i < 9; i++) {
    const liar = await Liar.start(net.networkKey, random(32))
    const lie = lies['takes everything and forgets it']
    if (lie !== undefined) liar.lie = lie
    await liar.meet(net.addresses)
    liars.push(liar)
  }
  await eventually(() => net.nodes[0]?.health()?.neighbours === liars.length, { what: 'the liars to be known' })
})
afterAll(async () => {
  await net.stop()
  await Promise.all(liars.map((liar) => liar.stop()))
})

it('a place that is surrounded by nodes that lie is read from the one that does not', async () => {
  const [writer, reader] = [await net.member(), await net.member()]
  const drafts = Array.from({ length: 10 }, () => draftFor(clock))
  for (const draft of drafts) await writer.client.store(await writer.client.prepare(draft))
  // a majority of liars is soon satisfied: what goes on to the honest one is waited for
  await eventually(() => net.nodes[0]?.health()?.boxes === drafts.length)
  for (const draft of drafts) {
    const [found] = await reader.client.fetch([draft.capability])
    expect(hex(found?.content ?? new Uint8Array(0))).toBe(hex(draft.content))
  }
})
