import { Fault } from '../base/fault.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import type { Statement } from './statements.ts'

/** Something that a side stated, as both sides have it. */
export interface Entry {
  readonly side: Role
  /** In the chain of its writer. */
  readonly index: number
  /** How many of the other's items its writer had. */
  readonly seen: number
  /** Those of them that it had not read, ascending. */
  readonly lost: readonly number[]
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

/** How much of what was said the writer of something had. */
export type Knowledge = Place & Pick<Entry, 'seen' | 'lost'>

/** Whether the writer of `entry` had `place` when it was written. */
export function knew({ side, index, seen, lost }: Knowledge, place: Place): boolean {
  return place.side === side ? place.index < index : place.index < seen && !lost.includes(place.index)
}

/**
 * One order for both sides, whatever came first where: causes stand before
 * effects, and of two that did not know of each other the seeker's stands first
 * where their ticks are the same.
 */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.tick - b.tick || (a.side === b.side ? 0 : a.side === 'seeker' ? -1 : 1))
}

/**
 * The ticks of entries of which some came late.
 *
 * @param entries of one conversation, in any order; their ticks are not looked at
 * @throws Fault `malformed` where two say that they knew of each other
 */
export function ticks<Item extends Knowledge>(entries: readonly Item[]): ReadonlyMap<Item, number> {
  const queues = { seeker: chainOf(entries, 'seeker'), mentor: chainOf(entries, 'mentor') }
  const done: Record<Role, { readonly index: number; readonly tick: number }[]> = {
    seeker: [],
    mentor: [],
  }
  const known = new Map<Item, number>()
  const take = (side: Role): boolean => {
    const other = otherRole(side)
    const next = queues[side][done[side].length]
    // what it knew of is to be counted first
    if (next === undefined || queues[other].some((each, nth) => nth >= done[other].length && knew(next, each)))
      return false
    const own = done[side].at(-1)?.tick ?? 0
    const tick = 1 + Math.max(own, highest(done[other], next))
    known.set(next, tick)
    done[side].push({ index: next.index, tick })
    return true
  }
  while (take('seeker') || take('mentor'));
  if (known.size < entries.length) throw new Fault('malformed', 'Statements that knew of each other')
  return known
}

/** Ticks of one side only grow, so the last that was known is the highest. */
function highest(
  chain: readonly { readonly index: number; readonly tick: number }[],
  { seen, lost }: Knowledge,
): number {
  let [from, to] = [0, chain.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((chain[middle]?.index ?? 0) < seen) from = middle + 1
    else to = middle
  }
  for (let nth = from - 1; nth >= 0; nth--) {
    const each = chain[nth]
    if (each !== undefined && !lost.includes(each.index)) return each.tick
  }
  return 0
}

function chainOf<Item extends Place>(entries: readonly Item[], side: Role): Item[] {
  return entries.filter((each) => each.side === side).toSorted((a, b) => a.index - b.index)
}
