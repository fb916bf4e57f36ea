import type { Clock } from '../base/clock.ts'

export interface AutoLockOptions {
  readonly clock: Clock
  /** What the person chose; 0 means never. Asked anew each time. */
  readonly minutes: () => number
  /** Whether a window is open now. An open window knows better than this whether somebody is there, and locks by itself. */
  readonly watched: () => boolean
  readonly lock: () => Promise<unknown>
}

const minute = 60_000
/** Also how exact the time is. */
const lookEvery = minute / 2

/** Locks the vault when its last window has been closed for as long as the person chose. */
export class AutoLock {
  readonly #options: AutoLockOptions
  readonly #stopping = new AbortController()
  #lastSeen: number

  constructor(options: AutoLockOptions) {
    this.#options = options
    this.#lastSeen = options.clock.now()
  }

  start(): void {
    void this.#run()
  }

  /** Somebody asked for something. */
  touch(): void {
    this.#lastSeen = this.#options.clock.now()
  }

  stop(): void {
    this.#stopping.abort()
  }

  async #run(): Promise<void> {
    const { clock, minutes, watched, lock } = this.#options
    const { signal } = this.#stopping
    for (;;) {
      await clock.wait(lookEvery, signal).catch(() => {})
      if (signal.aborted) return
      if (watched()) this.touch()
      // a clock that was set back must not make the vault stay open for as long
      this.#lastSeen = Math.min(this.#lastSeen, clock.now())
      const limit = minutes()
      if (limit === 0 || clock.now() - this.#lastSeen < limit * minute) continue
      // locking ends this, and must not wait for it
      lock().catch(() => {})
      return
    }
  }
}
