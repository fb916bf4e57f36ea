import type { PeerId } from '@libp2p/interface'
import { hex } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import { random } from '../crypto/random.ts'
import { bucketSize } from '../network/limits.ts'
import type { MemberNode } from '../network/member-node.ts'
import { lookAgain, lookAround, lookupDeadline, lookupValidity, rememberedLookups } from './limits.ts'
import { nearest } from './nearness.ts'

interface Lookup {
  readonly peers: readonly PeerId[]
  readonly at: number
}

/**
 * Which community nodes there are, and which of them are near a place.
 *
 * While fewer than 20 nodes are known, lookups of a place would give all of
 * them: what is near is worked out here, and the network is only looked over
 * for newcomers once a minute. With more, kad-dht is asked for each place.
 */
export class Directory {
  readonly #node: MemberNode
  readonly #clock: Clock
  /** Nodes that answered a lookup of ours. */
  readonly #answered = new Map<string, PeerId>()
  readonly #lookups = new Map<string, Lookup>()
  #lookAgainAt = Number.NEGATIVE_INFINITY
  #looked = false
  #stopping = new AbortController()
  #looking: Promise<void> | undefined

  constructor({ node, clock }: { node: MemberNode; clock: Clock }) {
    this.#node = node
    this.#clock = clock
  }

  /** The nodes nearest to a place, at most `count`, and besides the anchors that are not known to be down. */
  async near(place: Uint8Array, count: number, signal: AbortSignal | undefined): Promise<PeerId[]> {
    const anchors = this.#node
      .anchors()
      .filter(({ failed }) => !failed)
      .map(({ peer }) => peer)
    const known = this.#known()
    const candidates = known.length < bucketSize ? known : unique([...known, ...(await this.#lookup(place, signal))])
    return unique([...nearest(place, candidates, count), ...anchors])
  }

  /**
   * Looks over the network, at most once a minute. Only the first look is waited
   * for: before it, nothing but the anchors may be known. Never fails.
   */
  async look(): Promise<void> {
    const now = this.#clock.now()
    if (this.#looking === undefined && now >= this.#lookAgainAt) {
      this.#lookAgainAt = now + lookAround
      this.#looking = this.#look().finally(() => {
        this.#looking = undefined
      })
    }
    if (!this.#looked) await this.#looking
  }

  /** Ends what is under way, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('cancelled', 'The directory closes'))
    await this.#looking
    this.#stopping = new AbortController()
  }

  async #look(): Promise<void> {
    const told = new Map<string, PeerId>()
    const { signal } = this.#stopping
    const answered = await this.#ask(random(32), signal, told)
    if (answered.length === 0) {
      this.#lookAgainAt = this.#clock.now() + lookAgain
      return
    }
    // in a small network everybody is told of at once; only who answers is believed to exist
    if (this.#known().length < bucketSize) await this.#meet([...told.values()], signal)
    this.#looked = true
  }

  async #meet(told: readonly PeerId[], signal: AbortSignal): Promise<void> {
    const { libp2p } = this.#node
    const strangers = told.filter((peer) => libp2p.getConnections(peer).length === 0).slice(0, bucketSize)
    await withDeadline(this.#clock, lookupDeadline, signal, async (signal) => {
      await Promise.allSettled(strangers.map((peer) => libp2p.dial(peer, { signal })))
    }).catch(() => {})
    for (const peer of strangers) if (libp2p.getConnections(peer).length > 0) this.#answered.set(peer.toString(), peer)
  }

  async #lookup(place: Uint8Array, signal: AbortSignal | undefined): Promise<readonly PeerId[]> {
    const key = hex(place)
    const known = this.#lookups.get(key)
    if (known !== undefined && this.#clock.now() - known.at < lookupValidity) return known.peers
    const peers = await this.#ask(place, signal)
    if (peers.length === 0) return known?.peers ?? []
    this.#lookups.delete(key)
    this.#lookups.set(key, { peers, at: this.#clock.now() })
    const [oldest] = this.#lookups.keys()
    if (this.#lookups.size > rememberedLookups && oldest !== undefined) this.#lookups.delete(oldest)
    return peers
  }

  /** @returns who answered, whatever became of the lookup as a whole */
  async #ask(key: Uint8Array, signal: AbortSignal | undefined, told = new Map<string, PeerId>()): Promise<PeerId[]> {
    const answered = new Map<string, PeerId>()
    await withDeadline(this.#clock, lookupDeadline, signal, async (signal) => {
      for await (const event of this.#node.libp2p.services.lookup.getClosestPeers(key, { signal })) {
        if (event.name !== 'PEER_RESPONSE') continue
        answered.set(event.from.toString(), event.from)
        for (const { id } of event.closer) if (told.size < 10 * bucketSize) told.set(id.toString(), id)
      }
    }).catch(() => {})
    for (const [name, peer] of answered) {
      told.delete(name)
      this.#answered.set(name, peer)
    }
    return [...answered.values()]
  }

  /** Nodes that we are connected with now. */
  #known(): PeerId[] {
    const { libp2p } = this.#node
    for (const [name, peer] of this.#answered) if (libp2p.getConnections(peer).length === 0) this.#answered.delete(name)
    return unique([...this.#answered.values(), ...this.#node.servers()])
  }
}

function unique(peers: readonly PeerId[]): PeerId[] {
  return [...new Map(peers.map((peer) => [peer.toString(), peer])).values()]
}
