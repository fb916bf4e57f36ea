import { systemClock } from '../../../core/base/clock.ts'
import type { CommunityNode } from '../../../core/boxes/community-node.ts'
import { hourMs, nowHours } from '../../../core/boxes/hours.ts'
import { ShiftedClock } from '../../support/shifted-clock.ts'
import { startTestnet, type TestMember, type Testnet } from '../../support/testnet.ts'
import { draftOf, nextOf } from './drafts.ts'
import { Ledger } from './ledger.ts'
import { inTurn } from './in-turn.ts'
import { restless } from './limits.ts'
import type { Scenario, Stage } from './stage.ts'

/** Nodes that an invite names. */
const invited = 3
const authors = 4

/**
 * Half of the nodes are replaced, one after the other in random order, by new
 * ones with empty stores. What is found is looked at three times: before anybody
 * mended anything (reported), after the nodes had the time to hand off
 * (reported), and after the authors stored again as the protocol has them do.
 * Then all of it must be there.
 */
export const churn: Scenario = async (stage) => {
  const { dice, tell } = stage
  const clock = new ShiftedClock()
  const net = await startTestnet({ nodes: 0, workBits: 0, clock, node: restless })
  const ledger = new Ledger()
  try {
    const nodeCount = stage.size(16, 10)
    const join = (): Promise<CommunityNode> => net.join({ identitySeed: dice.bytes(32) })
    for (let i = 0; i < nodeCount; i++) await join()
    const writers = await Promise.all(Array.from({ length: authors }, () => invitee(net, stage)))
    await writeAll(ledger, writers, stage, clock)
    const handedBefore = handedOff(net)
    for (const node of dice.shuffled(net.nodes).slice(0, nodeCount / 2)) {
      await net.leave(node)
      await join()
    }
    const look = async (when: string) => {
      const reader = await invitee(net, stage)
      const tally = await ledger.check(reader.client, clock)
      await reader.stop()
      tell(`  churn, ${when}: ${tally.found} of ${tally.promised} found`)
      return tally
    }
    const atOnce = await look('nothing mended')

    // HAND-OFF: nodes pass boxes on to newcomers every 6 h. Time jumps past it, and what they do then is waited for.
    clock.jump(7.5 * hourMs)
    await handOffEnds(net)
    const handed = await look('after hand-off')

    // every 12 h +/- 25 %: past the latest
    clock.jump(8 * hourMs)
    let unstored = 0
    for (const [index, { box }] of ledger.kept.entries()) {
      await inTurn(writers, index)
        .client.store(box)
        .catch(() => unstored++)
    }
    const last = await look('after its authors stored it again')
    const percent = ({ found, promised }: typeof last): number => (100 * found) / promised
    return {
      ...last,
      crashed: 0,
      notes: {
        nodes: nodeCount,
        replaced: nodeCount / 2,
        'found % with nothing mended': percent(atOnce),
        'found % after hand-off': percent(handed),
        'handed off': handedOff(net) - handedBefore,
        late: ledger.late,
      },
      broken: unstored === 0 ? [] : [`${unstored} boxes could not be stored again`],
    }
  } finally {
    await net.stop()
  }
}

/** Somebody with an invite that names a few of the nodes there are. */
async function invitee(net: Testnet, { dice }: Stage): Promise<TestMember> {
  const named = dice.shuffled(net.nodes).slice(0, invited)
  return net.member({ addresses: named.flatMap((node) => node.addresses()) })
}

/** 200 boxes, of which one in five was renewed and one in ten deleted. */
async function writeAll(
  ledger: Ledger,
  writers: readonly TestMember[],
  { dice, size }: Stage,
  clock: ShiftedClock,
): Promise<void> {
  const boxes = size(200, 20)
  for (let i = 0; i < boxes; i++) {
    const { client } = inTurn(writers, i)
    const draft = draftOf(dice, clock, { expiryHours: nowHours(clock) + 72 })
    await ledger.store(client, draft)
    if (i % 5 === 0) await ledger.store(client, nextOf(dice, draft))
    if (i % 10 === 7) await ledger.delete(client, draft)
  }
}

function handedOff(net: Testnet): number {
  return net.nodes.reduce((sum, node) => sum + (node.health()?.counts.handedOff ?? 0), 0)
}

/** Until nothing was handed off for two seconds, and at most a minute. */
async function handOffEnds(net: Testnet): Promise<void> {
  let last = -1
  for (let seconds = 0; seconds < 60 && handedOff(net) !== last; seconds += 2) {
    last = handedOff(net)
    await systemClock.wait(2_000)
  }
}
