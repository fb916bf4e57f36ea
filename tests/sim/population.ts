import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { utf8 } from '../../core/base/bytes.ts'
import { positionOf } from '../../core/boxes/nearness.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { bucketSize } from '../../core/network/limits.ts'
import { lookup, shuffled, type Lookup } from './lookup.ts'
import { pointBeside, pointOf, Space, type Point } from './space.ts'
import { Table, type Circumstances } from './table.ts'

/** How many nodes a newcomer is told of. */
const introducers = 3

/** All nodes of a community, and the members that ask them: who knows whom came about by joining and looking around. */
export class Population implements Circumstances {
  readonly space = new Space()
  readonly random: () => number
  /** Minutes. */
  now = 0
  /** Requests that each peer got, lookups' and boxes'. */
  readonly requests = new Map<number, number>()
  readonly #seed: number
  readonly #tables = new Map<number, Table>()
  readonly #live = new Set<number>()
  readonly #silent = new Set<number>()
  readonly #bits: number | undefined

  constructor(seed: number, random: () => number, bits?: number) {
    this.#bits = bits
    this.#seed = seed
    this.random = random
  }

  /** Nodes that run, those too that do not answer. */
  live(): number[] {
    return [...this.#live]
  }

  isLive(node: number): boolean {
    return this.#live.has(node)
  }

  readonly answers = (peer: number): boolean => this.#live.has(peer) && !this.#silent.has(peer)

  table(peer: number): Table {
    const table = this.#tables.get(peer)
    if (table === undefined) throw new RangeError('peer: it has no table')
    return table
  }

  /** A node that joins through three others, looks for itself and for somebody in the other half, as kad-dht does at its start. */
  async node(point?: Point): Promise<number> {
    const introduced = this.some(this.live().filter(this.answers), introducers)
    const peer = await this.#peer(point)
    this.#live.add(peer)
    for (const each of introduced) this.#meet(peer, each)
    this.lookAround(peer)
    return peer
  }

  /** A member: is in nobody's table. Joins through the nodes that its invite names. */
  async member(through: readonly number[]): Promise<number> {
    const peer = await this.newcomer(through)
    this.lookAround(peer)
    return peer
  }

  /** A member that knows the nodes of its invite and has not looked around yet. */
  async newcomer(through: readonly number[]): Promise<number> {
    const peer = await this.#peer()
    for (const each of through) this.#meet(peer, each)
    return peer
  }

  /** What kad-dht does every five minutes: looks for its own neighbourhood, and into the other half. */
  lookAround(peer: number): void {
    this.find(peer, this.space.point(peer))
    this.find(peer, pointBeside(this.space.point(peer), 0, this.random))
  }

  stop(node: number): void {
    this.#live.delete(node)
    this.#tables.delete(node)
  }

  silence(nodes: readonly number[]): void {
    this.#silent.clear()
    for (const node of nodes) this.#silent.add(node)
  }

  /** A lookup in kad-dht's way; whoever answers or is told of comes into the asker's table where there is room. */
  find(asker: number, target: Point): Lookup {
    const own = this.table(asker)
    const told = new Set<number>()
    const found = lookup(target, {
      space: this.space,
      random: this.random,
      self: asker,
      start: own.closest(target, bucketSize),
      ask: (peer) => {
        this.count(peer)
        if (!this.answers(peer)) return undefined
        const theirs = this.table(peer)
        const closer = theirs.closest(target, bucketSize, asker)
        if (this.isLive(asker)) theirs.add(asker, this)
        for (const each of closer) told.add(each)
        told.add(peer)
        return closer
      },
    })
    for (const peer of told) this.#meet(asker, peer)
    return found
  }

  /** One request more that a peer got. */
  count(peer: number): void {
    this.requests.set(peer, (this.requests.get(peer) ?? 0) + 1)
  }

  some(peers: readonly number[], count: number): number[] {
    return shuffled(peers, this.random).slice(0, count)
  }

  /** A peer is added once it answered a ping, for which it is dialled: then it knows the asker as well. */
  #meet(asker: number, peer: number): void {
    if (this.table(asker).add(peer, this) && this.isLive(asker)) this.table(peer).add(asker, this)
  }

  async #peer(point?: Point): Promise<number> {
    const peer = this.space.add(point ?? (await this.#chance()))
    this.#tables.set(peer, new Table(this.space, peer, this.#bits))
    return peer
  }

  /** Where the next peer of this seed stands. */
  async #chance(): Promise<Point> {
    const seed = sha256(utf8(`staffetta/sim/${this.#seed}/${this.space.size}`))
    return pointOf(positionOf(peerIdFromPrivateKey(await generateKeyPairFromSeed('Ed25519', seed))))
  }
}

/** So many nodes, one after the other, after which each looks around again `rounds` times. */
export async function populate(population: Population, nodes: number, rounds: number): Promise<void> {
  for (let i = 0; i < nodes; i++) await population.node()
  for (let round = 0; round < rounds; round++) {
    population.now += 5
    for (const node of population.some(population.live(), nodes)) population.lookAround(node)
  }
}
