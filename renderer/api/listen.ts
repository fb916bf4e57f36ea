import type { Api } from './client.ts'
import type { ProgressBook } from './progress.ts'
import type { ReminderBook } from './reminders.ts'
import { staleAfter } from './stale.ts'
import type { Views } from './views.ts'

/** Milliseconds until the event stream is asked for again after it broke while the line held. */
const pause = 1000

/** What the page keeps of what core told. */
interface Told {
  readonly views: Views
  readonly progress: ProgressBook
  readonly reminders: ReminderBook
}

/** Follows core's events for as long as the page lives, and keeps what was told true to them. */
export async function listen({ client, connection }: Api, { views, progress, reminders }: Told): Promise<never> {
  connection.subscribe(() => {
    if (connection.state() === 'stopped' || connection.state() === 'unknown') {
      views.forget()
      progress.clear()
      reminders.clear()
    }
  })
  for (;;) {
    try {
      const events = await client.events()
      // nobody told what happened before the stream began
      views.invalidateAll()
      for await (const event of events) {
        if (event.type === 'progress') progress.tell(event.subject, event.progress)
        if (event.type === 'reminder') reminders.tell(event)
        if (event.type === 'vault') {
          if (event.vault.state !== 'open') {
            views.forget(['vault'])
            progress.clear()
            reminders.clear()
          }
          views.put(['vault'], event.vault)
        }
        for (const key of staleAfter(event)) views.invalidate(key)
      }
    } catch {
      // the line went down; the next round waits for the next one
    }
    if (connection.state() === 'open') await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
