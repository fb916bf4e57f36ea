import type { Connection, IdentifyResult, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { NetworkView, PrivacyMode } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { byPeer, farthestFirst, parseAddresses, peerOf, relayed, relayOf } from './addresses.ts'
import { listenFault } from './faults.ts'
import { privateNode, type PrivateNode } from './libp2p.ts'
import { toldAddresses } from './limits.ts'
import { exposure } from './privacy.ts'
import { boxProtocol } from './protocols.ts'
import { Reach } from './reach.ts'
import { Relays } from './relays.ts'

export interface MemberNodeOptions {
  /** 32 bytes. */
  readonly networkKey: Uint8Array
  /** Addresses of community nodes, each with `/p2p/`, the most trusted first. */
  readonly nodes: () => readonly string[]
  readonly privacyMode: PrivacyMode
  readonly log: Log
  readonly clock: Clock
}

export type NodeStatus = Pick<NetworkView, 'state' | 'nodesReached' | 'nodesKnown'>

/** A node of the invite, as the box client sees it. */
export interface Anchor {
  readonly peer: PeerId
  /** Whether the last attempt to reach it failed. */
  readonly failed: boolean
}

/** A member's own libp2p node: another PeerId at every start, asks and is never asked, listens as its privacy mode says. */
export class MemberNode implements Service {
  readonly #options: MemberNodeOptions
  #running: { readonly node: PrivateNode; readonly reach: Reach; readonly relays: Relays } | undefined
  readonly #listeners = new Set<() => void>()
  /** Peers that said that they serve boxes, while we are connected with them. */
  readonly #servers = new Map<string, PeerId>()
  #last = ''

  constructor(options: MemberNodeOptions) {
    this.#options = options
  }

  /**
   * Resolves once the node runs, before anybody is reached.
   *
   * @throws Fault `mode-unavailable`, `bad-input` where this machine cannot listen
   */
  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const { networkKey, privacyMode, nodes, clock, log } = this.#options
    const { listen } = exposure(privacyMode)
    const node = await privateNode({ networkKey, role: 'member', listen, given: nodes })
    node.addEventListener('peer:identify', this.#identified)
    node.addEventListener('peer:disconnect', this.#disconnected)
    const relays = new Relays({ node, clock, log })
    const reach = new Reach({ node, addresses: nodes, clock, log, onChange: () => this.#changed() })
    try {
      await node.start()
      this.#running = { node, reach, relays }
      await reach.start()
    } catch (error) {
      this.#running = undefined
      await Promise.resolve(node.stop()).catch(() => {})
      throw listenFault(error)
    }
    this.#changed()
  }

  async stop(): Promise<void> {
    const running = this.#running
    if (running === undefined) return
    await running.reach.stop()
    await running.relays.stop()
    await running.node.stop()
    this.#running = undefined
    this.#servers.clear()
    this.#changed()
  }

  /** @throws Fault `wrong-state` while it does not run */
  get libp2p(): PrivateNode {
    return this.#require().node
  }

  status(): NodeStatus {
    const known = byPeer(parseAddresses(this.#options.nodes())).size
    if (this.#running === undefined) return { state: 'offline', nodesReached: 0, nodesKnown: known }
    const nodesReached = this.#running.reach.reached().length
    return { state: nodesReached > 0 ? 'reached' : 'connecting', nodesReached, nodesKnown: known }
  }

  /** Calls `listener` after every change of `status()`. @returns how to stop */
  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Tries all nodes again at once.
   *
   * @throws Fault `unreachable`, `wrong-network-key` where none could be reached
   */
  async reconnect(): Promise<void> {
    await this.#require().reach.now()
  }

  /** The nodes of the invite. Empty while it does not run. */
  anchors(): Anchor[] {
    const reach = this.#running?.reach
    if (reach === undefined) return []
    return reach.known().map((peer) => ({ peer, failed: reach.failed(peer) }))
  }

  /** Community nodes that we are connected with now: those of the invite, and those that the network told of. */
  servers(): PeerId[] {
    const peers = new Map(this.#servers)
    for (const peer of this.#running?.reach.reached() ?? []) peers.set(peer.toString(), peer)
    return [...peers.values()]
  }

  /**
   * What contacts may be told, the best first: addresses through relays, and
   * this device's own only where `direct` is set and the privacy mode allows it.
   */
  addresses(direct: boolean): string[] {
    if (this.#running === undefined) return []
    const { node, relays } = this.#running
    const own =
      direct && exposure(this.#options.privacyMode).direct
        ? node.services.listening.transports
            .getAddrs()
            .filter((address) => !relayed(address))
            .map((address) => address.encapsulate(`/p2p/${node.peerId.toString()}`))
        : []
    const told = [...farthestFirst(own).slice(0, toldAddresses / 2), ...farthestFirst(relays.addresses())]
    return [...new Set(told.map(String))].slice(0, toldAddresses)
  }

  /**
   * Those of a contact's addresses that may be dialled: through relays that are
   * nodes of this community, and direct ones only where `direct` is set and the
   * privacy mode allows it. Whoever is dialled otherwise would learn our address.
   */
  dialable(addresses: readonly string[], direct: boolean): Multiaddr[] {
    const nodes = new Set(parseAddresses([...this.#options.nodes(), ...this.knownNodes()]).map(peerOf))
    const mayBeDirect = direct && exposure(this.#options.privacyMode).direct
    return parseAddresses(addresses.slice(0, 2 * toldAddresses)).filter((address) => {
      if (peerOf(address) === undefined) return false
      const relay = relayOf(address)
      return relayed(address) ? relay !== undefined && nodes.has(relay) : mayBeDirect
    })
  }

  /** Addresses of community nodes at which we reached them. */
  knownNodes(): string[] {
    if (this.#running === undefined) return []
    const { node } = this.#running
    return this.servers().flatMap((peer) =>
      node
        .getConnections(peer)
        .filter((connection) => isProven(connection))
        .map(({ remoteAddr }) => remoteAddr.toString())
        .slice(0, 1),
    )
  }

  #require(): { readonly node: PrivateNode; readonly reach: Reach } {
    if (this.#running === undefined) throw new Fault('wrong-state', 'The network is switched off')
    return this.#running
  }

  #changed(): void {
    const reached = this.#running?.reach.reached()
    if (reached !== undefined) this.#running?.relays.keep(reached)
    const now = JSON.stringify(this.status())
    if (now === this.#last) return
    this.#last = now
    for (const listener of this.#listeners) listener()
  }

  readonly #identified = ({ detail }: CustomEvent<IdentifyResult>): void => {
    if (detail.connection.direct && detail.protocols.includes(boxProtocol)) {
      this.#servers.set(detail.peerId.toString(), detail.peerId)
    }
  }

  readonly #disconnected = ({ detail }: CustomEvent<PeerId>): void => {
    this.#servers.delete(detail.toString())
  }
}

/** We dialled it and it answered there. */
function isProven({ direction, direct, status }: Connection): boolean {
  return direction === 'outbound' && direct && status === 'open'
}
