import { setTimeout as wait } from 'node:timers/promises'
import type { MessageView } from '../../../core/api/views.ts'
import type { Dice } from '../../harness/dice.ts'
import type { Resident } from './resident.ts'

/** What somebody does next. It must return only once the app has confirmed it. */
export type Step<Actor> = (actor: Actor, dice: Dice, nth: number) => Promise<void>
/** By how often each is done; one more kind is one more function. */
export type Steps<Actor> = readonly (readonly [weight: number, step: Step<Actor>])[]

const steps: Steps<Resident> = [
  [12, say],
  [3, sayAtLength],
  [2, sayTwice],
  [3, reply],
  [3, edit],
  [2, takeBack],
  [3, react],
  [1, sayABook],
  [2, sayFile],
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
  await actor.say(`${nth} twice`, { times: 2 })
}

/** In many pieces. */
async function sayABook(actor: Resident, dice: Dice, nth: number): Promise<void> {
  await actor.say(`${nth} ${'chapter '.repeat(1_000 + dice.below(7_000))}`.trimEnd())
}

async function sayFile(actor: Resident, dice: Dice, nth: number): Promise<void> {
  await actor.sayFile(`${nth}.bin`, 1 + dice.below(300_000))
}

async function reply(actor: Resident, dice: Dice, nth: number): Promise<void> {
  const recent = await actor.recent(20)
  const replyTo = recent.length === 0 ? undefined : dice.pick(recent).id
  await actor.say(`${nth} answers`, replyTo === undefined ? {} : { replyTo })
}

/** An own message, within the hour, that is still there. */
async function changeable(actor: Resident, dice: Dice): Promise<MessageView | undefined> {
  const own = (await actor.recent(30)).filter(
    ({ changeableUntil, kind }) => changeableUntil !== null && kind === 'text',
  )
  return own.length === 0 ? undefined : dice.pick(own)
}

async function edit(actor: Resident, dice: Dice): Promise<void> {
  const message = await changeable(actor, dice)
  if (message !== undefined) await actor.change(message, `${message.text.slice(0, 100)} edited`)
}

async function takeBack(actor: Resident, dice: Dice): Promise<void> {
  const message = await changeable(actor, dice)
  if (message !== undefined) await actor.change(message, undefined)
}

async function react(actor: Resident, dice: Dice): Promise<void> {
  const theirs = (await actor.recent(30)).filter(({ mine, kind }) => !mine && kind === 'text')
  if (theirs.length > 0) await actor.react(dice.pick(theirs).id, dice.pick(['👍', '❤️', '']))
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

/** Plays steps one after the other, until so many are done or it is told to end. */
export function playScript(
  actor: Resident,
  dice: Dice,
  { count = Infinity, until }: { readonly count?: number; readonly until?: AbortSignal },
): Promise<void> {
  return playSteps(steps, actor, dice, {
    nth: () => actor.said.length,
    isOver: (done) => done >= count || until?.aborted === true,
  })
}

/** @param nth what a step is told */
export async function playSteps<Actor>(
  of: Steps<Actor>,
  actor: Actor,
  dice: Dice,
  { nth, isOver }: { readonly nth: (done: number) => number; readonly isOver: (done: number) => boolean },
): Promise<void> {
  const weights = of.reduce((sum, [weight]) => sum + weight, 0)
  for (let done = 0; !isOver(done); done++) {
    let ticket = dice.below(weights)
    const step = of.find(([weight]) => (ticket -= weight) < 0)
    await step?.[1](actor, dice, nth(done))
    await wait(dice.fraction() * longestPauseMs)
  }
}
