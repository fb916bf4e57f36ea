import { bucketSize } from '../../core/network/limits.ts'
import { insert, type Distant, type Point, type Space } from './space.ts'

/** kad-dht 16's own defaults, which the project leaves: requests at once on a path, and paths. */
export const alpha = 10
export const disjointPaths = 10

export interface Asking {
  readonly space: Space
  readonly random: () => number
  /** Who asks; is never asked. */
  readonly self: number
  /** From its own table. */
  readonly start: readonly number[]
  /** @returns whom the peer knows near the target; undefined where it does not answer */
  readonly ask: (peer: number) => readonly number[] | undefined
}

export interface Lookup {
  /** Who answered, and in which round. */
  readonly answered: ReadonlyMap<number, number>
  readonly messages: number
  readonly unanswered: number
  /** Requests one after the other until the lookup ended by itself. */
  readonly rounds: number
  /** Of these, those in which somebody asked did not answer: each may cost a whole timeout. */
  readonly stalled: number
}

interface Path {
  queue: Distant[]
  /** Those that answered on this path and are nearest; once there are 20, only nearer ones are asked. */
  readonly closest: Distant[]
}

/**
 * kad-dht's query for the nearest peers: the start is dealt out over the paths,
 * a peer is asked on one path only, an answer's peers follow where they are
 * nearer than who told of them, and a path ends when nobody left to ask could
 * still be among its 20. All answers take equally long, so that it goes in rounds.
 */
export function lookup(target: Point, { space, random, self, start, ask }: Asking): Lookup {
  const distant = (peer: number): Distant => ({ peer, distance: space.distance(target, peer) })
  const seen = new Set(start)
  const paths = deal(start.map(distant), random)
  const answered = new Map<number, number>()
  let [messages, unanswered, rounds, stalled] = [0, 0, 0, 0]
  for (;;) {
    const asked = paths.flatMap((path) => {
      path.queue = path.queue.filter((each) => mayEnter(path, each)).toSorted((a, b) => a.distance - b.distance)
      return path.queue.splice(0, alpha).map((each) => ({ path, each }))
    })
    if (asked.length === 0) break
    rounds++
    messages += asked.length
    const before = unanswered
    for (const { path, each } of asked) {
      const told = ask(each.peer)
      if (told === undefined) {
        unanswered++
        continue
      }
      answered.set(each.peer, rounds)
      insert(path.closest, each, bucketSize)
      for (const peer of told) {
        if (seen.has(peer) || peer === self) continue
        const next = distant(peer)
        if (next.distance >= each.distance || !mayEnter(path, next)) continue
        seen.add(peer)
        path.queue.push(next)
      }
    }
    if (unanswered > before) stalled++
  }
  return { answered, messages, unanswered, rounds, stalled }
}

function mayEnter({ closest }: Path, { distance }: Distant): boolean {
  return closest.length < bucketSize || distance < (closest.at(-1)?.distance ?? 0)
}

function deal(start: readonly Distant[], random: () => number): Path[] {
  const dealt = shuffled(start, random)
  return Array.from({ length: disjointPaths }, (_, path) => ({
    queue: dealt.filter((_, index) => index % disjointPaths === path),
    closest: [],
  }))
}

export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
