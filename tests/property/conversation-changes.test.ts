import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import type { MessageId } from '../../core/base/ids.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { pairSchema } from '../support/pair.ts'
import { penFriends, type PenFriend } from '../support/pen-friend.ts'
import { scratch } from '../support/scratch.ts'

const files = scratch()
afterAll(() => files.remove())
let runs = 0

const step = fc.record({
  side: fc.constantFrom(0, 1),
  do: fc.constantFrom(
    'write',
    'write',
    'long',
    'reply',
    'react',
    'unreact',
    'edit',
    'delete',
    'timer',
    'bring',
    'later',
  ),
  nth: fc.nat(30),
})

async function act(here: PenFriend, there: PenFriend, { do: what, nth }: { do: string; nth: number }): Promise<void> {
  const all = here.shown()
  const id = all[nth % Math.max(1, all.length)]?.id as MessageId | undefined
  if (what === 'write') await here.write(`message ${nth}`)
  else if (what === 'long') await here.write(`${nth} `.repeat(8_000))
  else if (what === 'timer') await here.actions.setTimer(here.id, [0, 3600, 86_400][nth % 3] ?? 0)
  else if (what === 'later') here.clock.advance(nth * 200_000)
  else if (what === 'bring') {
    // some of it, not in order, and some of it again
    const items = itemsFrom(here.database, here.id, 0, 1 + (nth % 5))
    await receiveItems(there, there.id, nth % 2 === 0 ? items : [...items.toReversed(), ...items])
  } else if (id === undefined) return
  else if (what === 'reply') await here.write(`answer ${nth}`, id)
  else if (what === 'react' || what === 'unreact') await here.actions.react(id, what === 'react' ? '🌱' : '')
  else if (what === 'edit') await here.actions.edit(id, `changed ${nth}`)
  else await here.actions.deleteForBoth(id)
}

/** What a side shows, as the other should: mine is theirs. Order between the two sides is each side's own. */
function mirror(side: PenFriend, mine: boolean) {
  return side
    .shown()
    .filter((message) => message.mine === mine)
    .map(({ kind, text, edited, timer, reply, reactions }) => ({
      kind,
      text,
      edited,
      timer,
      reply: reply === null ? null : { own: reply.mine === mine, text: reply.text },
      reactions: mine ? [reactions.mine, reactions.theirs] : [reactions.theirs, reactions.mine],
    }))
}

it('both sides show the same in the end, whatever was changed while it was on its way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const run = runs++
      const vault = (name: string) => files.database(`${name}-${run}`, pairSchema)
      const { seeker, mentor } = await penFriends([vault('seeker'), vault('mentor')], new ManualClock())
      try {
        for (const one of steps) {
          const [here, there] = one.side === 0 ? [seeker, mentor] : [mentor, seeker]
          await act(here, there, one).catch((error: unknown) => {
            // too late, of the other, or of a line: the person is told
            if (!isFault(error, 'wrong-state', 'bad-input')) throw error
          })
        }
        for (let round = 0; round < 2; round++) {
          await seeker.deliver(mentor)
          await mentor.deliver(seeker)
        }
        expect(mirror(mentor, false)).toEqual(mirror(seeker, true))
        expect(mirror(seeker, false)).toEqual(mirror(mentor, true))
        for (const side of [seeker, mentor]) {
          expect(side.shown().filter(({ mine, delivery }) => mine && delivery !== 'delivered')).toEqual([])
          expect(side.shown().some(({ kind }) => kind === 'unreadable')).toBe(false)
        }
      } finally {
        seeker.database.close()
        mentor.database.close()
      }
    }),
    { numRuns: 40 },
  )
})
