import { replicas } from '../../core/boxes/limits.ts'
import type { Population } from './population.ts'
import type { Point } from './space.ts'
import { rounded, spread, type Spread } from './statistics.ts'

export interface LookupFigures {
  /** Requests one after the other until the 8 nearest of those found had answered. */
  readonly hops: Spread
  /** The same until the lookup ended by itself. */
  readonly rounds: Spread
  readonly messages: Spread
  /** Requests that nobody answered, on average. */
  readonly unanswered: number
  /** Rounds in which somebody did not answer, on average: each may cost a timeout. */
  readonly stalled: number
  /** Of the 8 nodes that really are the nearest and answer, how many are among the 8 nearest found. */
  readonly correct: number
}

export interface Measured {
  readonly figures: LookupFigures
  /** For each target, whom its lookup found, the nearest first. */
  readonly near: readonly (readonly number[])[]
}

/** One lookup each by somebody for something. */
export function lookups(population: Population, wishes: readonly { asker: number; target: Point }[]): Measured {
  const { space } = population
  const answering = population.live().filter(population.answers)
  const [hops, rounds, messages]: [number[], number[], number[]] = [[], [], []]
  let [unanswered, stalled, correct] = [0, 0, 0]
  const near = wishes.map(({ asker, target }) => {
    const found = population.find(asker, target)
    const nearest = space.nearest(target, found.answered.keys(), found.answered.size)
    const chosen = nearest.slice(0, replicas)
    const truth = space.nearest(target, answering, replicas)
    hops.push(Math.max(0, ...chosen.map((peer) => found.answered.get(peer) ?? 0)))
    rounds.push(found.rounds)
    messages.push(found.messages)
    unanswered += found.unanswered
    stalled += found.stalled
    correct += truth.filter((peer) => chosen.includes(peer)).length / truth.length
    return nearest
  })
  const mean = (sum: number): number => rounded(sum / Math.max(1, wishes.length))
  const figures = {
    hops: spread(hops),
    rounds: spread(rounds),
    messages: spread(messages),
    unanswered: mean(unanswered),
    stalled: mean(stalled),
    correct: mean(correct),
  }
  return { figures, near }
}
