import type { ReadCapability } from '../boxes/capability.ts'
import type { BoxClient } from '../boxes/client.ts'
import { placeFirstCome, placeMostWork } from '../boxes/limits.ts'
import { shardGroups } from './boards.ts'

const placeSize = placeFirstCome + placeMostWork

/** A group, and the one of its places that an offer would take. */
export interface Choice {
  readonly places: readonly ReadCapability[]
  /** Index of the offer's place among them. */
  readonly own: number
}

/** Whether a group is less than three quarters full, and the offer's own place is not full. @param counts boxes at each place */
export function hasRoom(counts: readonly number[], own: number): boolean {
  const held = counts.reduce((sum, count) => sum + count, 0)
  return held * 4 < counts.length * placeSize * 3 && (counts[own] ?? 0) < placeSize
}

/**
 * The first group of a board, from `first` on, that has room for an offer; the
 * last group where none has. PROTOCOL.md section "Boards".
 *
 * Where nodes lie about it nothing is lost: readers read every group, and a
 * place that is full after all refuses the box, which goes on to the next.
 *
 * @throws Fault `unreachable`, `cancelled`
 */
export async function chooseGroup(
  client: Pick<BoxClient, 'occupancy'>,
  first: number,
  choiceOf: (group: number) => Choice,
  signal: AbortSignal,
): Promise<number> {
  for (let group = first; group < lastGroup; group++) {
    const { places, own } = choiceOf(group)
    if (hasRoom(await client.occupancy(places, { signal }), own)) return group
  }
  return lastGroup
}

export const lastGroup = shardGroups.length - 1
