import type { Role } from '../chain.ts'

/** What two channels of one conversation are compared by; both sides see the same. */
export interface Standing {
  /** PeerId of the other side: another one at every start of their app. */
  readonly peer: string
  readonly direct: boolean
  /** Who opened it. */
  readonly initiator: Role
  readonly since: number
}

/** Two that were opened within this time are taken for opened at once. */
const atOnceMs = 15_000

/**
 * Whether a new channel takes the place of one that is there.
 *
 * Where both sides dialled at once, both must choose the same one: the direct
 * one, else the seeker's. Otherwise whoever opens another has lost the first.
 */
export function replaces(fresh: Standing, present: Standing): boolean {
  if (fresh.peer !== present.peer) return true
  if (fresh.since - present.since > atOnceMs) return true
  if (fresh.direct !== present.direct) return fresh.direct
  if (fresh.initiator !== present.initiator) return fresh.initiator === 'seeker'
  return true
}
