import type { Clock } from '../base/clock.ts'
import { busyPerMinute, offencesAtOnce, offencesPerMinute } from './limits.ts'
import type { RefusalReason } from './refusal.ts'
import { perMinute, Rate } from './rate.ts'

/** No program that keeps to the protocol is ever told these. */
const offending: ReadonlySet<RefusalReason> = new Set(['malformed', 'bad-length', 'unknown-version', 'bad-signature'])

/** Whether a refusal is put off: nonsense, and `busy`, which has its client wait in any case, also where others kept the node busy. */
export function isOffence(reason: RefusalReason): boolean {
  return offending.has(reason) || reason === 'busy'
}

/** How much nonsense one connection has sent, with time to be forgiven. */
export class Offences {
  readonly #nonsense: Rate
  /** Who is told to wait and asks on: an honest program does so now and then. */
  readonly #impatience: Rate

  constructor(clock: Clock) {
    this.#nonsense = new Rate(clock, { burst: offencesAtOnce - 1, perSecond: offencesPerMinute / 60 })
    this.#impatience = perMinute(clock, busyPerMinute)
  }

  /** @returns whether that was one too many */
  count(reason: RefusalReason): boolean {
    if (offending.has(reason)) return this.#nonsense.take() > 0
    return reason === 'busy' && this.#impatience.take() > 0
  }
}
