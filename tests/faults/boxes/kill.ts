import { setTimeout as wait } from 'node:timers/promises'
import { systemClock as clock } from '../../../core/base/clock.ts'
import type { Dice } from '../../harness/dice.ts'
import type { TestMember } from '../../support/testnet.ts'
import type { MortalNode } from '../mortal.ts'
import { draftOf, nextOf } from './drafts.ts'
import { inTurn } from './in-turn.ts'
import { Ledger, type Ending } from './ledger.ts'
import { NodeCrowd } from './node-crowd.ts'
import { OneNode, type Said } from './one-node.ts'
import type { Scenario } from './stage.ts'
import { sumOf } from './tallies.ts'

const writerCount = 2
/** Between two kills by one reaper, at most. */
const longestPauseMs = 400
/** After a node did not answer. */
const breathMs = 200

/**
 * kill -9 of node processes at random instants, while members store, renew and
 * delete without a pause. What a majority acknowledged is found by somebody new;
 * what one node acknowledged is on that node's disk, and every store is whole.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const crowd = await NodeCrowd.in(directory, size(5, 3))
  const ledger = new Ledger()
  const endings = { acknowledged: 0, unreachable: 0, 'box-refused': 0 }
  const said = new Map<Said, number>()
  const singles = crowd.addresses.map((address) => new OneNode(address, dice))
  try {
    const members = await Promise.all(Array.from({ length: writerCount + 1 }, () => crowd.member()))
    const writer = inTurn(members, writerCount)
    for (const single of singles) single.use(writer)
    const reaped = new AbortController()
    const writing = [
      ...members.slice(0, writerCount).map((member) => keepWriting(member, ledger, dice, endings, reaped.signal)),
      ...singles.map((single) => keepSending(single, said, reaped.signal)),
    ]
    const kills = size(50, 4)
    // two at a time, so that a majority is there in most instants and not in all
    const half = Math.floor(crowd.nodes.length / 2)
    const halves = [crowd.nodes.slice(0, half), crowd.nodes.slice(half)]
    const reapers = Promise.all(halves.map((nodes) => reap(nodes, Math.ceil(kills / 2), dice)))
    await Promise.race([reapers, Promise.all(writing)])
    const struck = (await reapers).reduce((sum, count) => sum + count, 0)
    reaped.abort()
    await Promise.all(writing)

    const reader = await crowd.member()
    const boxes = await ledger.check(reader.client, clock)
    const records = await Promise.all(singles.map((single) => single.check(reader)))
    tell(`  kill: ${boxes.promised} promises of a majority and ${sumOf(records).promised} of single nodes looked at`)
    await crowd.stop()
    const broken = crowd.damaged()
    const notes = {
      kills: struck,
      late: ledger.late,
      ...endings,
      'single done': said.get('done') ?? 0,
      'single cut off': said.get('nothing') ?? 0,
    }
    return { ...sumOf([boxes, ...records]), crashed: crowd.crashes, notes, broken }
  } finally {
    await crowd.stop()
  }
}

/** @returns how many it killed */
async function reap(nodes: readonly MortalNode[], kills: number, dice: Dice): Promise<number> {
  for (let i = 0; i < kills; i++) {
    await wait(dice.fraction() * longestPauseMs)
    await dice.pick(nodes).strike()
  }
  return kills
}

async function keepWriting(
  { client }: TestMember,
  ledger: Ledger,
  dice: Dice,
  endings: Record<Ending, number>,
  until: AbortSignal,
): Promise<void> {
  let draft = draftOf(dice, clock)
  while (!until.aborted) {
    const ending = await ledger.store(client, draft)
    endings[ending]++
    if (ending !== 'acknowledged') await wait(breathMs)
    const chance = dice.fraction()
    if (ending === 'acknowledged' && chance > 0.9) await ledger.delete(client, draft)
    draft = chance < 0.3 ? nextOf(dice, draft) : draftOf(dice, clock)
  }
}

async function keepSending(single: OneNode, said: Map<Said, number>, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const answer = await single.write()
    said.set(answer, (said.get(answer) ?? 0) + 1)
    if (answer !== 'done') await wait(breathMs)
  }
}
