import { afterAll, afterEach, beforeAll } from 'vitest'
import type { ServerLimits } from '../../core/boxes/server.ts'
import type { MemberNode } from '../../core/network/member-node.ts'
import { BoxLine } from './box-line.ts'
import { ManualClock } from './manual-clock.ts'
import { startTestnet, type TestMember, type Testnet } from './testnet.ts'

/** More than any test asks for, refused at once. */
export const wide: Partial<ServerLimits> = {
  storesPerMinute: 1e9,
  fetchesPerMinute: 1e9,
  getsPerMinute: 1e9,
  deletesPerMinute: 1e9,
  nodeStoresPerSecond: 1e9,
  refusalPause: 0,
}

/** One node for all tests of a file, at a time that the file moves, and members for one test each. */
export interface OneNodeNet {
  readonly clock: ManualClock
  /** Proof of work that the node asks for. */
  readonly bits: number
  /** Of the member that came last. */
  readonly member: MemberNode
  /** By a member of its own, so that each test has a connection of its own. */
  readonly line: () => Promise<BoxLine>
  readonly health: () => NonNullable<ReturnType<Testnet['nodes'][number]['health']>>
}

/** To be called once, at the top of a test file. */
export function oneNodeNet({
  bits,
  limits,
}: {
  readonly bits: number
  readonly limits: Partial<ServerLimits>
}): OneNodeNet {
  const clock = new ManualClock()
  const members: TestMember[] = []
  let net: Testnet | undefined
  const started = (): Testnet => net ?? missing('the node')

  beforeAll(async () => {
    net = await startTestnet({ nodes: 1, workBits: bits, clock, node: limits })
  })
  afterEach(async () => {
    for (const member of members.splice(0)) await member.stop()
  })
  afterAll(async () => {
    await net?.stop()
  })

  return {
    clock,
    bits,
    get member() {
      return members.at(-1)?.node ?? missing('a member')
    },
    line: async () => {
      const member = await started().member()
      members.push(member)
      return BoxLine.open(member.node)
    },
    health: () => started().nodes[0]?.health() ?? missing("the node's health"),
  }
}

function missing(what: string): never {
  throw new Error(`${what} is not there`)
}
