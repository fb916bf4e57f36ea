import { systemClock, type Clock } from '../../core/base/clock.ts'

interface Waiting {
  readonly until: number
  readonly wake: AbortController
}

/** The system's clock, so and so far off, which can jump. Time goes by in between, so that deadlines are what they are. */
export class ShiftedClock implements Clock {
  #shift: number
  readonly #waiting = new Set<Waiting>()

  constructor(shiftMs = 0) {
    this.#shift = shiftMs
  }

  now(): number {
    return systemClock.now() + this.#shift
  }

  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    const waiting: Waiting = { until: this.now() + ms, wake: new AbortController() }
    this.#waiting.add(waiting)
    const either = signal === undefined ? waiting.wake.signal : AbortSignal.any([signal, waiting.wake.signal])
    try {
      await systemClock.wait(ms, either)
    } catch (error) {
      if (signal?.aborted === true || !waiting.wake.signal.aborted) throw error
    } finally {
      this.#waiting.delete(waiting)
    }
  }

  /** Forth, or with a negative number back; wakes whoever waited for a time that is now past. */
  jump(ms: number): void {
    this.#shift += ms
    for (const { until, wake } of this.#waiting) if (until <= this.now()) wake.abort()
  }
}
