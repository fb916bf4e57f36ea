import type { Listener, PeerId } from '@libp2p/interface'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { Log } from '../base/log.ts'
import { farthestFirst } from './addresses.ts'
import type { PrivateNode } from './libp2p.ts'
import { addressesOfRelay, lastRetry, relaysAtOnce, reservationTimeout } from './limits.ts'

interface Relay {
  listener: Listener | undefined
  asking: Promise<void> | undefined
  /** No attempt before; by the clock. */
  dueAt: number
}

/**
 * Keeps reservations at community nodes, so that contacts can reach a device
 * that listens on nothing of its own.
 *
 * Only nodes that the community named are asked: libp2p's own discovery would
 * take any relay, and whoever runs the relay learns who talks through it.
 */
export class Relays {
  readonly #node: PrivateNode
  readonly #clock: Clock
  readonly #log: Log
  readonly #turn = new Locks()
  readonly #stopping = new AbortController()
  readonly #relays = new Map<string, Relay>()

  constructor({ node, clock, log }: { node: PrivateNode; clock: Clock; log: Log }) {
    this.#node = node
    this.#clock = clock
    this.#log = log
  }

  /** Addresses through which this device can be reached now. */
  addresses(): Multiaddr[] {
    const self = `/p2p/${this.#node.peerId.toString()}`
    return this.#held().flatMap(({ listener }) => {
      // the first is where we reached the relay ourselves, the others are what it says of itself
      const [proven, ...said] = listener?.getAddrs() ?? []
      const addresses = proven === undefined ? [] : [proven, ...farthestFirst(said)]
      return addresses.slice(0, addressesOfRelay).map((address) => address.encapsulate(self))
    })
  }

  /** Asks for what is missing. @param reached nodes that we are connected with, the best first */
  keep(reached: readonly PeerId[]): void {
    const wanted = reached.filter((peer) => !this.#holds(peer)).slice(0, relaysAtOnce - this.#held().length)
    for (const peer of wanted) {
      const relay = this.#relays.get(peer.toString()) ?? { listener: undefined, asking: undefined, dueAt: 0 }
      this.#relays.set(peer.toString(), relay)
      if (relay.asking !== undefined || relay.dueAt > this.#clock.now()) continue
      // one after the other: a reservation that succeeds makes libp2p forget those that still wait, and those who wait for them
      relay.asking = this.#turn
        .run('', () => this.#ask(peer, relay))
        .finally(() => {
          relay.asking = undefined
        })
    }
  }

  /** Ends what was asked, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('cancelled', 'The network stops'))
    await Promise.all([...this.#relays.values()].flatMap(({ asking }) => asking ?? []))
  }

  #held(): Relay[] {
    return [...this.#relays.values()].filter(({ listener }) => (listener?.getAddrs().length ?? 0) > 0)
  }

  #holds(peer: PeerId): boolean {
    return (this.#relays.get(peer.toString())?.listener?.getAddrs().length ?? 0) > 0
  }

  async #ask(peer: PeerId, relay: Relay): Promise<void> {
    const [connection] = this.#node.getConnections(peer).filter(({ direct }) => direct)
    if (connection === undefined || this.#stopping.signal.aborted) return
    const address = multiaddr(`${connection.remoteAddr.toString()}/p2p-circuit`)
    try {
      await withDeadline(this.#clock, reservationTimeout, this.#stopping.signal, () => this.#listen(address, relay))
      this.#log.write('info', 'network.relay-held')
    } catch {
      relay.dueAt = this.#clock.now() + lastRetry
      this.#log.write('info', 'network.relay-refused')
    }
  }

  /** libp2p keeps a listener for good: the second time the same one is asked again. */
  async #listen(address: Multiaddr, relay: Relay): Promise<void> {
    if (relay.listener !== undefined) {
      await relay.listener.listen(address)
      return
    }
    const { transports } = this.#node.services.listening
    const before = new Set(transports.getListeners())
    // it makes the listener before it waits for anything, so that it can be told which one is new
    const listening = transports.listen([address])
    relay.listener = transports.getListeners().find((listener) => !before.has(listener))
    await listening
  }
}
