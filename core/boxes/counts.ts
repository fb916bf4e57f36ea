import type { Request } from './messages.ts'
import { refusals, type RefusalReason } from './refusal.ts'

/** What a community node has done since it started. Numbers only: they tell how much, never what or for whom. */
export interface Counts {
  readonly requests: Readonly<Record<Request['type'], number>>
  readonly refusals: Readonly<Record<RefusalReason, number>>
  /** Boxes that were taken, renewed ones and repetitions too. */
  readonly stored: number
  /** Boxes and tombstones that expired and were deleted. */
  readonly swept: number
  /** Boxes that other nodes took from this one. */
  readonly handedOff: number
  /** Connections that were closed because of what came over them. */
  readonly offenders: number
}

type Mutable<Of> = { -readonly [Key in keyof Of]: Of[Key] }

/** Counts that may be changed, all zero. */
export function zeroCounts(): Mutable<Counts> & {
  readonly requests: Mutable<Counts['requests']>
  readonly refusals: Mutable<Counts['refusals']>
} {
  const reasons = Object.fromEntries(Object.keys(refusals).map((reason) => [reason, 0]))
  return {
    requests: { store: 0, fetch: 0, read: 0, get: 0, delete: 0, have: 0 },
    refusals: reasons as Record<RefusalReason, number>,
    stored: 0,
    swept: 0,
    handedOff: 0,
    offenders: 0,
  }
}
