import type { Clock } from '../base/clock.ts'

/** Lets so many through at once, and after that so many a second (token bucket). */
export class Rate {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  #tokens: number
  #at: number

  constructor(clock: Clock, { burst, perSecond }: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
    this.#tokens = burst
    this.#at = clock.now()
  }

  /** @returns 0 where it may go on, else how many seconds to wait */
  take(): number {
    const now = this.#clock.now()
    // a clock that is set back gives nothing and takes nothing
    const passed = Math.max(0, now - this.#at) / 1000
    this.#at = now
    this.#tokens = Math.min(this.#burst, this.#tokens + passed * this.#perSecond)
    if (this.#tokens >= 1) {
      this.#tokens--
      return 0
    }
    return Math.max(1, Math.ceil((1 - this.#tokens) / this.#perSecond))
  }
}

/** So many a minute, and as many at once. */
export function perMinute(clock: Clock, count: number): Rate {
  return new Rate(clock, { burst: count, perSecond: count / 60 })
}
