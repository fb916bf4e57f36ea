import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Scenario } from '../boxes/stage.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'

const longestPauseMs = 3_000

/**
 * Nodes lose their disks, or are gone for good and others come, one at a time and
 * without a pause for those that are left; members are given the links of new
 * ones, as an operator would.
 */
export const nodes: Scenario = async ({ dice, directory, size }) => {
  const town = await Town.build({ directory })
  try {
    await town.start()
    const over = new AbortController()
    const writing = Promise.all(town.residents.map((each) => playScript(each, dice.another(), { until: over.signal })))
    writing.catch(() => {})
    const notes = { wiped: 0, replaced: 0 }
    for (let round = 0, rounds = size(40, 2); round < rounds; round++) {
      await wait(dice.fraction() * longestPauseMs)
      const nth = dice.below(town.crowd.nodes.length)
      if (round % 2 === 0) {
        await town.crowd.wipe(nth)
        notes.wiped++
        continue
      }
      const link = await town.crowd.replace(nth, { directory: join(directory, `another-${round}`) })
      for (const { app, communityId } of town.residents) {
        await app.ask(({ communities }) => communities.addNode({ communityId, link }))
      }
      notes.replaced++
    }
    over.abort()
    await writing
    return await town.judge({ ...notes, said: town.said })
  } finally {
    await town.stop()
  }
}
