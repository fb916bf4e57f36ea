import type { CircleMessageView, CircleView } from '../../../core/api/circles.ts'
import { tally } from '../../journey/journey.ts'
import { markOf, type Guest, type Uttered } from './guest.ts'

/** What somebody's page shows. */
export interface Page {
  readonly guest: Guest
  readonly circle: CircleView | undefined
  readonly shown: readonly CircleMessageView[]
  readonly resources: readonly CircleMessageView[]
}

export async function pageOf(guest: Guest): Promise<Page> {
  const circle = await guest.circle()
  const shown = await guest.shown()
  const resources =
    circle === undefined ? [] : await guest.app.ask(({ circles }) => circles.resources({ circleId: circle.id }))
  return { guest, circle, shown, resources }
}

/** Something that one author said to a reader, as the author shows it. */
interface Due {
  readonly said: Uttered
  readonly message: CircleMessageView
}

/** What readers are to know of one author, in order. @returns also whether the author's own page shows all of it as it was said */
export function dueOf({ guest, shown }: Page): { readonly due: readonly Due[]; readonly isWhole: boolean } {
  const own = new Map(shown.flatMap((message) => (message.mine ? [[message.id, message]] : [])))
  const due = guest.uttered.flatMap((said): Due[] => {
    const message = own.get(said.id)
    return message === undefined ? [] : [{ said, message }]
  })
  const isWhole =
    due.length === guest.uttered.length &&
    own.size === due.length &&
    due.every(({ said, message }) =>
      said.withdrawn
        ? message.kind === 'withdrawn'
        : message.kind === said.kind && (said.kind === 'text' ? message.text : message.title) === said.words,
    )
  return { due, isWhole }
}

const marksOf = (messages: readonly CircleMessageView[], author: string): string[] =>
  messages.filter((message) => message.author.name === author && message.kind !== 'gap').map(markOf)

const saying = ({ kind, title, text }: CircleMessageView): string => JSON.stringify([kind, title, text])

/** How what a reader shows of an author compares with what was said to them. */
export function compare(author: Page, reader: Page) {
  const expected = dueOf(author).due.filter(({ said }) => said.heardBy.has(reader.guest.name))
  // what was said to others before the reader came may be here too, if its author had not sent it yet
  const all = dueOf(author).due.map(({ message }) => markOf(message))
  const here = marksOf(reader.shown, author.guest.name)
  const { lost } = tally(
    expected.map(({ message }) => markOf(message)),
    here,
  )
  const { duplicated, reordered } = tally(all, here)
  const known = new Map(reader.shown.map((message) => [markOf(message), message]))
  const changed = expected.some(({ message }) => {
    const there = known.get(markOf(message))
    return there !== undefined && saying(there) !== saying(message)
  })
  return { sent: expected.length, lost, duplicated, reordered, changed }
}

/** Whether a reader's list of resources has all of an author's that were said to them, and none that was withdrawn. */
export function hasResources(author: Page, reader: Page): boolean {
  const here = new Set(marksOf(reader.resources, author.guest.name))
  const resources = dueOf(author).due.filter(({ said }) => said.kind === 'resource')
  return resources.every(({ said, message }) => here.has(markOf(message)) === !said.withdrawn)
}
