import type { PeerId } from '@libp2p/interface'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import { random, shuffled } from '../crypto/random.ts'
import { bucketSize } from '../network/limits.ts'
import type { MemberNode } from '../network/member-node.ts'
import { placeKey } from './capability.ts'
import {
  looksAtOnce,
  lookAgain,
  lookAround,
  lookupDeadline,
  lookupsAtOnce,
  meetServersEvery,
  lookupValidity,
  readers,
  rememberedLookups,
  replicas,
} from './limits.ts'
import { nearest } from './nearness.ts'
import { NodeMap } from './node-map.ts'

/** Nodes to ask about one place, the nearest first. */
export interface Near {
  /** The nearest and the anchors: where it is written. */
  readonly writers: readonly PeerId[]
  /** Those and some more: where it is read, where there is any doubt. */
  readonly readers: readonly PeerId[]
  /** More than half of the writers, an anchor among them, or all where they are few: where it is read first. Others each time. */
  readonly sample: readonly PeerId[]
}

interface Lookup {
  readonly peers: readonly PeerId[]
  readonly at: number
}

export interface DirectoryOptions {
  readonly node: MemberNode
  readonly clock: Clock
  /** Whether a node has been silent: others are taken for it where there are any. */
  readonly silent: (peer: PeerId) => boolean
}

/**
 * Which community nodes there are, and which of them are near a place.
 *
 * kad-dht finds them. What its lookups find goes into a map; while the lookups
 * of other places bring nothing new, what is near a place is worked out from
 * the map and costs no request. Where the network is larger than the map, or
 * has changed much, each place is looked up.
 */
export class Directory {
  readonly #node: MemberNode
  readonly #clock: Clock
  readonly #silent: (peer: PeerId) => boolean
  readonly #map: NodeMap
  readonly #lookups = new Map<string, Lookup>()
  #metAt = 0
  #lookAgainAt = Number.NEGATIVE_INFINITY
  #stopping = new AbortController()
  #looking: Promise<void> | undefined

  constructor({ node, clock, silent }: DirectoryOptions) {
    this.#node = node
    this.#clock = clock
    this.#silent = silent
    this.#map = new NodeMap(clock)
  }

  /** Who is near each of the places. Never fails; where nobody answers there are the anchors, or nobody. */
  async near(places: readonly Uint8Array[], signal: AbortSignal | undefined): Promise<Near[]> {
    this.#meetServers()
    for (let from = 0; from < places.length && !this.#map.good; from += lookupsAtOnce) {
      await Promise.all(places.slice(from, from + lookupsAtOnce).map((place) => this.#lookup(place, signal)))
    }
    this.#keepLooking()
    const peers = this.#map.peers()
    // where most are silent it is this device that is cut off: to write to the rest would promise too much
    const skipped = new Set(peers.filter((peer) => this.#silent(peer)).map(String))
    if (skipped.size * 2 >= peers.length) skipped.clear()
    const told = this.#node.anchors()
    const reached = told.filter(({ peer, failed }) => !failed && !skipped.has(peer.toString()))
    const anchors = reached.map(({ peer }) => peer)
    return places.map((place) => {
      const looked = this.#map.good ? [] : (this.#lookups.get(placeKey(place))?.peers ?? [])
      const known =
        looked.length === 0 ? this.#map.near(place) : nearest(place, unique([...looked, ...peers]), Infinity)
      const candidates = known.filter((peer) => !skipped.has(peer.toString()))
      const writers = unique([...candidates.slice(0, replicas), ...anchors])
      // nearness costs nothing to make, and a place may be surrounded by one who lies: an anchor contradicts
      const [silent, heard] = [
        writers.filter((each) => this.#silent(each)),
        writers.filter((each) => !this.#silent(each)),
      ]
      const sample = unique([...shuffled(anchors).slice(0, 1), ...shuffled(heard), ...silent])
      // where nodes are few, what one took while the others were known to be down may be all that there is
      const few = writers.length <= replicas
      return {
        writers,
        readers: unique([...candidates.slice(0, readers), ...anchors]),
        sample: few ? sample : sample.slice(0, Math.floor(writers.length / 2) + 1),
      }
    })
  }

  /** Ends what is under way, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('cancelled', 'The directory closes'))
    await this.#looking
    this.#stopping = new AbortController()
  }

  /** Whom we are connected with is on the map; looked at once a second, since it is asked at every request. */
  #meetServers(): void {
    const now = this.#clock.now()
    if (this.#map.size > 0 && now >= this.#metAt && now - this.#metAt < meetServersEvery) return
    this.#metAt = now
    for (const peer of this.#node.servers()) this.#map.add(peer)
  }

  /** In the background: until the map is good, and then once a minute whether it still is. */
  #keepLooking(): void {
    const now = this.#clock.now()
    if (this.#looking !== undefined || now < this.#lookAgainAt) return
    this.#lookAgainAt = now + lookAround
    this.#looking = this.#look(this.#stopping.signal).finally(() => {
      this.#looking = undefined
    })
  }

  async #look(signal: AbortSignal): Promise<void> {
    for (let look = 0; look < looksAtOnce && !signal.aborted; look++) {
      const answered = await this.#ask(random(32), signal)
      if (answered.length === 0) {
        this.#lookAgainAt = this.#clock.now() + lookAgain
        return
      }
      if (this.#map.good) return
    }
  }

  /** Asks who is near a place, unless that was asked not long ago. */
  async #lookup(place: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    const key = placeKey(place)
    const known = this.#lookups.get(key)
    if (known !== undefined && this.#clock.now() - known.at < lookupValidity) return
    const peers = await this.#ask(place, signal)
    if (peers.length === 0) return
    this.#lookups.delete(key)
    this.#lookups.set(key, { peers, at: this.#clock.now() })
    const [oldest] = this.#lookups.keys()
    if (this.#lookups.size > rememberedLookups && oldest !== undefined) this.#lookups.delete(oldest)
  }

  /** @returns who answered, whatever became of the lookup as a whole */
  async #ask(key: Uint8Array, signal: AbortSignal | undefined): Promise<PeerId[]> {
    const answered = new Map<string, PeerId>()
    const told = new Map<string, PeerId>()
    await withDeadline(this.#clock, lookupDeadline, signal, async (signal) => {
      for await (const event of this.#node.libp2p.services.lookup.getClosestPeers(key, { signal })) {
        if (event.name !== 'PEER_RESPONSE') continue
        answered.set(event.from.toString(), event.from)
        for (const { id } of event.closer) if (told.size < 10 * bucketSize) told.set(id.toString(), id)
      }
    }).catch(() => {})
    if (answered.size === 0) return []
    // in a small network everybody is told of at once; only who answers is believed to exist
    const small = answered.size < bucketSize
    if (small) await this.#meet([...told.values()], answered, signal)
    this.#map.check([...answered.values()], small && answered.size < bucketSize)
    return [...answered.values()]
  }

  /** Dials those who were told of and did not answer, and adds those who are there. */
  async #meet(told: readonly PeerId[], answered: Map<string, PeerId>, signal: AbortSignal | undefined): Promise<void> {
    const { libp2p } = this.#node
    const strangers = told.filter((peer) => !answered.has(peer.toString())).slice(0, bucketSize)
    if (strangers.length === 0) return
    await withDeadline(this.#clock, lookupDeadline, signal, async (signal) => {
      await Promise.allSettled(strangers.map((peer) => libp2p.dial(peer, { signal })))
    }).catch(() => {})
    for (const peer of strangers) if (libp2p.getConnections(peer).length > 0) answered.set(peer.toString(), peer)
  }
}

function unique(peers: readonly PeerId[]): PeerId[] {
  return [...new Map(peers.map((peer) => [peer.toString(), peer])).values()]
}
