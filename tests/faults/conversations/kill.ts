import type { Scenario } from '../boxes/stage.ts'
import { killsOf, reap } from './reaper.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'

/**
 * kill -9 at random instants of both members and all nodes, while both write
 * without a pause.
 */
export const kill: Scenario = async ({ dice, directory, size, tell }) => {
  const town = await Town.build({ directory })
  try {
    await town.start()
    const over = new AbortController()
    const writing = Promise.all(town.residents.map((each) => playScript(each, dice.another(), { until: over.signal })))
    // whoever fails early is heard of below
    writing.catch(() => {})
    const kills = killsOf(size(1_000, 12))
    const reaping = reap(town.mortals, kills, dice.another())
    // a script that fails ends it
    const instants = await Promise.race([reaping, writing.then(() => reaping)])
    over.abort()
    await writing
    tell(`  kill: ${town.said} messages were written meanwhile`)
    return await town.judge({ instants, 'of nodes': kills.nodes, said: town.said })
  } finally {
    await town.stop()
  }
}
