import type { PeerId } from '@libp2p/interface'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { nearest } from '../../core/boxes/nearness.ts'
import { BoxServer } from '../../core/boxes/server.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { random } from '../../core/crypto/random.ts'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, makeBox, type FullDraft } from '../support/boxes.ts'

/** A node among forty others that are not here, but that it knows of. */
const networkKey = random(32)
const store = BoxStore.open(':memory:', 1e9)
const started: Service[] = []
let node: PrivateNode
let others: PeerId[]
let line: BoxLine

beforeAll(async () => {
  others = await Promise.all(
    Array.from({ length: 40 }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))),
  )
  node = await privateNode({
    networkKey,
    role: 'community',
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
  })
  const perMinute = {
    storesPerMinute: 1000,
    fetchesPerMinute: 1,
    getsPerMinute: 1,
    deletesPerMinute: 1,
    havesPerMinute: 1,
  }
  const server = new BoxServer({
    node,
    store,
    workBits: 0,
    anchor: false,
    neighbours: () => others,
    limits: { ...perMinute, nodeStoresPerSecond: 1000, refusalPause: 0 },
    clock,
    log,
  })
  await server.start()
  await node.start()
  const addresses = node.getMultiaddrs().map(String)
  const member = new MemberNode({ networkKey, nodes: () => addresses, privacyMode: 'relay', clock, log })
  await member.start()
  started.push({ start: () => Promise.resolve(), stop: async () => node.stop() }, server, member)
  line = await BoxLine.open(member)
})
afterAll(async () => {
  await stopAll(started)
  store.close()
})

/** How many of the others are nearer to the place of a draft than the node is. */
function nearer({ capability }: FullDraft): number {
  return nearest(capability.place, [node.peerId, ...others], 41).findIndex((peer) => peer.equals(node.peerId))
}

it('a node that is no anchor takes a box only where it is one of the twenty nearest', async () => {
  const said = new Map<string, number[]>()
  for (let i = 0; i < 60; i++) {
    const draft = draftFor(clock)
    const verdict = await line.said({ type: 'store', box: makeBox(draft) })
    said.set(verdict, [...(said.get(verdict) ?? []), nearer(draft)])
  }
  expect([...said.keys()].toSorted()).toEqual(['done', 'not-responsible'])
  expect(Math.max(...(said.get('done') ?? []))).toBeLessThan(20)
  expect(Math.min(...(said.get('not-responsible') ?? []))).toBeGreaterThanOrEqual(20)
})
