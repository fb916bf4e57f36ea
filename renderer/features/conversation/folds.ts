import type { MessageView } from '../../../core/api/views.ts'
import { byDay } from './days.ts'

/** From so many events in a row on, only the last of them stands there. */
const many = 3

/** What stands in the thread as one, under the id and time of its first: a message, or several events that can be looked at. */
export type Entry<Message> = { readonly id: string; readonly sentAt: number } & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'fold'; readonly events: readonly Message[] }
)

/**
 * Puts what was changed beside the messages out of their way: of many events in a row on one day the last stays,
 * and those before it are folded. Timers and what secured the conversation anew always stay.
 *
 * @returns entries in the order of the messages; each message is in one
 */
export function folded<Message extends Pick<MessageView, 'id' | 'kind' | 'sentAt'>>(
  messages: readonly Message[],
): Entry<Message>[] {
  return byDay(messages).flatMap((day) => foldedDay(day.messages))
}

function foldedDay<Message extends Pick<MessageView, 'id' | 'kind' | 'sentAt'>>(
  messages: readonly Message[],
): Entry<Message>[] {
  const entries: Entry<Message>[] = []
  let run: Message[] = []
  const add = (message: Message): void => {
    entries.push({ kind: 'message', id: message.id, sentAt: message.sentAt, message })
  }
  const endRun = (): void => {
    const [first] = run
    if (first !== undefined && run.length >= many) {
      // named after its first one: it stays open while more come
      entries.push({ kind: 'fold', id: first.id, sentAt: first.sentAt, events: run.slice(0, -1) })
      run = run.slice(-1)
    }
    run.forEach(add)
    run = []
  }
  for (const message of messages) {
    if (message.kind === 'event') run.push(message)
    else {
      endRun()
      add(message)
    }
  }
  endRun()
  return entries
}
