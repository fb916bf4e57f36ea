import { systemClock } from '../../../core/base/clock.ts'
import { hex, type Bytes } from '../../../core/base/bytes.ts'
import type { ServerLimits } from '../../../core/boxes/server.ts'
import { random } from '../../../core/crypto/random.ts'
import HyperDHT from 'hyperdht'
import { draftFor, makeBox, type FullDraft } from '../../support/boxes.ts'
import type { OwnProcess } from '../../support/processes.ts'
import { startMember, type TestMember } from '../../support/testnet.ts'
import type { Children } from './children.ts'

/** Enough that members must find the nodes near a place, few enough for one process. */
export const nodeCount = 60
/** Of which members are told so many; the others are found by the network. */
const toldCount = 3
/** How many others each node is told of; the network tells it of more. */
const neighbours = 12
const workBits = 6

export interface OurNodes {
  readonly networkKey: Bytes
  readonly workBits: number
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
}

/** Community nodes that know each other, in other processes. */
export async function ourNodes(children: Children, options: OurNodesOptions): Promise<OurNodes> {
  const { groups, directory, limits = generous } = options
  const networkKey = random(32)
  const others = Math.min(groups.reduce((sum, count) => sum + count, 0) - 1, neighbours)
  const processes: OwnProcess[] = []
  const addresses: string[][] = []
  for (const count of groups) {
    const told = addresses.flat()
    const input = { networkKey: hex(networkKey), count, others, told, workBits, directory, limits }
    const child = children.start('nodes-process.ts', input)
    processes.push(child)
    const [, list = ''] = await child.line(/^listening (.+)$/)
    addresses.push(list.split(' '))
  }
  for (const child of processes) await child.line(/^met$/, 120_000)
  // one of those that members are told of is among the silent, where some are
  const anchors = [...addresses.toReversed().map(([first]) => first), ...(addresses[0] ?? []).slice(1)]
    .filter((address) => address !== undefined)
    .slice(0, toldCount)
  return {
    networkKey,
    workBits,
    addresses: addresses.flat(),
    anchors,
    processes,
    member: () => startMember({ networkKey, addresses: anchors }),
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
    const child = children.start('hyperdht-process.ts', { count, bootstrap })
    processes.push(child)
    const [, told = '[]'] = await child.line(/^listening (.+)$/)
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

/** A whole box of class 0 (4,342 bytes) at a place of its own, with the work that the nodes ask for. */
export function preparedBox(bits: number = workBits): { readonly draft: FullDraft; readonly box: Bytes } {
  const draft = draftFor(systemClock, { content: random(1000) })
  return { draft, box: makeBox(draft, bits) }
}
