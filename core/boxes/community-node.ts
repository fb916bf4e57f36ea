import type { IdentifyResult, PeerId } from '@libp2p/interface'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { farthestFirst, relayed } from '../network/addresses.ts'
import { listenFault } from '../network/faults.ts'
import { privateNode, type PrivateNode } from '../network/libp2p.ts'
import { lookupProtocol } from '../network/protocols.ts'
import { Reach } from '../network/reach.ts'
import { RelayBounds, type RelayLimits } from '../network/relay-limits.ts'
import type { Counts } from './counts.ts'
import { HandOff } from './hand-off.ts'
import * as defaults from './limits.ts'
import { BoxServer, type ServerLimits } from './server.ts'
import { openStore, suspectStore } from './store-file.ts'
import type { BoxStore } from './store.ts'

export interface CommunityNodeOptions extends Partial<ServerLimits> {
  /** 32 bytes; closes the network. */
  readonly networkKey: Uint8Array
  /** 32 bytes, Ed25519: the node keeps its PeerId for as long as it keeps this. */
  readonly identitySeed: Uint8Array
  /** Multiaddrs without `/p2p/`, such as `/ip4/0.0.0.0/tcp/4001`. */
  readonly listen: readonly string[]
  /** What others are told instead, where the node is behind a router or has a name. */
  readonly announce?: readonly string[]
  /** Addresses of other nodes of the community, with `/p2p/`. */
  readonly nodes?: () => readonly string[]
  /** A file of its own, or ':memory:'. */
  readonly storePath: string
  /** Proof of work, in leading zero bits; 20 by default. */
  readonly workBits?: number
  /** Bytes that it stores; 1 GiB by default. */
  readonly quota?: number
  /** Takes boxes for every place, as a node must that invites name. By default true. */
  readonly anchor?: boolean
  /** How often boxes are handed to neighbours, and how long a new one must have stayed; milliseconds. */
  readonly handOff?: { readonly interval: number; readonly settle: number }
  /** Connections that it takes at once. */
  readonly maxConnections?: number
  readonly relay?: Partial<RelayLimits>
  /** Called once when the store turns out to be damaged while it is used: the next start begins with an empty one. */
  readonly onDamage?: () => void
  readonly log: Log
  readonly clock: Clock
}

/** Numbers only. */
export interface NodeHealth {
  readonly boxes: number
  /** Of the store, and how many it may come to. */
  readonly bytes: number
  readonly quota: number
  readonly connections: number
  /** Other community nodes that this one is connected with. */
  readonly neighbours: number
  readonly workBits: number
  /** What of the relay is used. */
  readonly relay: RelayLimits
  /** Whether a damaged store was put aside at this start. */
  readonly setAside: boolean
  readonly counts: Counts
}

interface Running {
  readonly node: PrivateNode
  readonly store: BoxStore
  readonly server: BoxServer
  readonly handOff: HandOff
  readonly reach: Reach
  readonly relay: RelayBounds
  readonly setAside: boolean
}

/** An always-on node of a community: answers lookups, relays, and stores boxes that it cannot read. */
export class CommunityNode implements Service {
  readonly #options: CommunityNodeOptions
  readonly #neighbours = new Map<string, PeerId>()
  #running: Running | undefined

  constructor(options: CommunityNodeOptions) {
    this.#options = options
  }

  /**
   * Resolves once it listens.
   *
   * @throws Fault `port-in-use`, `bad-input` where this machine has no such address, `disk-full`, `vault-newer`
   */
  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const { networkKey, identitySeed, listen, announce = [], nodes = () => [], storePath, clock, log } = this.#options
    const { quota = defaults.nodeBytes, maxConnections } = this.#options
    const relay = new RelayBounds(this.#options.relay)
    const node = await privateNode({
      networkKey,
      role: 'community',
      identitySeed,
      listen,
      announce,
      given: nodes,
      relay,
      ...(maxConnections === undefined ? {} : { maxConnections }),
    })
    const { store, setAside } = openStore(storePath, quota)
    if (setAside) log.write('error', 'box.store-put-aside')
    const server = this.#server(node, store)
    const handOff = new HandOff({
      node,
      store,
      neighbours: () => [...this.#neighbours.values()],
      onHandedOff: () => server.countHandedOff(),
      ...this.#options.handOff,
      clock,
      log,
    })
    const reach = new Reach({ node, addresses: nodes, clock, log, onChange: () => {} })
    node.addEventListener('peer:identify', this.#identified)
    node.addEventListener('peer:disconnect', this.#disconnected)
    try {
      await server.start()
      await node.start()
      await reach.start()
      await handOff.start()
    } catch (error) {
      await server.stop()
      await Promise.resolve(node.stop()).catch(() => {})
      store.close()
      throw listenFault(error)
    }
    this.#running = { node, store, server, handOff, reach, relay, setAside }
  }

  async stop(): Promise<void> {
    const running = this.#running
    if (running === undefined) return
    this.#running = undefined
    await running.handOff.stop()
    await running.reach.stop()
    await running.server.stop()
    await running.node.stop()
    running.store.close()
    this.#neighbours.clear()
  }

  /** Where others reach it, each with `/p2p/`; addresses of this machine last. Empty while it does not run. */
  addresses(): string[] {
    if (this.#running === undefined) return []
    const own = this.#running.node.getMultiaddrs().filter((address) => !relayed(address))
    return farthestFirst(own).map(String)
  }

  /** @returns undefined while it does not run */
  health(): NodeHealth | undefined {
    if (this.#running === undefined) return undefined
    const { node, store, server, relay, setAside } = this.#running
    const { count, bytes } = store
    return {
      boxes: count,
      bytes,
      quota: this.#options.quota ?? defaults.nodeBytes,
      connections: node.getConnections().length,
      neighbours: this.#neighbours.size,
      workBits: server.workBits,
      relay: relay.counts(),
      setAside,
      counts: server.counts,
    }
  }

  #server(node: PrivateNode, store: BoxStore): BoxServer {
    const { workBits, anchor, clock, log } = this.#options
    return new BoxServer({
      node,
      store,
      workBits: workBits ?? defaults.defaultWorkBits,
      anchor: anchor ?? true,
      neighbours: () => [...this.#neighbours.values()],
      onDamage: this.#damaged,
      limits: {
        storesPerMinute: this.#options.storesPerMinute ?? defaults.storesPerMinute,
        fetchesPerMinute: this.#options.fetchesPerMinute ?? defaults.fetchesPerMinute,
        getsPerMinute: this.#options.getsPerMinute ?? defaults.getsPerMinute,
        deletesPerMinute: this.#options.deletesPerMinute ?? defaults.deletesPerMinute,
        havesPerMinute: this.#options.havesPerMinute ?? defaults.havesPerMinute,
        nodeStoresPerSecond: this.#options.nodeStoresPerSecond ?? defaults.nodeStoresPerSecond,
        refusalPause: this.#options.refusalPause ?? defaults.refusalPause,
      },
      clock,
      log,
    })
  }

  readonly #damaged = (): void => {
    const { storePath, log, onDamage } = this.#options
    if (!suspectStore(storePath)) return
    log.write('error', 'box.store-damaged')
    onDamage?.()
  }

  readonly #identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
    if (detail.connection.direct && detail.protocols.includes(lookupProtocol)) {
      this.#neighbours.set(detail.peerId.toString(), detail.peerId)
    }
  }

  readonly #disconnected = ({ detail }: CustomEvent<PeerId>): void => {
    this.#neighbours.delete(detail.toString())
  }
}
