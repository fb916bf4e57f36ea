import type { MessageView } from '../../../core/api/views.ts'
import { tally, type Tally } from '../../journey/journey.ts'

/** All that both show, and what each said. */
export interface Screens {
  /** Undefined where it was deleted. */
  readonly said: readonly { readonly text: string | undefined }[]
  /** What the writer shows, and what the other does. */
  readonly here: readonly MessageView[]
  readonly there: readonly MessageView[]
}

/** Compares what somebody said with what both show of it, in order. */
export function tallies({ said, here, there }: Screens): Tally[] {
  const expected = named(said.map(({ text }) => text))
  return [textsOf(here, true), textsOf(there, false)].map((texts) => tally(expected, named(texts)))
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

function textsOf(shown: readonly MessageView[], mine: boolean): (string | undefined)[] {
  return shown.filter((message) => message.mine === mine && message.kind !== 'session-reset').map(textOf)
}

/** In the place of a file's words, which it has none of. */
export const fileText = '(a file)'

/** What a message says; undefined where it was deleted. */
export function textOf({ kind, text }: Pick<MessageView, 'kind' | 'text'>): string | undefined {
  if (kind === 'deleted') return undefined
  return kind === 'file' ? fileText : text
}

/** Files, and those that were deleted, are told apart by their order alone. */
function named(texts: readonly (string | undefined)[]): string[] {
  const counts = new Map<string | undefined, number>()
  return texts.map((text) => {
    if (text !== undefined && text !== fileText) return text
    const nth = counts.get(text) ?? 0
    counts.set(text, nth + 1)
    return `${text ?? '(deleted)'} ${nth}`
  })
}
