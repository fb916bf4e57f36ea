import { join } from 'node:path'
import type { Scenario } from '../boxes/stage.ts'
import { NodeCrowd } from '../boxes/node-crowd.ts'
import { killsOf, reap } from '../conversations/reaper.ts'
import { playSteps } from '../conversations/script.ts'
import { Town } from '../conversations/town.ts'
import { nothing, type Outcome } from '../../harness/faults.ts'
import { Pair } from './pair.ts'
import { steps } from './script.ts'

/** So long somebody is away at most, now and then. */
const offMs = 4_000

/**
 * kill -9 at random instants of the members of two pairs, some of whom stay away
 * for a while, and of the nodes that they share, while all edit their workspaces,
 * plan, agree and pause.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const env = { NODE_COMPILE_CACHE: join(directory, 'compiled') }
  const crowd = await NodeCrowd.start(
    Array.from({ length: 3 }, (_, nth) => ({ directory: join(directory, `node-${nth}`), env })),
  )
  const towns: Town[] = []
  try {
    for (const name of ['first', 'second']) {
      towns.push(await Town.build({ directory: join(directory, name), crowd, env: { seeker: env, mentor: env } }))
    }
    await Promise.all(towns.map((town) => town.start()))
    const pairs = await Promise.all(towns.map((town) => Pair.begin(town)))
    const over = new AbortController()
    const working = Promise.all(
      pairs
        .flatMap(({ partners }) => partners)
        .map((partner) =>
          playSteps(steps, partner, dice.another(), { nth: (done) => done, isOver: () => over.signal.aborted }),
        ),
    )
    // whoever fails early is heard of below
    working.catch(() => {})
    const kills = killsOf(size(200, 8))
    const residents = towns.flatMap(({ mortals }) => mortals.residents)
    const reaping = reap({ residents, nodes: crowd.nodes }, { ...kills, offMs }, dice.another())
    const instants = await Promise.race([reaping, working.then(() => reaping)])
    over.abort()
    await working
    const judged = await Promise.all(pairs.map((pair) => pair.judge()))
    const done = judged.reduce((sum, { notes }) => sum + (notes['done'] ?? 0), 0)
    tell(`  kill: ${done} things were done meanwhile`)
    // the nodes are both pairs'
    const outcomes: Outcome[] = []
    for (const [nth, outcome] of judged.entries()) {
      const town = towns[nth]
      if (town !== undefined) outcomes.push(await town.conclude(outcome))
    }
    return { ...sumOf(outcomes), notes: { instants, 'of nodes': kills.nodes, done } }
  } finally {
    await Promise.all(towns.map((town) => town.stop()))
    await crowd.stop()
  }
}

function sumOf(outcomes: readonly Outcome[]): Outcome {
  const sum = (name: 'promised' | 'found' | 'lost' | 'duplicated' | 'reordered' | 'crashed'): number =>
    outcomes.reduce((all, each) => all + each[name], 0)
  return {
    ...nothing,
    promised: sum('promised'),
    found: sum('found'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    crashed: sum('crashed'),
    broken: outcomes.flatMap(({ broken }) => broken),
  }
}
