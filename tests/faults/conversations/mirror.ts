import type { MessageView } from '../../../core/api/views.ts'
import { tally, type Tally } from '../../journey/journey.ts'
import type { Resident } from './resident.ts'

/** All that both show, and what each said. */
export interface Screens {
  readonly writer: Resident
  /** What the writer shows, and what the other does. */
  readonly here: readonly MessageView[]
  readonly there: readonly MessageView[]
}

/** Compares what somebody said with what both show of it, in order. */
export function tallies({ writer, here, there }: Screens): Tally[] {
  const said = named(writer.said.map(({ text }) => text))
  return [textsOf(here, true), textsOf(there, false)].map((texts) => tally(said, named(texts)))
}

/** Whether both show the same of what one wrote: words, what they answer, whether they were changed, reactions. */
export function mirrored({ here, there }: Screens): boolean {
  const own = here.filter(({ mine, kind }) => mine && kind !== 'session-reset').map((message) => seen(message, false))
  const theirs = there
    .filter(({ mine, kind }) => !mine && kind !== 'session-reset')
    .map((message) => seen(message, true))
  return own.length === theirs.length && own.every((line, index) => line === theirs[index])
}

/** A message from its writer's point of view. */
function seen({ kind, text, edited, reply, reactions }: MessageView, byOther: boolean): string {
  const { mine, theirs } = reactions
  const answers = reply === null ? null : [reply.text, reply.mine !== byOther]
  return JSON.stringify([kind, text, edited, answers, byOther ? [theirs, mine] : [mine, theirs]])
}

/** Undefined where it was deleted. */
function textsOf(shown: readonly MessageView[], mine: boolean): (string | undefined)[] {
  return shown
    .filter((message) => message.mine === mine && message.kind !== 'session-reset')
    .map(({ kind, text }) => (kind === 'deleted' ? undefined : text))
}

/** Those that were deleted are told apart by their order alone. */
function named(texts: readonly (string | undefined)[]): string[] {
  let deleted = 0
  return texts.map((text) => text ?? `deleted ${deleted++}`)
}
