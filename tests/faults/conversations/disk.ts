import { setTimeout as wait } from 'node:timers/promises'
import { join } from 'node:path'
import { nothing } from '../../harness/faults.ts'
import { eventually } from '../../support/eventually.ts'
import { smallDisk } from '../../support/small-disk.ts'
import type { Scenario } from '../boxes/stage.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'

/** More than all that is written in a whole run: it is full only when it is made so. */
const diskKiB = 128 * 1024
/** Until it is full, and until there is room again. */
const longestPauseMs = 1_500

/**
 * A member's disk is full at a random write, again and again, and at times their
 * app is killed while it is. What was not saved is told to be so; what was
 * received by others stays what it was.
 */
export const disk: Scenario = async ({ dice, directory, size }) => {
  const small = smallDisk(join(directory, 'disk'), diskKiB)
  if (small === undefined) return { ...nothing, skipped: 'no disk can be mounted here' }
  let town: Town | undefined
  try {
    town = await Town.build({ directory, seekerDirectory: join(small.path, 'seeker') })
    await town.start()
    const over = new AbortController()
    const writing = Promise.all(town.residents.map((each) => playScript(each, dice.another(), { until: over.signal })))
    writing.catch(() => {})
    const notes = { full: 0, kills: 0 }
    for (const rounds = size(60, 2); notes.full < rounds; notes.full++) {
      // whoever was killed is back, and writes
      const before = town.seeker.said.length
      await eventually(() => (town?.seeker.said.length ?? 0) > before + 1, {
        timeoutMs: 60_000,
        what: 'a member to write',
      })
      await wait(dice.fraction() * longestPauseMs)
      small.fill()
      await wait(dice.fraction() * longestPauseMs)
      if (notes.full % 2 === 1) {
        await town.seeker.app.strike(() => small.empty())
        notes.kills++
      } else {
        small.empty()
      }
    }
    over.abort()
    await writing
    return await town.judge({ ...notes, said: town.said })
  } finally {
    await town?.stop()
    small.remove()
  }
}
