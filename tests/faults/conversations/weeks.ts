import { join } from 'node:path'
import type { Scenario } from '../boxes/stage.ts'
import { eventually } from '../../support/eventually.ts'
import { inTurn } from '../boxes/in-turn.ts'
import { playScript } from './script.ts'
import { Town } from './town.ts'
import { WrongClock } from './wrong-clock.ts'

const day = 86_400_000
/** Longer than a box lives, once in a while. */
const mostDays = 20
/** So far off a member's clock is set, for a while. */
const blunder = 26 * 3_600_000

/** For mail, at each visit. */
const patience = { timeoutMs: 2_500, everyMs: 300 }

/**
 * The two are never online together: one writes and goes, or is killed, days go
 * by, the other comes. All processes are real; what goes by is their clocks.
 * Now and then one's clock is set a day ahead or back while they are there.
 */
export const weeks: Scenario = async ({ dice, directory, size, tell }) => {
  const names = ['node-0', 'node-1', 'node-2', 'seeker', 'mentor'] as const
  const clocks = names.map((name) => new WrongClock(directory, name))
  const [first, second, third, seekerClock, mentorClock] = clocks
  if (seekerClock === undefined || mentorClock === undefined) throw new RangeError('five clocks')
  const lodgings = [first, second, third].map((clock, nth) => ({
    directory: join(directory, `node-${nth}`),
    ...(clock === undefined ? {} : { env: clock.env }),
  }))
  const town = await Town.build({ directory, lodgings, env: { seeker: seekerClock.env, mentor: mentorClock.env } })
  const notes = { days: 0, visits: 0, kills: 0, blunders: 0, 'came by mailbox': 0 }
  try {
    const visits = size(80, 4)
    for (; notes.visits < visits; notes.visits++) {
      const who = inTurn(town.residents, notes.visits)
      const own = inTurn([seekerClock, mentorClock], notes.visits)
      const wrong = dice.fraction() < 0.25 ? dice.pick([-1, 1]) * blunder : 0
      await who.app.start()
      const before = await who.heard()
      await eventually(async () => {
        await who.check()
        return (await who.heard()) > before
      }, patience).catch(() => {})
      notes['came by mailbox'] += (await who.heard()) - before
      if (wrong !== 0) {
        own.jump(wrong)
        await who.app.signal('SIGUSR2')
        notes.blunders++
      }
      await playScript(who, dice.another(), { count: 1 + dice.below(6) })
      // some stay until all is stored, some are gone at once
      if (dice.fraction() < 0.7) await who.stored().catch(() => {})
      if (dice.fraction() < 0.3) {
        await who.app.strike()
        notes.kills++
      }
      await who.app.stop()
      own.jump(-wrong)
      const days = 1 + dice.below(mostDays)
      for (const clock of clocks) clock.jump(days * day)
      await Promise.all(town.crowd.nodes.map((node) => node.signal('SIGUSR2')))
      notes.days += days
    }
    tell(`  weeks: ${notes.days} days went by`)
    await town.start()
    return await town.judge({ ...notes, said: town.said })
  } finally {
    await town.stop()
  }
}
