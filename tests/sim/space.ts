import { positionOfPlace } from '../../core/boxes/nearness.ts'

/** A point of kad-dht's space as eight words, which compare faster than 32 bytes. */
export type Point = Uint32Array

const words = 8

export function pointOf(position: Uint8Array): Point {
  const view = new DataView(position.buffer, position.byteOffset, position.byteLength)
  return Uint32Array.from({ length: words }, (_, i) => view.getUint32(4 * i))
}

export function pointOfPlace(place: Uint8Array): Point {
  return pointOf(positionOfPlace(place))
}

/** A point whose first `length` bits are those of `from`, whose next one is not, and whose others are by chance. */
export function pointBeside(from: Point, length: number, random: () => number): Point {
  return Uint32Array.from({ length: words }, (_, i) => {
    const chance = Math.floor(random() * 2 ** 32)
    const kept = Math.max(0, Math.min(32, length - 32 * i))
    const mask = kept === 0 ? 0 : (0xffffffff << (32 - kept)) >>> 0
    const mixed = ((from[i] ?? 0) & mask) | (chance & ~mask)
    if (Math.floor(length / 32) !== i) return mixed >>> 0
    const flip = 1 << (31 - (length % 32))
    return ((mixed & ~flip) | (~(from[i] ?? 0) & flip)) >>> 0
  })
}

/** A peer and how far it is from what is looked for. */
export interface Distant {
  readonly peer: number
  readonly distance: number
}

/**
 * Where everybody stands. A peer is its index here. Distances are the first 52
 * bits of the XOR, which a number holds: a simulation compares many million, and
 * no two peers here share so many bits (`add` refuses one that does).
 */
export class Space {
  readonly #points: Point[] = []
  #high = new Uint32Array(1024)
  #low = new Uint32Array(1024)
  readonly #taken = new Set<number>()

  /** @returns the new peer */
  add(point: Point): number {
    const [high = 0, low = 0] = point
    const prefix = prefixOf(high, low)
    if (this.#taken.has(prefix)) throw new RangeError('point: too near to another one')
    this.#taken.add(prefix)
    const peer = this.#points.push(point) - 1
    if (peer >= this.#high.length) {
      this.#high = doubled(this.#high)
      this.#low = doubled(this.#low)
    }
    this.#high[peer] = high
    this.#low[peer] = low
    return peer
  }

  get size(): number {
    return this.#points.length
  }

  point(peer: number): Point {
    const point = this.#points[peer]
    if (point === undefined) throw new RangeError('peer: nobody of that number')
    return point
  }

  distance(target: Point, peer: number): number {
    return prefixOf((target[0] ?? 0) ^ (this.#high[peer] ?? 0), (target[1] ?? 0) ^ (this.#low[peer] ?? 0))
  }

  /** The nearest first, at most `count`. */
  nearest(target: Point, peers: Iterable<number>, count: number): number[] {
    const found: Distant[] = []
    for (const peer of peers) insert(found, { peer, distance: this.distance(target, peer) }, count)
    return found.map(({ peer }) => peer)
  }

  bit(peer: number, index: number): 0 | 1 {
    return (((this.#high[peer] ?? 0) >>> (31 - index)) & 1) === 1 ? 1 : 0
  }
}

/** Keeps a list sorted and short. */
export function insert(sorted: Distant[], one: Distant, count: number): void {
  if (sorted.length >= count && one.distance >= (sorted.at(-1)?.distance ?? 0)) return
  let at = sorted.length
  while (at > 0 && (sorted[at - 1]?.distance ?? 0) > one.distance) at--
  sorted.splice(at, 0, one)
  if (sorted.length > count) sorted.pop()
}

function doubled(words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(2 * words.length)
  more.set(words)
  return more
}

function prefixOf(high: number, low: number): number {
  return (high >>> 0) * 2 ** 20 + (low >>> 12)
}

export function bitOf(point: Point, index: number): 0 | 1 {
  return (((point[index >>> 5] ?? 0) >>> (31 - (index & 31))) & 1) === 1 ? 1 : 0
}
