import { hex, type Bytes } from '../../../core/base/bytes.ts'
import type { ServerLimits } from '../../../core/boxes/server.ts'
import { random } from '../../../core/crypto/random.ts'
import HyperDHT from 'hyperdht'
import { eventually } from '../../support/eventually.ts'
import type { OwnProcess } from '../../support/processes.ts'
import { startMember, type TestMember } from '../../support/testnet.ts'
import type { Children } from '../children.ts'
import { workBits as fewBits } from './prepared.ts'

/** Enough that members must find the nodes near a place, few enough for one process. */
export const nodeCount = 60
/** Of which members are told so many; the others are found by the network. */
export const toldCount = 3
/** How many others each node is told of; the network tells it of more. */
const neighbours = 6

/** All that fits: hyperdht's records travel in one datagram. Ours are whole boxes of 4,342 bytes. */
export const hyperValue = 1024

export interface OurNodes {
  readonly networkKey: Bytes
  /** All of them; the first of each process first. */
  readonly addresses: readonly string[]
  /** Members are told of these only. */
  readonly anchors: readonly string[]
  readonly processes: readonly OwnProcess[]
  member(): Promise<TestMember>
}

export interface OurNodesOptions {
  /** How many nodes in each process. */
  readonly groups: readonly number[]
  /** Stores on disk, each write of which reaches it. */
  readonly directory?: string
  readonly limits?: Partial<ServerLimits>
  /** Proof of work in bits. */
  readonly workBits?: number
  /** For node itself. */
  readonly flags?: readonly string[]
}

/** Community nodes that know each other, in other processes. */
export async function ourNodes(children: Children, options: OurNodesOptions): Promise<OurNodes> {
  const { groups, directory, limits = generous, workBits = fewBits, flags } = options
  const networkKey = random(32)
  const others = Math.min(groups.reduce((sum, count) => sum + count, 0) - 1, neighbours)
  const processes: OwnProcess[] = []
  const addresses: string[][] = []
  for (const count of groups) {
    const told = addresses.flat()
    const input = { networkKey: hex(networkKey), count, others, told, workBits, directory, limits }
    const child = children.start('boxes/nodes-process.ts', input, flags)
    processes.push(child)
    const [, list = ''] = await child.line(/^listening (.+)$/, 150_000)
    addresses.push(list.split(' '))
  }
  for (const child of processes) await child.line(/^met$/, 120_000)
  // one of those that members are told of is among the silent, where some are
  const anchors = [...addresses.toReversed().map(([first]) => first), ...(addresses[0] ?? []).slice(1)]
    .filter((address) => address !== undefined)
    .slice(0, toldCount)
  return {
    networkKey,
    addresses: addresses.flat(),
    anchors,
    processes,
    async member() {
      const member = await startMember({ networkKey, addresses: anchors })
      const reached = (): boolean => member.node.status().nodesReached === anchors.length
      await eventually(reached, { timeoutMs: 60_000, what: 'a member to reach its nodes' })
      return member
    },
  }
}

/** One client asks for more than a member may; hyperdht limits nothing. */
const generous: Partial<ServerLimits> = {
  storesPerMinute: 100_000,
  fetchesPerMinute: 100_000,
  getsPerMinute: 100_000,
  nodeStoresPerSecond: 10_000,
}

export interface HyperNodes {
  readonly processes: readonly OwnProcess[]
  /** A client that has found its place in the network. */
  client(): Promise<HyperDHT>
}

export async function hyperNodes(children: Children, groups: readonly number[]): Promise<HyperNodes> {
  const processes: OwnProcess[] = []
  let bootstrap: { host: string; port: number }[] = []
  for (const count of groups) {
    const child = children.start('boxes/hyperdht-process.ts', { count, bootstrap })
    processes.push(child)
    const [, told = '[]'] = await child.line(/^listening (.+)$/, 150_000)
    bootstrap = JSON.parse(told) as typeof bootstrap
  }
  return {
    processes,
    async client() {
      const dht = new HyperDHT({ bootstrap, ephemeral: true, host: '127.0.0.1' })
      await dht.fullyBootstrapped()
      return dht
    },
  }
}
