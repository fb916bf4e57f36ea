import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'

/** Longer waits are cut: timers take 31 bits, and clocks are set. */
const longest = 3_600_000

/** Made once: an error of its own for each wait would cost more than the wait. */
const rungEarly = new Fault('cancelled', 'The bell rang')

/** Lets a loop sleep until its next deadline, or until somebody has news for it. A ring while nobody waits is kept. */
export class Bell {
  #rung = false
  #wake: (() => void) | undefined

  readonly ring = (): void => {
    this.#rung = true
    this.#wake?.()
  }

  /** Resolves when rung, or after `ms`. Rejects with the signal's reason once aborted. */
  async wait(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (!this.#rung) {
      const enough = new AbortController()
      const rung = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      const time = clock
        .wait(Math.max(0, Math.min(ms, longest)), AbortSignal.any([signal, enough.signal]))
        .catch(() => {})
      await Promise.race([rung, time])
      this.#wake = undefined
      enough.abort(rungEarly)
    }
    this.#rung = false
    signal.throwIfAborted()
  }
}
