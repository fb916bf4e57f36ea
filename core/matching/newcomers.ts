import type { Facts } from './facts.ts'
import { freshFor, type Ranked } from './rank.ts'

/** The last of so many places is kept for somebody who is new here. */
const placesForOne = 5

/** Personas of whom something that is there was read longer than a week ago. All others are new. */
export function knownPersonas(facts: readonly Facts[], now: number): Set<string> {
  const known = new Set<string>()
  for (const { persona, seenAt } of facts) if (now - seenAt >= freshFor) known.add(persona)
  return known
}

/**
 * The first of what was ranked, with places for those who are new here: whoever
 * has little to show yet would stand last for ever. Such a place goes to whom of
 * them fits best by topic alone, and where several fit alike, to another one each
 * day, in a fixed order: of `n` everyone is shown within `n` days.
 *
 * @param known who is not new
 * @param count so many at most
 */
export function keepPlaces(
  ranked: readonly Ranked[],
  { known, day, count }: { readonly known: ReadonlySet<string>; readonly day: number; readonly count: number },
): Ranked[] {
  const waiting = inTurn(ranked, known, day)
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
function inTurn(ranked: readonly Ranked[], known: ReadonlySet<string>, day: number): Ranked[] {
  const newcomers = new Map<string, { readonly best: Ranked; turn: string }>()
  for (const one of ranked) {
    const { persona, id } = one.offer
    if (known.has(persona)) continue
    const newcomer = newcomers.get(persona)
    if (newcomer === undefined) newcomers.set(persona, { best: one, turn: id })
    // ids are drawn on this device, so that no author can choose when it is their turn
    else if (id < newcomer.turn) newcomer.turn = id
  }
  return [...Map.groupBy(newcomers.values(), ({ best }) => best.fit)]
    .toSorted(([a], [b]) => b - a)
    .flatMap(([, alike]) => {
      const ordered = alike.toSorted((a, b) => (a.turn < b.turn ? -1 : 1)).map(({ best }) => best)
      const first = day % ordered.length
      return [...ordered.slice(first), ...ordered.slice(0, first)]
    })
}
