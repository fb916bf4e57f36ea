import { seededRandom } from '../harness/random.ts'
import { Boxes, boxesOf, type Box } from './boxes.ts'
import { churn } from './churn.ts'
import { lookups, type LookupFigures } from './lookups.ts'
import { mapFigures, type MapFigures } from './map.ts'
import { populate, Population } from './population.ts'
import { rounded, spread, type Spread } from './statistics.ts'

export interface SimulateOptions {
  readonly nodes: number
  readonly members: number
  readonly seed: number
  /** Nodes that the invite names: they take boxes for every place, and are asked for every place. */
  readonly anchors: number
  /** Of the nodes, in per cent. */
  readonly churn: number
  readonly silent: number
  /** Bits of a position that tables tell apart; kad-dht's own 6 where it is left out. */
  readonly prefix?: number
}

/** Shares of the boxes, 0 to 1, that a reader finds. */
export interface Found {
  readonly before: number
  /** After the churn, nodes having handed boxes on. */
  readonly afterHandOn: number
  /** After the churn, and after each author stored once more. */
  readonly afterRepublish: number
  /** The baseline: after the same churn, had no node handed anything on and no author stored again. */
  readonly withoutEither: number
}

export interface Placement {
  readonly replicas: Spread
  readonly boxesPerNode: Spread
  readonly refused: number
  readonly found: Found
}

export interface Size {
  readonly nodes: number
  readonly members: number
  readonly boxes: number
  readonly contacts: Spread
  readonly lookups: LookupFigures
  /** The first one of members that know nobody but the nodes of their invite. */
  readonly cold: LookupFigures
  /** The same lookups twice: while every node answers, and while some are silent. */
  readonly awake: LookupFigures
  readonly silent: LookupFigures
  readonly afterChurn: LookupFigures
  readonly map: MapFigures
  readonly requestsPerNode: Spread
  readonly withAnchors: Placement
  readonly withoutAnchors: Placement
}

/** One community of one size, from its first node to the end of a churn. The same for the same options. */
export async function simulate(options: SimulateOptions): Promise<Size> {
  const random = seededRandom(options.seed)
  const population = new Population(options.seed, random, options.prefix)
  await populate(population, options.nodes, 1)
  const anchors = population.some(population.live(), options.anchors)
  const invite = anchors.length > 0 ? anchors : population.some(population.live(), 3)
  const members: number[] = []
  for (let i = 0; i < options.members; i++) members.push(await population.member(invite))
  const contacts = spread(population.live().map((node) => population.table(node).peers().length))

  const boxes = boxesOf(members, options.seed, random)
  const anyMember = (): number => members[Math.floor(random() * members.length)] ?? 0
  const readings = boxes.map(({ target }) => ({ asker: anyMember(), target }))
  population.requests.clear()
  const stored = lookups(
    population,
    boxes.map(({ author, target }) => ({ asker: author, target })),
  )
  const read = lookups(population, readings)
  const strangers: number[] = []
  for (let i = 0; i < Math.min(boxes.length, 100); i++) strangers.push(await population.newcomer(invite))
  const cold = lookups(
    population,
    strangers.map((asker, index) => ({ asker, target: boxes[index]?.target ?? population.space.point(asker) })),
  ).figures
  const sides = [anchors, []].map((told) => {
    const laid = boxes.map((box) => ({ ...box, holders: new Set<number>() }))
    const where = new Boxes(population, told)
    laid.forEach((box, index) => where.store(box, stored.near[index] ?? []))
    const before = shareRead(where, laid, read.near)
    const bare = laid.map((box) => ({ ...box, holders: new Set(box.holders) }))
    const replicas = spread(laid.map(({ holders }) => holders.size))
    const requests = spread(population.live().map((node) => population.requests.get(node) ?? 0))
    return { where, laid, before, bare, replicas, requests, loads: spread(where.loads(laid)), refused: where.refused }
  })

  const awake = lookups(population, readings.slice(0, measured)).figures
  population.silence(population.some(population.live(), Math.round((options.nodes * options.silent) / 100)))
  const silent = lookups(population, readings.slice(0, measured)).figures
  population.silence([])
  const map = await mapFigures(population, invite, readings.slice(0, measured))

  await churn(population, {
    percent: options.churn,
    between: () => sides.forEach(({ where, laid }) => where.handOn(laid)),
  })
  const fresh: number[] = []
  const living = population.some(population.live(), 3)
  for (let i = 0; i < Math.min(options.members, 50); i++) fresh.push(await population.member(living))
  const again = (): { asker: number; target: Box['target'] }[] =>
    boxes.map(({ target }) => ({ asker: fresh[Math.floor(random() * fresh.length)] ?? 0, target }))
  const later = lookups(population, again())
  const republished = lookups(population, again())
  const placements = sides.map(({ where, laid, bare, before, replicas, loads, refused }) => {
    const withoutEither = shareRead(where, bare, later.near)
    const afterHandOn = shareRead(where, laid, later.near)
    laid.forEach((box, index) => where.store(box, republished.near[index] ?? []))
    const afterRepublish = shareRead(where, laid, later.near)
    const found = { before, afterHandOn, afterRepublish, withoutEither }
    return { replicas, boxesPerNode: loads, refused, found }
  })
  const [withAnchors, withoutAnchors] = placements
  const [first] = sides
  if (withAnchors === undefined || withoutAnchors === undefined || first === undefined) throw new Error('No placement')
  return {
    nodes: options.nodes,
    members: options.members,
    boxes: boxes.length,
    contacts,
    lookups: read.figures,
    cold,
    awake,
    silent,
    afterChurn: later.figures,
    map,
    requestsPerNode: first.requests,
    withAnchors,
    withoutAnchors,
  }
}

/** Lookups with silent nodes, and by map. */
const measured = 300

/** Whether every box was found, each time that it must be. */
export function nothingLost({ withAnchors, withoutAnchors }: Size): boolean {
  return [withAnchors, withoutAnchors].every(
    ({ found: { before, afterHandOn, afterRepublish } }) => before === 1 && afterHandOn === 1 && afterRepublish === 1,
  )
}

function shareRead(where: Boxes, boxes: readonly Box[], near: readonly (readonly number[])[]): number {
  const found = boxes.filter((box, index) => where.read(box, near[index] ?? []))
  return found.length === boxes.length ? 1 : Math.min(0.999, rounded(found.length / boxes.length))
}
