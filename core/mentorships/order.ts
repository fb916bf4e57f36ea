import type { Role } from '../conversations/chain.ts'
import type { Statement } from './statements.ts'

/** Something that a side stated, as both sides have it. */
export interface Entry {
  readonly side: Role
  /** In the chain of its writer. */
  readonly index: number
  /** How many of the other's items its writer had. */
  readonly seen: number
  /** Later than all that its writer knew (Lamport 1978). */
  readonly tick: number
  /** By its writer's clock, ms since 1970. */
  readonly at: number
  /** Of which mentorship, 32 hex digits. */
  readonly of: string
  readonly say: Statement
}

/** Where something in a side's chain stands. */
export type Place = Pick<Entry, 'side' | 'index'>

/** Whether the writer of `entry` had `place` when it was written. */
export function knew({ side, index, seen }: Pick<Entry, 'side' | 'index' | 'seen'>, place: Place): boolean {
  return place.side === side ? place.index < index : place.index < seen
}

/**
 * One order for both sides, whatever came first where: causes stand before
 * effects, and of two that did not know of each other the seeker's stands first
 * where their ticks are the same.
 */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.tick - b.tick || (a.side === b.side ? 0 : a.side === 'seeker' ? -1 : 1))
}
