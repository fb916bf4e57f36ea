import { freshId } from '../../../core/base/ids.ts'
import type { Dice } from '../../harness/dice.ts'
import type { Steps } from '../conversations/script.ts'
import type { Field, Partner } from './partner.ts'

const day = 86_400_000
/** Of one partner's own: both together stay within what a workspace holds. */
const most = { goals: 5, links: 12, sessions: 8 } as const
const mostWords: Readonly<Record<Field, number>> = { notes: 40, boundaries: 10 }

/** What somebody does in a workspace. */
export const steps: Steps<Partner> = [
  [6, writeIn('notes')],
  [2, writeIn('boundaries')],
  [5, workOnGoal],
  [3, keepLink],
  [2, (partner, dice) => partner.setMinutes(5 * (1 + dice.below(20)))],
  [1, (partner) => partner.agree()],
  [3, plan],
  [2, take],
  [2, (partner) => partner.pause(!partner.paused)],
  [1, ({ resident }) => resident.check()],
]

function writeIn(field: Field) {
  return async (partner: Partner, dice: Dice, nth: number): Promise<void> => {
    const there = [...partner.words[field]].flatMap(([word, isThere]) => (isThere ? [word] : []))
    if (there.length < mostWords[field] && dice.below(4) > 0) await partner.putWord(field, wordOf(partner, nth))
    else if (there.length > 0) await partner.takeWord(field, dice.pick(there))
  }
}

/** A letter of its own: what is taken out is that and nothing else, whatever stands beside it. */
function wordOf({ sign }: Partner, nth: number): string {
  return String.fromCodePoint(0x4e00 + ((2 * nth) % 20_000) + (sign === 's' ? 0 : 1))
}

async function workOnGoal(partner: Partner, dice: Dice, nth: number): Promise<void> {
  const there = [...partner.goals].flatMap(([id, goal]) => (goal === undefined ? [] : [id]))
  if (there.length > 0 && dice.below(5) === 0) return partner.remove('goals', dice.pick(there))
  const id = there.length < most.goals && dice.below(2) === 0 ? freshId() : there[dice.below(there.length)]
  if (id !== undefined) await partner.setGoal(id, `${partner.sign}${nth}`, dice.below(5) / 4)
}

async function keepLink(partner: Partner, dice: Dice, nth: number): Promise<void> {
  const there = [...partner.links].flatMap(([id, address]) => (address === undefined ? [] : [id]))
  if (there.length >= most.links || (there.length > 0 && dice.below(4) === 0)) {
    return partner.remove('links', dice.pick(there))
  }
  await partner.setLink(freshId(), `${partner.sign}${nth}`)
}

async function plan(partner: Partner, dice: Dice): Promise<void> {
  const planned = [...partner.sessions].flatMap(([id, state]) => (state === 'planned' ? [id] : []))
  if (planned.length >= most.sessions || (planned.length > 0 && dice.below(3) === 0)) {
    return partner.cancel(dice.pick(planned))
  }
  await partner.plan(Date.now() + (2 + dice.below(60)) * day)
}

async function take(partner: Partner, dice: Dice): Promise<void> {
  const { sessions } = await partner.view()
  const waiting = sessions.filter(({ state, proposedByMe }) => state === 'proposed' && !proposedByMe)
  if (waiting.length > 0) await partner.take(dice.pick(waiting).id)
}
