import { generateKeyPair } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nearest } from '../../core/boxes/nearness.ts'
import { checksOfMap, forgetNode, mapSize, missesOfMap } from '../../core/boxes/limits.ts'
import { NodeMap } from '../../core/boxes/node-map.ts'
import { random } from '../../core/crypto/random.ts'
import { ManualClock } from '../support/manual-clock.ts'

let peers: PeerId[]
let clock: ManualClock
let map: NodeMap

beforeAll(async () => {
  const make = async (): Promise<PeerId> => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  peers = await Promise.all(Array.from({ length: mapSize + 20 }, make))
})
beforeEach(() => {
  clock = new ManualClock()
  map = new NodeMap(clock)
})

describe('the map of nodes', () => {
  it('is good once lookups bring nothing new, and not before', () => {
    expect(map.good).toBe(false)
    map.check(peers.slice(0, 30), false)
    for (let check = 1; check < checksOfMap; check++) map.check(peers.slice(0, 25), false)
    // the first one brought thirty
    expect(map.good).toBe(false)
    map.check(peers.slice(5, 30), false)
    expect(map.good).toBe(true)
  })

  it('is good no longer once they bring more than a few', () => {
    for (let check = 0; check <= checksOfMap; check++) map.check(peers.slice(0, 20), false)
    map.check(peers.slice(0, 20 + missesOfMap), false)
    expect(map.good).toBe(true)
    map.check(peers.slice(0, 21 + missesOfMap), false)
    expect(map.good).toBe(false)
  })

  it('of a small network is good at once, until there is more than everybody', () => {
    map.check(peers.slice(0, 3), true)
    expect(map.good).toBe(true)
    map.check(peers.slice(0, 40), false)
    expect(map.good).toBe(false)
  })

  it('orders by nearness as a lookup would', () => {
    for (const peer of peers.slice(0, 50)) map.add(peer)
    const place = random(32)
    expect(map.near(place).map(String)).toEqual(nearest(place, peers.slice(0, 50), 50).map(String))
  })

  it('forgets who was not met for a while, and holds so many and no more', () => {
    map.check(peers.slice(0, 2), true)
    clock.advance(forgetNode)
    map.add(peers[1] ?? fail())
    clock.advance(1)
    expect(map.peers().map(String)).toEqual([String(peers[1])])
    for (const peer of peers) map.add(peer)
    expect(map.size).toBe(mapSize)
    expect(map.peers().map(String)).toEqual(peers.slice(-mapSize).map(String))
  })
})

function fail(): never {
  throw new Error('no peer')
}
