import { setTimeout as wait } from 'node:timers/promises'
import { Dice } from '../../harness/dice.ts'
import type { Scenario } from '../boxes/stage.ts'
import type { Mortal } from '../mortal.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'

/** Long enough to start and to do something, short enough that the start itself is hit too. */
const shortLifeMs = 2_000
/** Now and then long enough for presence to be read and a channel to open. */
const longLifeMs = 10_000
const nodeLifeMs = 4_000

/**
 * kill -9 at random instants of both members and all nodes, while both write
 * without a pause.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const town = await Town.build({ directory })
  try {
    await town.start()
    const over = new AbortController()
    const ownDice = (): Dice => new Dice(dice.below(2 ** 31))
    const writing = Promise.all(town.residents.map((each) => playScript(each, ownDice(), { until: over.signal })))
    // whoever fails early is heard of below
    writing.catch(() => {})
    const instants = size(1_000, 12)
    const ofNodes = Math.ceil(instants / 5)
    const ofEach = Math.ceil((instants - ofNodes) / 2)
    const reapers = [
      ...town.residents.map(({ app }) => reap([app], { dice: ownDice(), kills: ofEach, life: memberLife })),
      reap(town.crowd.nodes, { dice: ownDice(), kills: ofNodes, life: (of) => of.fraction() * nodeLifeMs }),
    ]
    const struck = await Promise.race([Promise.all(reapers), writing.then(() => Promise.all(reapers))])
    over.abort()
    await writing
    const said = town.seeker.said.length + town.mentor.said.length
    tell(`  kill: ${said} messages were written meanwhile`)
    return await town.judge({ instants: struck.reduce((sum, count) => sum + count, 0), 'of nodes': ofNodes, said })
  } finally {
    await town.stop()
  }
}

function memberLife(dice: Dice): number {
  return dice.fraction() * (dice.fraction() < 0.9 ? shortLifeMs : longLifeMs)
}

/** @returns how many it killed */
async function reap(
  mortals: readonly Mortal[],
  { dice, kills, life }: { readonly dice: Dice; readonly kills: number; readonly life: (dice: Dice) => number },
): Promise<number> {
  for (let i = 0; i < kills; i++) {
    await wait(life(dice))
    await dice.pick(mortals).strike()
  }
  return kills
}
