import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { beforeAll, describe, expect, it } from 'vitest'
import { u32 } from '../../core/base/bytes.ts'
import { nearest, positionOf } from '../../core/boxes/nearness.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { bucketSize, tableDepth } from '../../core/network/limits.ts'
import { seededRandom } from '../harness/random.ts'
import { lookup } from '../sim/lookup.ts'
import { populate, Population } from '../sim/population.ts'
import { simulate } from '../sim/simulate.ts'
import { pointBeside, pointOf, pointOfPlace, Space } from '../sim/space.ts'
import { spread } from '../sim/statistics.ts'
import { Table } from '../sim/table.ts'

const here = { now: 0, answers: () => true }
const place = (number: number) => sha256(u32(number))
let peers: PeerId[] = []
let space = new Space()

beforeAll(async () => {
  const seeds = Array.from({ length: 400 }, (_, i) => place(i))
  const keys = await Promise.all(seeds.map((seed) => generateKeyPairFromSeed('Ed25519', seed)))
  peers = keys.map((key) => peerIdFromPrivateKey(key))
  space = new Space()
  for (const peer of peers) space.add(pointOf(positionOf(peer)))
})

describe('the space', () => {
  it('orders peers as the box network does', () => {
    for (let i = 0; i < 20; i++) {
      const ours = space.nearest(pointOfPlace(place(1000 + i)), peers.keys(), 30)
      expect(ours.map((peer) => peers[peer])).toEqual(nearest(place(1000 + i), peers, 30))
    }
  })

  it('makes points that share so many bits and no more', () => {
    const random = seededRandom(7)
    for (const length of [0, 1, 6, 31, 32, 33]) {
      const from = space.point(0)
      const bits = (point: Uint32Array) => [...point].map((word) => word.toString(2).padStart(32, '0')).join('')
      const [a, b] = [bits(from), bits(pointBeside(from, length, random))]
      expect(b.slice(0, length)).toBe(a.slice(0, length))
      expect(b[length]).not.toBe(a[length])
    }
  })
})

describe('the table', () => {
  it('keeps buckets of 20 at most, no deeper than they may be, each peer in the one of its prefix', () => {
    const table = new Table(space, 0)
    for (const peer of peers.keys()) table.add(peer, here)
    const buckets = table.buckets()
    expect(Math.max(...buckets.map((bucket) => bucket.peers.length))).toBeLessThanOrEqual(bucketSize)
    expect(Math.max(...buckets.map(({ depth }) => depth))).toBeLessThanOrEqual(tableDepth)
    for (const bucket of buckets) {
      const prefixes = bucket.peers.map((peer) => (space.point(peer)[0] ?? 0) >>> (32 - bucket.depth))
      if (bucket.depth > 0) expect(new Set(prefixes).size).toBeLessThanOrEqual(1)
    }
    expect(table.peers()).not.toContain(0)
    expect(new Set(table.peers()).size).toBe(table.peers().length)
  })

  it('gives the nearest of those it has, as a search through all of them does', () => {
    const table = new Table(space, 0)
    for (const peer of peers.keys()) table.add(peer, here)
    for (let i = 0; i < 50; i++) {
      const target = pointOfPlace(place(i))
      const others = table.peers().filter((peer) => peer !== 5)
      for (const count of [1, 8, 20]) {
        expect(table.closest(target, count, 5)).toEqual(space.nearest(target, others, count))
      }
    }
  })

  it('takes nobody who does not answer, and gives up a full bucket only to replace who is gone', () => {
    const crowd = new Space()
    const owner = crowd.add(pointBeside(space.point(0), 0, seededRandom(1)))
    const random = seededRandom(2)
    const same = Array.from({ length: 30 }, () => crowd.add(pointBeside(space.point(0), tableDepth + 2, random)))
    const table = new Table(crowd, owner)
    for (const peer of same.slice(0, bucketSize)) table.add(peer, here)
    const [late = 0, later = 0] = same.slice(bucketSize)
    const gone = same[1] ?? 0
    const answers = (peer: number) => peer !== gone
    expect(table.add(late, { now: 5, answers })).toBe(false)
    expect(table.add(gone, { now: 5, answers })).toBe(false)
    expect(table.add(late, { now: 11, answers })).toBe(true)
    expect(table.peers()).not.toContain(gone)
    expect(table.add(later, { now: 30, answers })).toBe(false)
  })
})

describe('a lookup', () => {
  const everybody = (target: Uint32Array) => (): readonly number[] => space.nearest(target, peers.keys(), bucketSize)

  it('asks nobody twice, never itself, and ends', () => {
    const target = pointOfPlace(place(3))
    const asked: number[] = []
    const ask = (peer: number): readonly number[] => {
      asked.push(peer)
      return everybody(target)()
    }
    const found = lookup(target, { space, random: seededRandom(1), self: 9, start: [1, 2, 3], ask })
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked).not.toContain(9)
    expect(found.messages).toBe(asked.length)
    const truth = space.nearest(
      target,
      [...peers.keys()].filter((peer) => peer !== 9),
      8,
    )
    expect(space.nearest(target, found.answered.keys(), 8)).toEqual(truth)
  })

  it('follows only peers that are nearer than who told of them', () => {
    const target = pointOfPlace(place(4))
    const order = space.nearest(target, peers.keys(), peers.length)
    const far = order.at(-1) ?? 0
    const [middle = 0] = order.slice(200)
    const asked: number[] = []
    const ask = (peer: number): readonly number[] => {
      asked.push(peer)
      return peer === middle ? [far] : []
    }
    lookup(target, { space, random: seededRandom(1), self: -1, start: [middle], ask })
    expect(asked).toEqual([middle])
  })

  it('ends where nobody answers, and says so', () => {
    const found = lookup(pointOfPlace(place(5)), {
      space,
      random: seededRandom(1),
      self: -1,
      start: [...peers.keys()].slice(0, 20),
      ask: () => undefined,
    })
    expect(found).toMatchObject({ messages: 20, unanswered: 20, stalled: found.rounds })
    expect(found.answered.size).toBe(0)
  })
})

describe('a population', () => {
  it('knows members of nobody, and finds the nearest nodes among 100', async () => {
    const population = new Population(5, seededRandom(5))
    await populate(population, 100, 1)
    const member = await population.member(population.live().slice(0, 3))
    for (const node of population.live()) expect(population.table(node).peers()).not.toContain(member)
    const target = pointOfPlace(place(6))
    const { answered } = population.find(member, target)
    const truth = population.space.nearest(target, population.live(), 8)
    expect(population.space.nearest(target, answered.keys(), 8)).toEqual(truth)
  })
})

describe('the simulation', () => {
  const options = { nodes: 60, members: 20, anchors: 3, churn: 50, silent: 20 }

  it('says the same for a seed, and something else for another one', async () => {
    const [first, again, other] = [1, 1, 2].map((seed) => simulate({ ...options, seed }))
    expect(await again).toEqual(await first)
    expect(await other).not.toEqual(await first)
  })

  it('tells a network that loses boxes from one that does not', async () => {
    const all = await simulate({ ...options, anchors: 0, churn: 100, seed: 3 })
    expect(all.withoutAnchors.found).toEqual({ before: 1, afterHandOn: 1, afterRepublish: 1, withoutEither: 0 })
  })
})

it('tells how numbers are spread', () => {
  expect(spread([4, 4, 4, 4])).toEqual({ least: 4, median: 4, p95: 4, most: 4, mean: 4, gini: 0 })
  expect(spread([0, 0, 0, 8])).toEqual({ least: 0, median: 0, p95: 8, most: 8, mean: 2, gini: 0.75 })
})
