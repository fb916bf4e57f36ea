import type { Facts } from './facts.ts'
import { freshFor, type Ranked } from './rank.ts'

/** The last of so many places is kept for somebody who is new here. */
const placesForOne = 5

/**
 * Whose first of what is there was read here within a week: by persona, the id of
 * that. It was drawn on this device, so that no author can choose when it is
 * their turn.
 */
export function newcomersOf(facts: readonly Facts[], now: number): Map<string, string> {
  const first = new Map<string, Facts>()
  for (const one of facts) {
    const before = first.get(one.persona)
    if (before === undefined || one.seenAt < before.seenAt) first.set(one.persona, one)
  }
  return new Map(
    [...first].flatMap(([persona, { id, seenAt }]) => (now - seenAt < freshFor ? [[persona, id] as const] : [])),
  )
}

/**
 * The first of what was ranked, with places for those who are new here: whoever
 * has little to show yet would stand last for ever. Such a place goes to whom of
 * them fits best by topic alone, and where several fit alike, to another one each
 * day, in a fixed order: of `n` everyone is shown within `n` days.
 *
 * @param newcomers by persona, an id that orders them
 * @param count so many at most
 */
export function keepPlaces(
  ranked: readonly Ranked[],
  {
    newcomers,
    day,
    count,
  }: { readonly newcomers: ReadonlyMap<string, string>; readonly day: number; readonly count: number },
): Ranked[] {
  const waiting = inTurn(ranked, newcomers, day)
  const placed = new Set<Ranked>()
  const places: Ranked[] = []
  const next = (list: readonly Ranked[]): Ranked | undefined => list.find((one) => !placed.has(one))
  while (places.length < count) {
    const kept = places.length % placesForOne === placesForOne - 1 ? next(waiting) : undefined
    const one = kept ?? next(ranked)
    if (one === undefined) break
    placed.add(one)
    places.push(kept === undefined ? one : { ...one, kept: true })
  }
  return places
}

/** The best of each newcomer: what fits alike stands together, and begins with another one each day. */
function inTurn(ranked: readonly Ranked[], newcomers: ReadonlyMap<string, string>, day: number): Ranked[] {
  const best = new Map<string, Ranked>()
  for (const one of ranked) {
    const turn = newcomers.get(one.offer.persona)
    if (turn !== undefined && !best.has(turn)) best.set(turn, one)
  }
  const alike = Map.groupBy(best, ([, { fit }]) => fit)
  return [...alike]
    .toSorted(([a], [b]) => b - a)
    .flatMap(([, some]) => {
      const ordered = some.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
      const first = day % ordered.length
      return [...ordered.slice(first), ...ordered.slice(0, first)]
    })
}
