import type { Bytes } from '../../core/base/bytes.ts'
import { seededRandom } from '../harness/random.ts'

/** Draws of one iteration. Another iteration has a generator of its own, so that each can be made again alone. */
export class Chance {
  readonly #next: () => number

  constructor(seed: number, name: string, iteration: number) {
    // FNV-1a, so that targets do not all draw the same
    let mixed = 0x811c_9dc5 ^ seed
    for (const unit of `${name}/${iteration}`) mixed = Math.imul(mixed ^ (unit.codePointAt(0) ?? 0), 0x0100_0193)
    this.#next = seededRandom(mixed)
  }

  /** 0 to `below` - 1. */
  below(below: number): number {
    return Math.floor(this.#next() * below)
  }

  /** `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1)
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('items: expected at least one')
    return item
  }

  bytes(length: number): Bytes {
    const out = new Uint8Array(length)
    for (let i = 0; i < length; i++) out[i] = this.below(256)
    return out
  }
}
