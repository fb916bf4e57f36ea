import type { Clock } from '../../core/base/clock.ts'

interface Waiting {
  readonly until: number
  readonly done: () => void
}

/** A clock that only moves when a test moves it. */
export class ManualClock implements Clock {
  #now: number
  readonly #waiting = new Set<Waiting>()

  /** @param now ms since 1970; by default a Wednesday noon, UTC, far from the border of a week */
  constructor(now: number = Date.UTC(2026, 10, 18, 12)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error)
        return
      }
      const entry: Waiting = {
        until: this.#now + ms,
        done: () => {
          this.#waiting.delete(entry)
          signal?.removeEventListener('abort', aborted)
          resolve()
        },
      }
      const aborted = (): void => {
        this.#waiting.delete(entry)
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', aborted, { once: true })
      this.#waiting.add(entry)
    })
  }

  /** Moves on, and wakes whoever waited for a time that is now past. */
  advance(ms: number): void {
    this.#now += ms
    for (const entry of this.#waiting) if (entry.until <= this.#now) entry.done()
  }
}
