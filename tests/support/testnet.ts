import type { PrivacyMode } from '../../core/api/views.ts'
import type { Bytes } from '../../core/base/bytes.ts'
import { systemClock, type Clock } from '../../core/base/clock.ts'
import { silentLog, type Log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { CommunityNode, type CommunityNodeOptions } from '../../core/boxes/community-node.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { random } from '../../core/crypto/random.ts'
import { MemberNode } from '../../core/network/member-node.ts'

export interface TestnetOptions {
  /** Community nodes. */
  readonly nodes?: number
  /** Proof of work that they ask for; so little that it takes no time. */
  readonly workBits?: number
  readonly clock?: Clock
  readonly log?: Log
  /** How many of the nodes members are told of; all by default. */
  readonly anchors?: number
  /** How many of the nodes before it each one is told of. */
  readonly neighbours?: number
  /** Further options of every node. */
  readonly node?: Partial<CommunityNodeOptions>
}

export interface TestMember {
  readonly node: MemberNode
  readonly client: NetworkBoxClient
  stop(): Promise<void>
}

export interface TestMemberOptions {
  readonly privacyMode?: PrivacyMode
  readonly networkKey?: Uint8Array
  /** Told of these nodes instead of the testnet's own addresses: of a wire tap, for one. */
  readonly addresses?: readonly string[]
  /** Another one than the nodes have. */
  readonly clock?: Clock
}

export interface Testnet {
  readonly networkKey: Bytes
  /** Of the nodes that members are told of. */
  readonly addresses: readonly string[]
  /** Those that run now. */
  readonly nodes: readonly CommunityNode[]
  /** One node more, told of some that are there. */
  join(options?: Partial<CommunityNodeOptions>): Promise<CommunityNode>
  /** One node less, and what it held. */
  leave(node: CommunityNode): Promise<void>
  /** A member that has started; it may still be connecting. */
  member(options?: TestMemberOptions): Promise<TestMember>
  /** Everything, members too. */
  stop(): Promise<void>
}

/** A community's network in this process: real libp2p nodes on loopback, with stores in memory. */
export async function startTestnet(options: TestnetOptions = {}): Promise<Testnet> {
  const {
    nodes: count = 1,
    workBits = 6,
    clock = systemClock,
    log = silentLog,
    anchors = count,
    neighbours = 3,
  } = options
  const networkKey = random(32)
  const nodes: CommunityNode[] = []
  const started: Service[] = []
  const join = async (further: Partial<CommunityNodeOptions> = {}): Promise<CommunityNode> => {
    const before = nodes.flatMap((node) => node.addresses())
    const node = new CommunityNode({
      networkKey,
      identitySeed: random(32),
      listen: ['/ip4/127.0.0.1/tcp/0'],
      nodes: () => before.slice(0, neighbours),
      storePath: ':memory:',
      workBits,
      clock,
      log,
      ...options.node,
      ...further,
    })
    await node.start()
    nodes.push(node)
    started.push(node)
    return node
  }
  for (let i = 0; i < count; i++) await join()
  const addresses = nodes.slice(0, anchors).flatMap((node) => node.addresses())
  return {
    networkKey,
    addresses,
    nodes,
    join,
    async leave(node) {
      nodes.splice(nodes.indexOf(node), 1)
      await node.stop()
    },
    async member({
      privacyMode = 'relay',
      networkKey: key = networkKey,
      addresses: told = addresses,
      clock: own = clock,
    } = {}) {
      const node = new MemberNode({ networkKey: key, nodes: () => told, privacyMode, clock: own, log })
      const client = new NetworkBoxClient({ node, clock: own, log })
      await node.start()
      await client.start()
      started.push(node, client)
      return { node, client, stop: () => stopAll([node, client]) }
    },
    stop: () => stopAll(started),
  }
}
