import { replicas } from '../../core/boxes/limits.ts'
import type { Population } from './population.ts'
import { pointBeside, type Point } from './space.ts'
import { rounded, spread, type Spread } from './statistics.ts'

/** A member that has such a map of the nodes needs no lookup for a box. */
export interface MapFigures {
  /** Messages of lookups that it took to make it. */
  readonly messages: Spread
  /** Of the nodes that run, the share that is in it, on average. */
  readonly known: number
  /** Of the 8 nodes nearest to a place, how many it names. */
  readonly correct: number
}

const makers = 5
/** So many lookups in a row that told of nobody new end the making, and so many altogether. */
const quiet = 3
const most = 40

/** Some fresh members look for places by chance until nobody new turns up, and keep whoever answered. */
export async function mapFigures(
  population: Population,
  through: readonly number[],
  wishes: readonly { readonly target: Point }[],
): Promise<MapFigures> {
  const { space } = population
  const live = population.live()
  const messages: number[] = []
  let [known, correct] = [0, 0]
  for (let maker = 0; maker < makers; maker++) {
    const member = await population.member(through)
    const map = new Set<number>(population.table(member).peers().filter(population.answers))
    let [sent, still] = [0, 0]
    for (let i = 0; i < most && still < quiet; i++) {
      const before = map.size
      const found = population.find(member, pointBeside(space.point(member), i % 2, population.random))
      for (const peer of [...found.answered.keys(), ...population.table(member).peers()]) map.add(peer)
      sent += found.messages
      still = map.size === before ? still + 1 : 0
    }
    messages.push(sent)
    known += map.size / live.length
    for (const { target } of wishes) {
      const named = space.nearest(target, map, replicas)
      const truth = space.nearest(target, live, replicas)
      correct += truth.filter((peer) => named.includes(peer)).length / truth.length / wishes.length
    }
  }
  return { messages: spread(messages), known: rounded(known / makers), correct: rounded(correct / makers) }
}
