import type { AppEvent } from '../api/events.ts'

/** More than this unread and the reader is gone or stuck: its stream ends, and it reads all views anew. */
const maxUnread = 1000

/** Tells every window what changed. Nothing is remembered for those who are not there. */
export class Bus {
  readonly #readers = new Set<(event: AppEvent) => void>()
  readonly #ends = new Set<() => void>()

  readonly emit = (event: AppEvent): void => {
    for (const read of this.#readers) read(event)
  }

  /** Whether anybody listens: a window is open. */
  get watched(): boolean {
    return this.#readers.size > 0
  }

  /** Ends all streams. */
  close(): void {
    for (const end of this.#ends) end()
  }

  /** All events from now on, until `signal` aborts or the bus closes. */
  async *events(signal?: AbortSignal): AsyncGenerator<AppEvent, void> {
    /** Keyed by content: the same news twice is news once. */
    const unread = new Map<string, AppEvent>()
    let ended = false
    let wake = (): void => {}
    const read = (event: AppEvent): void => {
      const key = event.type === 'progress' ? `progress ${event.subject}` : JSON.stringify(event)
      unread.delete(key)
      unread.set(key, event)
      if (unread.size > maxUnread) ended = true
      wake()
    }
    const end = (): void => {
      ended = true
      wake()
    }
    this.#readers.add(read)
    this.#ends.add(end)
    signal?.addEventListener('abort', end, { once: true })
    if (signal?.aborted === true) ended = true
    try {
      while (!ended) {
        for (const [key, event] of unread) {
          unread.delete(key)
          yield event
        }
        if (unread.size > 0 || ended) continue
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      this.#readers.delete(read)
      this.#ends.delete(end)
      signal?.removeEventListener('abort', end)
    }
  }
}
