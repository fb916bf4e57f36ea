import { RELAY_V2_HOP_CODEC, type CircuitRelayService } from '@libp2p/circuit-relay-v2'
import type { Libp2p, PeerId, Stream } from '@libp2p/interface'
import { relayReservations, relayedConnections } from './limits.ts'

/** What a community node relays between members; production values in limits.ts. */
export interface RelayLimits {
  /** Members that can be reached through it at once. */
  readonly reservations: number
  /** Pairs that talk through it at once. */
  readonly connections: number
}

/**
 * Bounds what libp2p's relay leaves unbounded: how many pairs talk through it
 * altogether (its own limits are for each connection), and how long it keeps the
 * reservation of somebody who has gone (two hours, and a member is another peer
 * at every start: a community that restarts its apps would fill the relay).
 */
export class RelayBounds {
  readonly limits: RelayLimits
  /** Streams of those who asked to be connected, while they last. */
  readonly #relayed = new Set<Stream>()
  #node: Pick<Libp2p, 'getConnections'> | undefined
  #relay: CircuitRelayService | undefined

  constructor(limits: Partial<RelayLimits> = {}) {
    this.limits = { reservations: relayReservations, connections: relayedConnections, ...limits }
  }

  /** For libp2p's connection gater. */
  readonly denyOutboundRelayedConnection = (source: PeerId): boolean => {
    const asking = (this.#node?.getConnections(source) ?? [])
      .flatMap(({ streams }) => streams)
      .filter((stream) => stream.protocol === RELAY_V2_HOP_CODEC && stream.direction === 'inbound')
      .filter((stream) => stream.status === 'open' && !this.#relayed.has(stream))
    for (const stream of asking) {
      if (this.#relayed.size >= this.limits.connections) return true
      this.#relayed.add(stream)
      stream.addEventListener('close', () => this.#relayed.delete(stream), { once: true })
    }
    return false
  }

  /** From before it starts. */
  watch(node: Pick<Libp2p, 'getConnections' | 'addEventListener'>, relay: CircuitRelayService): void {
    this.#node = node
    this.#relay = relay
    node.addEventListener('peer:disconnect', ({ detail: peer }) => {
      // its timer would take away the next reservation of the same peer
      relay.reservations.get(peer)?.signal.clear()
      relay.reservations.delete(peer)
    })
  }

  /** What is used of both. */
  counts(): RelayLimits {
    return { reservations: this.#relay?.reservations.size ?? 0, connections: this.#relayed.size }
  }
}
