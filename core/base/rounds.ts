import { Bell } from './bell.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Service } from './service.ts'

/** After a failure (a full disk, for one) it is tried again. */
const again = 60_000

export interface RoundsOptions {
  readonly clock: Clock
  readonly log: Log
  /** What the log calls a failure. */
  readonly failure: string
  /** Does what is due. @returns ms until there is something to do again; Infinity where nothing is known */
  readonly round: () => number
}

/** Does the same again and again: when the next is due, or when somebody has news. */
export class Rounds implements Service {
  readonly #options: RoundsOptions
  readonly #bell = new Bell()
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined

  constructor(options: RoundsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const stop = new AbortController()
    this.#running = { stop, ended: this.#run(stop.signal).catch(() => {}) }
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.ended
    this.#running = undefined
  }

  /** Something may be due earlier than was known. */
  readonly notice = (): void => this.#bell.ring()

  async #run(signal: AbortSignal): Promise<never> {
    const { clock, log, failure, round } = this.#options
    for (;;) {
      let sleep = again
      try {
        sleep = round()
      } catch {
        log.write('error', failure)
      }
      await this.#bell.wait(sleep, clock, signal)
    }
  }
}
