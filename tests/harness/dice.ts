import type { Bytes } from '../../core/base/bytes.ts'
import { seededRandom } from './random.ts'

/** All chance of one run, from its seed. */
export class Dice {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** At least 0, below 1. */
  fraction(): number {
    return this.#random()
  }

  /** At least 0, below `limit`. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit)
  }

  /** @throws RangeError where there is nothing to pick */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('items: expected at least one')
    return item
  }

  /** For somebody who throws at their own pace: what one throws does not change what the other does. */
  another(): Dice {
    return new Dice(this.below(2 ** 31))
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, rank: this.#random() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  }

  bytes(length: number): Bytes {
    return Uint8Array.from({ length }, () => this.below(256))
  }
}
