import { join } from 'node:path'
import type { NetworkView, PrivacyMode } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { startAll, stopAll, type Service } from '../base/service.ts'
import { CommunityNode } from '../boxes/community-node.ts'
import { NetworkBoxClient } from '../boxes/network-client.ts'
import { Poller, type Watch } from '../boxes/poller.ts'
import type { Communities, Community } from '../community/communities.ts'
import { MemberNode } from '../network/member-node.ts'

export interface MembershipOptions {
  readonly communityId: CommunityId
  readonly communities: Communities
  /** Where a node hosted on this device keeps its boxes. */
  readonly directory: string
  readonly privacyMode: PrivacyMode
  readonly clock: Clock
  readonly log: Log
  readonly tuning: Tuning
  /** Called at every change of the network's state. */
  readonly onChange: () => void
}

/** What tests and the demo set differently from a person's device. */
export interface Tuning {
  /** Proof of work that a node hosted on this device asks for. */
  readonly workBits?: number
  /** Where a node hosted on this device listens. */
  readonly host?: string
}

/** One community while the vault is open: the hosted node if any, the member's own node, its boxes and its mail. */
export class Membership implements Service {
  readonly node: MemberNode
  readonly client: NetworkBoxClient
  readonly poller: Poller
  readonly #options: MembershipOptions
  #hosted: CommunityNode | undefined
  #unwatch: (() => void) | undefined
  #started = false

  constructor(options: MembershipOptions) {
    const { communities, communityId, privacyMode, clock, log } = options
    this.#options = options
    const { networkKey } = communities.get(communityId)
    this.node = new MemberNode({ networkKey, nodes: () => this.nodes(), privacyMode, clock, log })
    this.client = new NetworkBoxClient({ node: this.node, clock, log })
    this.poller = new Poller({ client: this.client, clock, log })
  }

  /**
   * Addresses of community nodes, the hosted one's first, then those that the
   * person was given. Nodes that only the network told of are not among them:
   * whoever holds the network key can run one, and invites must not name it.
   */
  nodes(): string[] {
    const { communities, communityId } = this.#options
    return [...(this.#hosted?.addresses() ?? []), ...communities.get(communityId).nodes]
  }

  watch(source: () => Iterable<Watch>): void {
    this.poller.addSource(source)
  }

  view(): NetworkView {
    return { ...this.node.status(), privacyMode: this.#options.privacyMode }
  }

  async start(): Promise<void> {
    if (this.#started) return
    this.#started = true
    try {
      await this.#start()
    } catch (error) {
      // a node hosted here must not go on alone: its port and its boxes are wanted at the next try
      await this.stop().catch(() => {})
      throw error
    }
  }

  async #start(): Promise<void> {
    const community = this.#options.communities.get(this.#options.communityId)
    if (community.hosting) await this.#host(community)
    this.#unwatch = this.node.onStatus(this.#options.onChange)
    await startAll([this.node, this.client, this.poller])
  }

  async stop(): Promise<void> {
    if (!this.#started) return
    this.#started = false
    this.#unwatch?.()
    await stopAll([...(this.#hosted === undefined ? [] : [this.#hosted]), this.node, this.client, this.poller])
    this.#hosted = undefined
  }

  async #host(community: Community): Promise<void> {
    const { port, node } = await this.#startHosted(community).catch((error: unknown) => {
      // Invites name the port, so the same one is wanted; without it the community would be dead on this device.
      if (isFault(error, 'port-in-use')) return this.#startHosted({ ...community, hostPort: undefined })
      throw error
    })
    this.#hosted = node
    if (port !== community.hostPort) this.#options.communities.setHostPort(community.id, port)
  }

  async #startHosted(community: Community): Promise<{ node: CommunityNode; port: number }> {
    const { communities, directory, tuning, clock, log } = this.#options
    const identitySeed = communities.hostIdentity(community.id)
    if (identitySeed === undefined) throw new TypeError('A hosted community has no identity for its node')
    const node = new CommunityNode({
      networkKey: community.networkKey,
      identitySeed,
      nodes: () => communities.get(community.id).nodes,
      listen: [`/ip4/${tuning.host ?? '0.0.0.0'}/tcp/${community.hostPort ?? 0}`],
      storePath: join(directory, `boxes-${community.id}.db`),
      ...(tuning.workBits === undefined ? {} : { workBits: tuning.workBits }),
      clock,
      log,
    })
    await node.start()
    const port = Number(/\/tcp\/(\d+)/.exec(node.addresses()[0] ?? '')?.[1] ?? 0)
    return { node, port }
  }
}
