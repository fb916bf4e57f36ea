import { join } from 'node:path'
import { equal } from '../../../core/base/bytes.ts'
import { systemClock as clock } from '../../../core/base/clock.ts'
import { nothing } from '../../harness/faults.ts'
import type { FullDraft } from '../../support/boxes.ts'
import { eventually } from '../../support/eventually.ts'
import { twoSides, type Side, type TwoSides } from '../../support/two-sides.ts'
import { draftOf, nextOf } from './drafts.ts'
import { FarMember } from './far-member.ts'
import { Ledger, type Ending } from './ledger.ts'
import { NodeCrowd } from './node-crowd.ts'
import type { Scenario, Stage } from './stage.ts'
import { sumOf } from './tallies.ts'

/**
 * Two hosts with nodes and a member each, between which nothing goes through for
 * a while. Both write: the same boxes, and others. Afterwards both see at once
 * all that was acknowledged; and once the nodes have handed on what they hold,
 * also what was not, with the highest sequence, without their authors' doing.
 *
 * The minority is told `unreachable` as long as it does not know that the others
 * are gone. Once it does, PROTOCOL.md has it count those it reaches: what they
 * acknowledge then is a promise like any other.
 */
export const partition: Scenario = async (stage) => {
  const net = twoSides()
  if (net === undefined) return { ...nothing, skipped: 'network namespaces take root and iproute2' }
  try {
    const [left, right] = net.sides
    const lodge = (side: Side, count: number, from: number) =>
      Array.from({ length: count }, (_, index) => ({
        directory: join(stage.directory, `node-${from + index}`),
        host: side.address,
        within: side.within,
      }))
    // the left is the majority
    const [most, few] = [stage.size(3, 2), stage.size(2, 1)]
    const handOff = { settle: 2, interval: 10 }
    const crowd = await NodeCrowd.start([...lodge(left, most, 0), ...lodge(right, few, most)], { handOff })
    try {
      return await apart(net, crowd, few, stage)
    } finally {
      await crowd.stop()
    }
  } finally {
    net.remove()
  }
}

async function apart(net: TwoSides, crowd: NodeCrowd, few: number, { dice, size, tell }: Stage) {
  const [left, right] = net.sides
  const ledger = new Ledger()
  const broken: string[] = []
  const far: FarMember[] = []
  const member = async (side: Side): Promise<FarMember> => {
    const made = new FarMember(side.within, crowd.networkKey, crowd.addresses)
    far.push(made)
    await eventually(async () => (await made.nodesReached()) === crowd.nodes.length, {
      timeoutMs: 150_000,
      everyMs: 250,
    })
    return made
  }
  /** All at the same time. @returns how many ended in each way */
  const write = async (client: FarMember, drafts: readonly FullDraft[]): Promise<Record<Ending, number>> => {
    const endings = await Promise.all(drafts.map((draft) => ledger.store(client, draft)))
    const count = (ending: Ending): number => endings.filter((each) => each === ending).length
    return {
      acknowledged: count('acknowledged'),
      unreachable: count('unreachable'),
      'box-refused': count('box-refused'),
    }
  }
  const fresh = (count: number): FullDraft[] => Array.from({ length: count }, () => draftOf(dice, clock))
  const boxes = size(10, 4)
  try {
    const [a, b] = [await member(left), await member(right)]
    let shared = fresh(boxes)
    const before = await write(a, shared)
    if (before.acknowledged < boxes) broken.push('not everything could be stored before the cut')

    net.cut()
    const second = shared.map((draft) => nextOf(dice, draft))
    shared = second.map((draft) => nextOf(dice, draft))
    const [majority, minority] = await Promise.all([
      write(a, [...second, ...fresh(boxes)]),
      write(b, [...shared, ...fresh(boxes)]),
    ])
    tell(`  partition, just cut: the majority ${JSON.stringify(majority)}, the minority ${JSON.stringify(minority)}`)
    if (majority.acknowledged < 2 * boxes) broken.push('the side with most nodes could not store')
    if (minority.acknowledged > 0) broken.push('a minority acknowledged for all')
    let noticed: Record<Ending, number> | undefined
    if (boxes >= 10) {
      // it takes the connections' own pings to notice, and then a dial of each that fails
      await eventually(async () => (await b.nodesReached()) === few, { timeoutMs: 180_000, everyMs: 500 })
      const [probe] = fresh(1)
      for (let tries = 0; tries < 6 && probe !== undefined; tries++) {
        if ((await ledger.store(b, probe)) === 'acknowledged') break
      }
      shared = shared.map((draft) => nextOf(dice, draft))
      noticed = await write(b, [...shared, ...fresh(boxes)])
      tell(`  partition, noticed: the minority ${JSON.stringify(noticed)}`)
    }

    net.heal()
    const [left2, right2] = [await member(left), await member(right)]
    const tallies = [await ledger.check(left2, clock), await ledger.check(right2, clock)]
    const places = shared.map(({ capability }) => capability)
    const newest = async (client: FarMember): Promise<boolean> => {
      const seen = await client.fetch(places)
      return shared.every(({ capability, sequence }) =>
        seen.some((each) => equal(each.place, capability.place) && each.sequence === sequence),
      )
    }
    await eventually(async () => (await newest(left2)) && (await newest(right2)), {
      timeoutMs: 120_000,
      everyMs: 1_000,
      what: 'both sides see the newest boxes',
    })
    const notes = {
      'minority unreachable': minority.unreachable,
      'minority acknowledged': minority.acknowledged,
      'majority acknowledged': majority.acknowledged,
      ...(noticed === undefined ? {} : { 'acknowledged by the minority once it noticed': noticed.acknowledged }),
      late: ledger.late,
    }
    return { ...sumOf(tallies), crashed: crowd.crashes, notes, broken }
  } finally {
    net.heal()
    for (const each of far) await each.stop()
  }
}
