import { setTimeout as wait } from 'node:timers/promises'
import type { Dice } from '../../harness/dice.ts'
import type { Resident } from './resident.ts'

/** What one of the pair does next. It must return only once the app has confirmed it. */
type Step = (actor: Resident, dice: Dice, nth: number) => Promise<void>

/** By how often each is done; one more kind is one more function. */
const steps: readonly (readonly [weight: number, step: Step])[] = [
  [12, say],
  [3, sayAtLength],
  [2, sayTwice],
  [2, look],
  [1, read],
]

const longestPauseMs = 250

async function say(actor: Resident, _: Dice, nth: number): Promise<void> {
  await actor.say(`${nth}`)
}

/** In one of the larger size classes. */
async function sayAtLength(actor: Resident, dice: Dice, nth: number): Promise<void> {
  await actor.say(`${nth} ${'at length '.repeat(dice.below(290))}`.trimEnd())
}

/** Presses Enter twice. */
async function sayTwice(actor: Resident, _: Dice, nth: number): Promise<void> {
  await actor.say(`${nth} twice`, 2)
}

async function look(actor: Resident): Promise<void> {
  await actor.check()
}

async function read(actor: Resident): Promise<void> {
  const { conversationId } = actor
  await actor.app.ask(async ({ conversations }) => {
    const [last] = await conversations.messages({ conversationId, limit: 1 })
    if (last !== undefined) await conversations.read({ conversationId, upTo: last.position })
  })
}

const weights = steps.reduce((sum, [weight]) => sum + weight, 0)

/** Plays steps one after the other, until so many are done or it is told to end. */
export async function playScript(
  actor: Resident,
  dice: Dice,
  { count = Infinity, until }: { readonly count?: number; readonly until?: AbortSignal },
): Promise<void> {
  for (let nth = 0; nth < count && until?.aborted !== true; nth++) {
    let ticket = dice.below(weights)
    const [, step] = steps.find(([weight]) => (ticket -= weight) < 0) ?? [0, say]
    await step(actor, dice, actor.said.length)
    await wait(dice.fraction() * longestPauseMs)
  }
}
