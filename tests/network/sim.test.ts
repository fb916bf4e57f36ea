import type { PeerId } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { u32 } from '../../core/base/bytes.ts'
import { replicas } from '../../core/boxes/limits.ts'
import { nearest, positionOf } from '../../core/boxes/nearness.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { bucketSize } from '../../core/network/limits.ts'
import { median } from '../harness/figures.ts'
import { seededRandom } from '../harness/random.ts'
import { populate, Population } from '../sim/population.ts'
import { pointOf, pointOfPlace } from '../sim/space.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

/** More nodes than a table's bucket takes, so that buckets split; few enough for one process. */
const nodes = 22
/** Nodes that members are told of. */
const told = 3
const places = Array.from({ length: 20 }, (_, i) => sha256(u32(i)))

interface Seen {
  readonly messages: number
  readonly hops: number
  readonly near: readonly string[]
}

let net: Testnet
let member: TestMember
let peers: PeerId[] = []

beforeAll(async () => {
  net = await startTestnet({ nodes, anchors: told, neighbours: nodes })
  peers = net.nodes.map((node) => peerIdFromString(node.addresses()[0]?.split('/').at(-1) ?? ''))
  const met = (): boolean => net.nodes.every((node) => (node.health()?.connections ?? 0) >= nodes - 1)
  await eventually(met, { timeoutMs: 120_000, everyMs: 200, what: 'the nodes to know each other' })
  member = await net.member()
  // as the model's, the member has looked around and knows whom that gave
  const knows = async (): Promise<boolean> => (await real(sha256(u32(places.length)))).messages >= bucketSize
  await eventually(knows, { timeoutMs: 60_000, everyMs: 200, what: 'the member to look around' })
})
afterAll(async () => {
  await net.stop()
})

/** One lookup of the real kad-dht, hops counted along who told of whom. */
async function real(place: Uint8Array): Promise<Seen> {
  const depth = new Map<string, number>()
  const answered = new Map<string, PeerId>()
  let messages = 0
  for await (const event of member.node.libp2p.services.lookup.getClosestPeers(place)) {
    if (event.name === 'SEND_QUERY') {
      messages++
      if (!depth.has(event.to.toString())) depth.set(event.to.toString(), 1)
    }
    if (event.name !== 'PEER_RESPONSE') continue
    answered.set(event.from.toString(), event.from)
    for (const { id } of event.closer) {
      const name = id.toString()
      if (!depth.has(name)) depth.set(name, 1 + (depth.get(event.from.toString()) ?? 1))
    }
  }
  const hops = Math.max(...[...answered.keys()].map((name) => depth.get(name) ?? 1))
  return { messages, hops, near: nearest(place, [...answered.values()], replicas).map(String) }
}

async function modelled(): Promise<Seen[]> {
  const population = new Population(1, seededRandom(1))
  for (const peer of peers) await population.node(pointOf(positionOf(peer)))
  await populate(population, 0, 1)
  const asker = await population.member(population.live().slice(0, told))
  return places.map((place) => {
    const target = pointOfPlace(place)
    const { messages, rounds, answered } = population.find(asker, target)
    const near = population.space.nearest(target, answered.keys(), replicas).map((peer) => String(peers[peer]))
    return { messages, hops: rounds, near }
  })
}

it('the simulation looks up as the real kad-dht does among the same nodes', async () => {
  const model = await modelled()
  const found: Seen[] = []
  for (const place of places) found.push(await real(place))
  const middle = (of: readonly Seen[], what: 'messages' | 'hops'): number => median(of.map((each) => each[what]))
  // a real answer may come late, and a table may lack somebody: a tenth more or fewer messages, one hop
  expect(Math.abs(middle(found, 'messages') / middle(model, 'messages') - 1)).toBeLessThanOrEqual(0.1)
  expect(Math.abs(middle(found, 'hops') - middle(model, 'hops'))).toBeLessThanOrEqual(1)
  const same = found.flatMap(({ near }, i) => near.map((peer) => model[i]?.near.includes(peer) === true))
  expect(same.filter(Boolean).length / same.length).toBeGreaterThanOrEqual(0.95)
})
