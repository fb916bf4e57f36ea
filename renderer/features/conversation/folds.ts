import type { MessageView } from '../../../core/api/views.ts'

/** From so many events in a row on, only the last of them stands there. */
const many = 3

/** What stands in the thread as one: a message, or several events that can be looked at. */
export type Entry<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'fold'; readonly id: string; readonly events: readonly Message[] }

/**
 * Puts what was changed beside the messages out of their way: of many events in a row the last stays,
 * and those before it are folded. Timers and what secured the conversation anew always stay.
 *
 * @returns entries in the order of the messages; each message is in one
 */
export function folded<Message extends Pick<MessageView, 'id' | 'kind'>>(
  messages: readonly Message[],
): Entry<Message>[] {
  const entries: Entry<Message>[] = []
  let run: Message[] = []
  const endRun = (): void => {
    const [first] = run
    if (first !== undefined && run.length >= many) {
      // named after its first one: it stays open while more come
      entries.push({ kind: 'fold', id: first.id, events: run.slice(0, -1) })
      run = run.slice(-1)
    }
    entries.push(...run.map((message) => ({ kind: 'message', message }) as const))
    run = []
  }
  for (const message of messages) {
    if (message.kind === 'event') run.push(message)
    else {
      endRun()
      entries.push({ kind: 'message', message })
    }
  }
  endRun()
  return entries
}
