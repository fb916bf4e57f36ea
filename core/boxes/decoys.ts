import { random, shuffled } from '../crypto/random.ts'
import { capability, type ReadCapability } from './capability.ts'
import { pollBatch } from './limits.ts'

/**
 * Places that do not exist, to be asked for among those that do: who reads asks
 * always for 16 at once, so that a node learns neither how many places a member
 * reads nor which of them are real.
 */
export class Decoys {
  /** The same for as long as this is used, as real places are: fresh ones each time could be told from those. */
  readonly #places = Array.from({ length: pollBatch }, () => capability(random(96)))

  /** The given places in batches of 16, filled up and shuffled; one batch of decoys where there are none. */
  batches(real: readonly ReadCapability[]): ReadCapability[][] {
    const missing = real.length === 0 ? pollBatch : (pollBatch - (real.length % pollBatch)) % pollBatch
    const places = shuffled([...real, ...this.#places.slice(0, missing)])
    return Array.from({ length: places.length / pollBatch }, (_, index) =>
      places.slice(index * pollBatch, (index + 1) * pollBatch),
    )
  }
}
