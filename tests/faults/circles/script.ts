import type { Dice } from '../../harness/dice.ts'
import { playSteps, type Steps } from '../conversations/script.ts'
import type { Guest } from './guest.ts'

const steps: Steps<Guest> = [
  [10, (actor, _, nth) => actor.utter(`${actor.name} ${nth}`)],
  [3, (actor, dice, nth) => actor.utter(`${actor.name} ${nth} ${'at length '.repeat(dice.below(900))}`.trimEnd())],
  [2, (actor, _, nth) => actor.utter(`${actor.name} ${nth} twice`, 'text', 2)],
  [2, (actor, _, nth) => keep(actor, nth)],
  [1, takeBack],
  [3, (actor) => actor.check()],
  [1, (actor) => actor.read()],
]
/** Fewer than a circle takes of one member: some may be withdrawn that are not counted yet. */
const mostKept = 12

async function keep(actor: Guest, nth: number): Promise<void> {
  const kept = actor.uttered.filter(({ kind, withdrawn }) => kind === 'resource' && !withdrawn)
  if (kept.length < mostKept) await actor.utter(`${actor.name} ${nth} of the archive`, 'resource')
}

async function takeBack(actor: Guest, dice: Dice): Promise<void> {
  const kept = actor.uttered.filter(({ kind, withdrawn }) => kind === 'resource' && !withdrawn)
  if (kept.length > 0) await actor.withdraw(dice.pick(kept))
}

/** Plays steps one after the other until it is told to end. */
export function playScript(actor: Guest, dice: Dice, until: AbortSignal): Promise<void> {
  return playSteps(steps, actor, dice, { nth: () => actor.uttered.length, isOver: () => until.aborted })
}
