import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import { freshId } from '../../core/base/ids.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { MentorPost } from '../support/mentor-post.ts'
import { noAgreement } from '../support/mentors.ts'

const deeds = ['propose', 'accept', 'pause', 'finish', 'go-on', 'end', 'forget', 'bring', 'bring'] as const
type Deed = (typeof deeds)[number]

async function perform(here: MentorPost, there: MentorPost, deed: Deed): Promise<void> {
  here.clock.advance(60_000)
  const { app } = here
  if (deed === 'bring') {
    await there.settle()
    return here.receive(there, Infinity)
  }
  if (deed === 'propose') {
    return app.saying.propose(freshId(), here.id, { teaches: 'them', agreement: { ...noAgreement } })
  }
  const id = app.list()[0]?.id
  if (id === undefined) return
  if (deed === 'accept') return app.saying.agree(id, 'accept', app.view(id).agreement.version)
  if (deed === 'end') return app.end(id, { erase: 'nothing', block: false })
  if (deed === 'forget') return app.forget(id)
  await app.saying.say(id, () => ({ kind: deed }))
}

/** Whether one mentorship that this person can see says that the other is with them, or that they were and are not any more. */
function place({ app }: MentorPost): 'with' | 'behind' | 'neither' {
  const all = app.list()
  if (all.some(({ state }) => ['proposed', 'active', 'paused'].includes(state))) return 'with'
  return all.some(({ beganAt }) => beganAt !== null) ? 'behind' : 'neither'
}

it('a contact’s place is free once a mentorship with them is over, and taken while one is not, whatever the order', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(1), fc.constantFrom(...deeds)), { minLength: 10, maxLength: 60 }),
      async (acts) => {
        const clock = new ManualClock()
        const [ada, bo] = [new MentorPost('seeker', clock), new MentorPost('mentor', clock)]
        const forgot = new Set<MentorPost>()
        try {
          for (const [side, deed] of acts) {
            const [here, there] = side === 0 ? [ada, bo] : [bo, ada]
            const before = here.app.list().length
            try {
              await perform(here, there, deed)
              if (here.app.list().length < before) forgot.add(here)
            } catch (error) {
              if (!isFault(error, 'wrong-state', 'not-found')) throw error
            }
            for (const each of [ada, bo]) {
              const where = place(each)
              met.add(where)
              // what was forgotten is behind them
              const isBehind = where === 'behind' || (where === 'neither' && forgot.has(each))
              expect(each.app.isBehind(each.id)).toBe(isBehind)
            }
          }
          for (let round = 0; round < 3; round++) {
            for (const [here, there] of [
              [ada, bo],
              [bo, ada],
            ] as const) {
              await here.settle()
              there.receive(here, Infinity)
            }
          }
          // both agree where neither has forgotten anything
          if (forgot.size === 0) expect(bo.app.isBehind(bo.id)).toBe(ada.app.isBehind(ada.id))
        } finally {
          ada.database.close()
          bo.database.close()
        }
      },
    ),
    {
      numRuns: 25,
      examples: [
        [
          [
            [0, 'propose'],
            [1, 'bring'],
            [1, 'accept'],
            [0, 'bring'],
            [0, 'finish'],
            [1, 'bring'],
            [1, 'finish'],
            [0, 'bring'],
            [0, 'propose'],
            [1, 'bring'],
            [1, 'end'],
            [0, 'bring'],
            [1, 'forget'],
          ],
        ],
      ],
    },
  )
  expect(met).toEqual(new Set(['with', 'behind', 'neither']))
})
