import type { PeerId } from '@libp2p/interface'
import type { Clock } from '../base/clock.ts'
import type { Bytes } from '../base/bytes.ts'
import { checksOfMap, forgetNode, mapSize, missesOfMap } from './limits.ts'
import { isNearer, positionOf, positionOfPlace } from './nearness.ts'

interface Known {
  readonly peer: PeerId
  /** In kad-dht's space. */
  readonly position: Bytes
  /** When it answered last, by the clock. */
  seenAt: number
}

/**
 * The community nodes that a member knows of, and how far this knowledge can be
 * relied on: a map is checked by lookups, and is good while they bring next to
 * nothing that it did not have.
 */
export class NodeMap {
  readonly #clock: Clock
  readonly #known = new Map<string, Known>()
  /** How many nodes each of the last lookups found that were not known. */
  #misses: number[] = []
  #complete = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#known.size
  }

  /** Whether what is near a place can be worked out here. */
  get good(): boolean {
    if (this.#complete) return true
    const misses = this.#misses.reduce((sum, each) => sum + each, 0)
    return this.#misses.length === checksOfMap && misses <= missesOfMap
  }

  /** A node that just answered, or that we are connected with. @returns whether it is new */
  add(peer: PeerId): boolean {
    const name = peer.toString()
    const known = this.#known.get(name)
    if (known === undefined) this.#known.set(name, { peer, position: positionOf(peer), seenAt: this.#clock.now() })
    else {
      known.seenAt = this.#clock.now()
      // the last seen last, so that the first is the one to give up
      this.#known.delete(name)
      this.#known.set(name, known)
    }
    const [oldest] = this.#known.keys()
    if (this.#known.size > mapSize && oldest !== undefined) this.#known.delete(oldest)
    return known === undefined
  }

  /**
   * What a lookup of any key found.
   *
   * @param answered nodes that answered
   * @param complete whether these are all that anybody told of
   */
  check(answered: readonly PeerId[], complete: boolean): void {
    const misses = answered.filter((peer) => this.add(peer)).length
    this.#misses = [...this.#misses, misses].slice(-checksOfMap)
    this.#complete = complete
  }

  /** All that answered not long ago. */
  peers(): PeerId[] {
    const now = this.#clock.now()
    for (const [name, { seenAt }] of this.#known) if (now - seenAt > forgetNode) this.#known.delete(name)
    return [...this.#known.values()].map(({ peer }) => peer)
  }

  /** The same, the nearest to a place first. */
  near(place: Uint8Array): PeerId[] {
    const target = positionOfPlace(place)
    return [...this.#known.values()]
      .toSorted((a, b) => (isNearer(target, a.position, b.position) ? -1 : 1))
      .map(({ peer }) => peer)
  }
}
