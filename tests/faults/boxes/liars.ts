import { systemClock as clock } from '../../../core/base/clock.ts'
import { startTestnet, type TestMember } from '../../support/testnet.ts'
import { draftOf, nextOf } from './drafts.ts'
import { Ledger, type Tally } from './ledger.ts'
import { Liar, lies } from './liar.ts'
import { restless } from './limits.ts'
import type { Scenario, Stage } from './stage.ts'

const honest = 6
const mostLying = 3
/** A read that takes longer than this is as good as none. */
const longestReadMs = 30_000

/**
 * Three of nine nodes lie, in each way in turn, from the first box on: they are
 * among those that acknowledge. Everything that was acknowledged is found all the
 * same, and nobody waits longer for it than the bound.
 */
export const liars: Scenario = async (stage) => {
  const net = await startTestnet({ nodes: 0, workBits: 0, node: restless })
  const crowd: Liar[] = []
  const sum = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
  const notes: Record<string, number> = {}
  const broken: string[] = []
  try {
    for (let i = 0; i < honest; i++) await net.join({ identitySeed: stage.dice.bytes(32) })
    for (let i = 0; i < stage.size(mostLying, 1); i++)
      crowd.push(await Liar.start(net.networkKey, stage.dice.bytes(32)))
    // the liars first: a member that asks in the order of its invite would meet them at once
    const addresses = [...crowd.flatMap((liar) => liar.addresses), ...net.nodes.flatMap((node) => node.addresses())]
    for (const [name, lie] of Object.entries(lies)) {
      for (const liar of crowd) liar.lie = lie
      const [writer, reader] = await Promise.all([net.member({ addresses }), net.member({ addresses })])
      const { tally, slowestMs } = await oneLie(writer, reader, stage)
      await writer.stop()
      await reader.stop()
      for (const count of Object.keys(sum) as (keyof Tally)[]) sum[count] += tally[count]
      stage.tell(`  liars, each ${name}: ${tally.found} of ${tally.promised} found, slowest read ${slowestMs} ms`)
      if (slowestMs > longestReadMs) broken.push(`a read took ${slowestMs} ms where a third ${name}`)
      notes['slowest read ms'] = Math.max(notes['slowest read ms'] ?? 0, slowestMs)
    }
    return { ...sum, crashed: 0, notes: { ...notes, lies: Object.keys(lies).length }, broken }
  } finally {
    for (const liar of crowd) await liar.stop()
    await net.stop()
  }
}

/** Boxes that are new, renewed and deleted, then read. */
async function oneLie(
  writer: TestMember,
  reader: TestMember,
  { dice, size }: Stage,
): Promise<{ tally: Tally; slowestMs: number }> {
  const ledger = new Ledger()
  const drafts = Array.from({ length: size(12, 3) }, () => draftOf(dice, clock))
  for (const [index, draft] of drafts.entries()) {
    await ledger.store(writer.client, draft)
    if (index % 3 === 0) await ledger.store(writer.client, nextOf(dice, draft))
    if (index % 3 === 1) await ledger.delete(writer.client, draft)
  }
  const from = performance.now()
  const tally = await ledger.check(reader.client, clock)
  const slowestMs = Math.round(performance.now() - from)
  return { tally, slowestMs }
}
