import { afterEach, beforeEach, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { systemClock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { placeKey, type ReadCapability } from '../../core/boxes/capability.ts'
import type { BoxClient, OpenedBox } from '../../core/boxes/client.ts'
import { Poller, type Watch } from '../../core/boxes/poller.ts'
import { draftFor, freshCapability } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

let net: Testnet
let member: TestMember
let clock: ManualClock
let poller: Poller
/** The places of each batch that went to the network, in order. */
let batches: string[][]
let atOnce: number
let mostAtOnce: number

beforeEach(async () => {
  net = await startTestnet({ nodes: 1 })
  member = await net.member()
  await member.node.reconnect()
  clock = new ManualClock()
  batches = []
  atOnce = 0
  mostAtOnce = 0
  poller = new Poller({ client: overheard(member.client), clock, log })
})
afterEach(async () => {
  await poller.stop()
  await net.stop()
})

/** The real client, and what it is asked. */
function overheard(client: BoxClient): BoxClient {
  return {
    prepare: (draft, options) => client.prepare(draft, options),
    store: (box, options) => client.store(box, options),
    occupancy: (places, options) => client.occupancy(places, options),
    delete: (box, options) => client.delete(box, options),
    async fetch(places, options) {
      batches.push(places.map(({ place }) => placeKey(place)))
      mostAtOnce = Math.max(mostAtOnce, ++atOnce)
      try {
        return await client.fetch(places, options)
      } finally {
        atOnce--
      }
    },
  }
}

function watch(capability: ReadCapability, handle: (box: OpenedBox) => Promise<void> = async () => {}): Watch {
  return { capability, handle }
}

it('asks for batches of 16, whatever is watched, and the same dummies each time in another order', async () => {
  await poller.check()
  const watched = Array.from({ length: 20 }, freshCapability)
  poller.addSource(() => watched.slice(0, 12).map((capability) => watch(capability)))
  poller.addSource(() => watched.slice(10).map((capability) => watch(capability)))
  for (let i = 0; i < 4; i++) await poller.check()
  expect(batches.map((batch) => batch.length)).toEqual(Array.from({ length: 9 }, () => 16))
  const [alone = [], ...others] = batches
  const polls = Array.from({ length: 4 }, (_, i) => others.slice(2 * i, 2 * i + 2).flat())
  for (const poll of polls) {
    expect(new Set(poll).size).toBe(32)
    expect(poll).toEqual(expect.arrayContaining(watched.map(({ place }) => placeKey(place))))
    expect(poll.toSorted()).toEqual((polls[0] ?? []).toSorted())
  }
  expect(new Set(polls.map((poll) => poll.join())).size).toBe(4)
  // the dummies of the poll in which nothing was watched are still among them
  expect(polls[0]?.filter((place) => alone.includes(place)).length).toBe(12)
})

it('hands over what lies there, to everyone who watches, and again while it lies there', async () => {
  const drafts = Array.from({ length: 3 }, () => draftFor(systemClock))
  for (const draft of drafts) await member.client.store(await member.client.prepare(draft))
  const seen: string[] = []
  const handle = async (box: OpenedBox): Promise<void> => void seen.push(hex(box.content))
  poller.addSource(() => drafts.map(({ capability }) => watch(capability, handle)))
  poller.addSource(() => {
    throw new Fault('internal', 'a source that fails')
  })
  const remove = poller.addSource(() =>
    drafts.map(({ capability }) => watch(capability, () => Promise.reject(new Error('a handler that fails')))),
  )
  await poller.check()
  const expected = drafts.map(({ content }) => hex(content)).toSorted()
  expect(seen.toSorted()).toEqual(expected)
  remove()
  await poller.check()
  expect(seen.toSorted()).toEqual([...expected, ...expected].toSorted())
})

it('polls by itself, at times that vary, one poll at a time, until it stops', async () => {
  await poller.start()
  await poller.start()
  await eventually(() => batches.length === 1)
  await Promise.all([poller.check(), poller.check(), poller.check()])
  expect(batches.length).toBe(4)
  expect(mostAtOnce).toBe(1)
  clock.advance(59_000)
  expect(batches.length).toBe(4)
  clock.advance(32_000)
  await eventually(() => batches.length === 5)
  await poller.stop()
  clock.advance(200_000)
  expect(batches.length).toBe(5)
})

it('says so when nobody can be asked, and goes on', async () => {
  await net.nodes[0]?.stop()
  await eventually(() => member.node.status().nodesReached === 0)
  expect(await faultOf(() => poller.check())).toBe('unreachable')
  expect(await faultOf(() => poller.check(AbortSignal.abort()))).toBe('cancelled')
  await poller.start()
  await eventually(() => batches.length === 3)
})
