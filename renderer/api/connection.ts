import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client'
import { Disconnected } from './disconnected.ts'

/** How the page stands with the app. */
export type ConnectionState =
  /** On the way, for the first time or again. */
  | 'connecting'
  | 'open'
  /** Nobody answers: the app has stopped. Tried again until it is back. */
  | 'stopped'
  /** The app runs, and does not know this page: it needs a new link. */
  | 'unknown'

/** One connection that works, until `closed`. */
export interface Line {
  readonly link: ClientLink<ClientContext>
  readonly closed: Promise<void>
}

/** A way to reach the app. `dial` tries once and says how it went; it never rejects. */
export interface Door {
  dial(): Promise<Line | 'stopped' | 'unknown'>
  /** Calls back when it is worth trying at once: a new link was pasted, another tab has got in. */
  onHint(listener: () => void): void
}

/** Milliseconds between tries; the last one repeats. */
const pauses = [250, 500, 1000, 2000, 4000]
/** How long a call waits for a connection before it gives up. */
const patience = 10_000

/**
 * Keeps one line to the app, and is itself the link that the client calls
 * through: a call made while the line is down waits for the next one, bounded.
 */
export class Connection implements ClientLink<ClientContext> {
  readonly #door: Door
  readonly #listeners = new Set<() => void>()
  #state: ConnectionState = 'connecting'
  #line: Line | undefined
  #wake: () => void = () => {}

  constructor(door: Door) {
    this.#door = door
    door.onHint(() => this.#wake())
    void this.#keep()
  }

  readonly state = (): ConnectionState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    const line = this.#line ?? (await this.#nextLine())
    try {
      return await line.link.call(path, input, options)
    } catch (error) {
      // the answer was lost with the line; whether the call was carried out is not known
      if (line !== this.#line && options.signal?.aborted !== true) throw new Disconnected({ cause: error })
      throw error
    }
  }

  async #keep(): Promise<never> {
    for (let failures = 0; ;) {
      const outcome = await this.#door.dial()
      if (typeof outcome === 'object') {
        failures = 0
        this.#line = outcome
        this.#become('open')
        await outcome.closed
        this.#line = undefined
        this.#become('connecting')
      } else {
        this.#become(outcome)
        // one that is unknown stays so until there is a hint
        await this.#pause(outcome === 'unknown' ? undefined : (pauses[failures] ?? pauses.at(-1)))
        failures++
      }
    }
  }

  #pause(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #nextLine(): Promise<Line> {
    return new Promise((resolve, reject) => {
      const stop = this.subscribe(() => {
        if (this.#line === undefined) return
        done()
        resolve(this.#line)
      })
      const timer = setTimeout(() => {
        done()
        reject(new Disconnected())
      }, patience)
      const done = (): void => {
        clearTimeout(timer)
        stop()
      }
    })
  }

  #become(state: ConnectionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
