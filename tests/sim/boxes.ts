import { utf8 } from '../../core/base/bytes.ts'
import { placeFirstCome, placeMostWork, readers, replicas, responsibleNodes } from '../../core/boxes/limits.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { shardGroups } from '../../core/offers/boards.ts'
import type { Population } from './population.ts'
import { pointOfPlace, type Point } from './space.ts'

/** Holders of a box among whom it is decided who hands it on. */
const guardians = 3
/** Boards besides the one of everything. */
const topics = 12

export interface Box {
  readonly place: string
  readonly target: Point
  readonly author: number
  /** Nodes that have it. */
  readonly holders: Set<number>
}

/** A community's boxes: two of an offer (its topic's board, and everything's), and two mailboxes, for each member. */
export function boxesOf(members: readonly number[], seed: number, random: () => number): Box[] {
  const filled = new Map<string, number>()
  const board = (topic: string): string => {
    for (const [group, shards] of shardGroups.entries()) {
      const place = `board/${topic}/${group}/${Math.floor(random() * shards)}`
      const there = filled.get(place) ?? 0
      // a later group is opened when the one before is full
      if (there >= placeFirstCome && group < shardGroups.length - 1) continue
      filled.set(place, there + 1)
      return place
    }
    throw new RangeError('shardGroups: expected at least one')
  }
  return members.flatMap((author) => {
    const topic = `topic ${Math.floor(random() * topics)}`
    const places = [board('all'), board(topic), `mailbox/${author}/in`, `mailbox/${author}/out`]
    return places.map((place) => ({
      place,
      target: pointOfPlace(sha256(utf8(`staffetta/sim/${seed}/${place}`))),
      author,
      holders: new Set<number>(),
    }))
  })
}

/** Where boxes are laid and looked for. */
export class Boxes {
  readonly #population: Population
  /** Nodes that members know from their invite; they take boxes for every place. */
  readonly #anchors: readonly number[]
  readonly #held = new Map<string, number>()
  refused = 0

  constructor(population: Population, anchors: readonly number[]) {
    this.#population = population
    this.#anchors = anchors
  }

  /** @param near whom a lookup found */
  store(box: Box, near: readonly number[]): void {
    for (const node of this.#with(near.slice(0, replicas))) {
      this.#population.count(node)
      if (this.#takes(node, box)) this.#put(node, box)
      else if (!box.holders.has(node)) this.refused++
    }
  }

  /** @returns whether one of the nodes that are asked has it */
  read(box: Box, near: readonly number[]): boolean {
    const asked = this.#with(near.slice(0, readers))
    for (const node of asked) this.#population.count(node)
    return asked.some((node) => this.#population.answers(node) && box.holders.has(node))
  }

  /**
   * Each box's three nearest live holders give it to those of the 8 nodes
   * nearest to it, as they themselves know the network, that have it not.
   */
  handOn(boxes: readonly Box[]): void {
    const { space, answers } = this.#population
    for (const box of boxes) {
      const holding = [...box.holders].filter(answers)
      for (const holder of space.nearest(box.target, holding, guardians)) {
        const known = this.#population
          .table(holder)
          .closest(box.target, 2 * replicas)
          .filter(answers)
        for (const node of space.nearest(box.target, [holder, ...known], replicas)) {
          if (node !== holder && this.#takes(node, box)) this.#put(node, box)
        }
      }
    }
  }

  /** Boxes on each node that runs. */
  loads(boxes: readonly Box[]): number[] {
    const loads = new Map(this.#population.live().map((node) => [node, 0]))
    for (const { holders } of boxes) {
      for (const node of holders) if (loads.has(node)) loads.set(node, (loads.get(node) ?? 0) + 1)
    }
    return [...loads.values()]
  }

  #with(near: readonly number[]): number[] {
    return [...new Set([...near, ...this.#anchors.filter((node) => this.#population.isLive(node))])]
  }

  #takes(node: number, { place, target, holders }: Box): boolean {
    if (!this.#population.answers(node) || holders.has(node)) return false
    if ((this.#held.get(`${node} ${place}`) ?? 0) >= placeFirstCome + placeMostWork) return false
    if (this.#anchors.includes(node)) return true
    const { space } = this.#population
    const own = space.distance(target, node)
    const known = this.#population.table(node).closest(target, responsibleNodes)
    return known.filter((peer) => space.distance(target, peer) < own).length < responsibleNodes
  }

  #put(node: number, { place, holders }: Box): void {
    const name = `${node} ${place}`
    this.#held.set(name, (this.#held.get(name) ?? 0) + 1)
    holders.add(node)
  }
}
