import type { LookupFigures } from './lookups.ts'
import { nothingLost, type Placement, type SimulateOptions, type Size } from './simulate.ts'
import type { Spread } from './statistics.ts'

/** Median hops to the 8 nearest at the greatest size against the smallest; none where only one size ran. */
export interface Growth {
  /**
   * Of a first lookup, from the nodes of the invite: what the network's shape costs.
   * This one is judged.
   */
  readonly first: number
  /**
   * Of later ones. Not judged: among 50 nodes a member soon knows all of them, so
   * that there is one hop and nothing to route.
   */
  readonly later: number
  readonly target: number
  readonly met: boolean
}

export interface SimReport {
  readonly what: string
  readonly options: Required<Omit<SimulateOptions, 'nodes'>>
  readonly sizes: readonly Size[]
  readonly growth: Growth | null
  readonly lost: boolean
  readonly ok: boolean
}

/** Of hops from the smallest size to the greatest, a hundred times as many nodes. */
const mostGrowth = 2

export function simReport(options: Required<Omit<SimulateOptions, 'nodes'>>, sizes: readonly Size[]): SimReport {
  const [first, last] = [sizes[0], sizes.at(-1)]
  const growth = first === undefined || last === undefined || first === last ? null : growthOf(first, last)
  const lost = !sizes.every(nothingLost)
  const what = 'A model of the routing (kad-dht 16) and of the placement of boxes: no network, no time, no cryptography'
  return { what, options, sizes, growth, lost, ok: !lost && growth?.met !== false }
}

function growthOf(first: Size, last: Size): Growth {
  const ratio = (of: (size: Size) => LookupFigures): number => of(last).hops.median / of(first).hops.median
  const judged = ratio(({ cold }) => cold)
  const later = ratio(({ lookups }) => lookups)
  return { first: judged, later, target: mostGrowth, met: judged <= mostGrowth }
}

export function printSim(report: SimReport, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  const { members, seed, anchors, churn, silent, prefix } = report.options
  console.log(report.what)
  console.log(
    `${members} members, ${anchors} anchors, ${silent} % silent, ${churn} % replaced, tables ${prefix} bits deep, seed ${seed}`,
  )
  const rows = new Map<string, Record<string, string>>()
  for (const size of report.sizes) {
    for (const [name, value] of lines(size)) rows.set(name, { ...rows.get(name), [`${size.nodes} nodes`]: value })
  }
  console.table(Object.fromEntries(rows))
  if (report.growth !== null) {
    const { first, later, target, met } = report.growth
    console.log(
      `Hops of a first lookup grow by ${first} over these sizes (at most ${target}): ${met ? 'met' : 'NOT MET'}`,
    )
    console.log(`Hops of later ones, from 1 where everybody is known, by ${later} (reported, not judged)`)
  }
  console.log(report.lost ? 'Boxes were LOST' : 'No box was lost')
}

function lines(size: Size): [string, string][] {
  return [
    ['contacts of a node', shown(size.contacts)],
    ...ofLookups('lookup', size.lookups),
    ...ofLookups('first lookup', size.cold),
    ...ofLookups('same, all awake', size.awake),
    ...ofLookups('some silent', size.silent),
    ...ofLookups('after churn', size.afterChurn),
    ['map: messages to make it', shown(size.map.messages)],
    ['map: nodes in it / 8 nearest right', `${percent(size.map.known)} / ${percent(size.map.correct)}`],
    ['requests per node', `${shown(size.requestsPerNode)}, Gini ${size.requestsPerNode.gini}`],
    ...ofPlacement('anchors', size.withAnchors),
    ...ofPlacement('no anchors', size.withoutAnchors),
  ]
}

function ofLookups(name: string, figures: LookupFigures): [string, string][] {
  const { hops, rounds, messages, unanswered, stalled, correct } = figures
  return [
    [`${name}: hops to the 8 nearest`, `${shown(hops)}, mean ${hops.mean}`],
    [`${name}: hops until it ends`, `${shown(rounds)}, mean ${rounds.mean}`],
    [`${name}: messages`, shown(messages)],
    [`${name}: unanswered / stalled rounds`, `${unanswered} / ${stalled}`],
    [`${name}: 8 nearest right`, percent(correct)],
  ]
}

function ofPlacement(name: string, { replicas, boxesPerNode, refused, found }: Placement): [string, string][] {
  return [
    [`${name}: replicas, median / least`, `${replicas.median} / ${replicas.least}`],
    [`${name}: boxes per node`, `${shown(boxesPerNode)}, Gini ${boxesPerNode.gini}`],
    [`${name}: refused`, String(refused)],
    [`${name}: found before churn`, percent(found.before)],
    [`${name}: after, handed on`, percent(found.afterHandOn)],
    [`${name}: after, republished too`, percent(found.afterRepublish)],
    [`${name}: after, neither (baseline)`, percent(found.withoutEither)],
  ]
}

/** Median, 95th percentile, greatest. */
function shown({ median, p95, most }: Spread): string {
  return `${median} / ${p95} / ${most}`
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
