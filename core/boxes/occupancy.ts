import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { BoxSession } from './box-session.ts'
import type { ReadCapability } from './capability.ts'
import { gather } from './gather.ts'
import { maxPlaces, placeFirstCome, placeMostWork } from './limits.ts'

export interface Holders {
  readonly capability: ReadCapability
  /**
   * Those that the place is written to. Not all that it is read from: a box that
   * a bare majority took would lie on a minority of these.
   */
  readonly writers: readonly BoxSession[]
}

const placeSize = placeFirstCome + placeMostWork

/**
 * How many boxes lie at each place, as its nodes say; no record is fetched.
 * Tombstones are not counted: they have room of their own.
 *
 * It is the lower median of what was answered, so that a minority of liars can
 * neither fill a place nor empty it beyond what an honest node says.
 *
 * @throws Fault `unreachable` where nobody answered about a place, `cancelled`
 */
export async function occupancy(
  holders: readonly Holders[],
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<number[]> {
  const indexes = new Map<BoxSession, number[]>()
  for (const [index, { writers }] of holders.entries()) {
    for (const session of writers) indexes.set(session, [...(indexes.get(session) ?? []), index])
  }
  const answers = await gather(
    [...indexes].map(([session, asked]) => countAt(session, asked, holders, signal)),
    clock,
    (answers) => {
      const answered = new Set(answers.map(({ session }) => session))
      return holders.every(({ writers }) => writers.filter((each) => answered.has(each)).length * 2 > writers.length)
    },
  )
  signal?.throwIfAborted()
  return holders.map((_, index) => {
    const said = answers.flatMap(({ counts }) => counts.get(index) ?? [])
    if (said.length === 0) throw new Fault('unreachable', 'No community node answers', { retryable: true })
    return lowerMedian(said)
  })
}

async function countAt(
  session: BoxSession,
  asked: readonly number[],
  holders: readonly Holders[],
  signal: AbortSignal | undefined,
): Promise<{ session: BoxSession; counts: Map<number, number> }> {
  const counts = new Map<number, number>()
  for (let from = 0; from < asked.length; from += maxPlaces) {
    const part = asked.slice(from, from + maxPlaces)
    const places = part.flatMap((index) => holders[index]?.capability ?? [])
    const listing = await session.list(places, 0, signal)
    for (const [at, index] of part.entries()) {
      const boxes = (listing.places.get(at) ?? []).filter(({ kind }) => kind === 'box').length
      counts.set(index, Math.min(boxes, placeSize))
    }
  }
  return { session, counts }
}

/** @param numbers at least one */
export function lowerMedian(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0
}
