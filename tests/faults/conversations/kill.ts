import type { Scenario } from '../boxes/stage.ts'
import { memberLife, nodeLife, reap } from './reaper.ts'
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
    const instants = size(1_000, 12)
    const ofNodes = Math.ceil(instants / 8)
    const ofEach = Math.ceil((instants - ofNodes) / 2)
    const reapers = [
      ...town.residents.map(({ app }) => reap([app], { dice: dice.another(), kills: ofEach, life: memberLife })),
      reap(town.crowd.nodes, { dice: dice.another(), kills: ofNodes, life: nodeLife }),
    ]
    const struck = await Promise.race([Promise.all(reapers), writing.then(() => Promise.all(reapers))])
    over.abort()
    await writing
    tell(`  kill: ${town.said} messages were written meanwhile`)
    return await town.judge({
      instants: struck.reduce((sum, count) => sum + count, 0),
      'of nodes': ofNodes,
      said: town.said,
    })
  } finally {
    await town.stop()
  }
}
