import { afterEach, beforeEach, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { draftFor, type FullDraft } from '../support/boxes.ts'
import { faultOf } from '../support/faults.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'

/** Six nodes, all of which the member has met. */
let net: Testnet
let member: TestMember

beforeEach(async () => {
  net = await startTestnet({ nodes: 6, anchors: 6, neighbours: 6 })
  member = await net.member()
  await store()
})
afterEach(async () => {
  await net.stop()
})

async function store(): Promise<FullDraft> {
  const draft = draftFor(clock)
  await member.client.store(await member.client.prepare(draft))
  return draft
}

it('a member goes on where two of six nodes are gone, and finds what it stored', async () => {
  const before = await store()
  await Promise.all(net.nodes.slice(0, 2).map((node) => node.stop()))
  for (const draft of [await store(), await store(), before]) {
    const [found] = await member.client.fetch([draft.capability])
    expect(hex(found?.content ?? new Uint8Array(0))).toBe(hex(draft.content))
  }
})

it('a member that reaches two of six nodes is told so, and again when it has seen who is silent', async () => {
  const before = await store()
  const prepared = [await member.client.prepare(draftFor(clock)), await member.client.prepare(draftFor(clock))]
  await Promise.all(net.nodes.slice(0, 4).map((node) => node.stop()))
  for (const box of prepared) expect(await faultOf(() => member.client.store(box))).toBe('unreachable')
  // reading needs no majority
  const [found] = await member.client.fetch([before.capability])
  expect(hex(found?.content ?? new Uint8Array(0))).toBe(hex(before.content))
})
