import type { Bytes } from '../../core/base/bytes.ts'
import type { Clock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { decodeBox } from '../../core/boxes/box.ts'
import { placeKey } from '../../core/boxes/capability.ts'
import type { BoxClient, BoxDraft, OpenedBox } from '../../core/boxes/client.ts'
import { PostOffice } from './post-office.ts'

/** How one request fails. `unheard`: it was done, but the answer is lost. */
export type Failure = 'none' | 'lost' | 'unheard'

/** A real node's store behind a network that a test breaks on purpose, at a chosen step. */
export class LossyNodes implements BoxClient {
  /** For each request in turn; 'none' when it is used up. Preparing a box asks nobody. */
  readonly failures: Failure[] = []
  readonly #office: PostOffice
  readonly #stored: string[] = []
  readonly #gone = new Set<string>()

  constructor(clock: Clock) {
    this.#office = new PostOffice(clock)
  }

  close(): void {
    this.#office.close()
  }

  /** What lies at one place is gone until it is stored again, as if all nodes that had it were. @param nth which place */
  forget(nth: number): void {
    const place = this.#stored[nth % this.#stored.length]
    if (place !== undefined) this.#gone.add(place)
  }

  prepare(draft: BoxDraft): Promise<Bytes> {
    return this.#office.prepare(draft)
  }

  async store(box: Bytes): Promise<void> {
    await this.#request(async () => {
      await this.#office.store(box)
      const place = placeKey(decodeBox(box).place)
      if (!this.#gone.delete(place)) this.#stored.push(place)
    })
  }

  async fetch(places: Parameters<BoxClient['fetch']>[0]): Promise<OpenedBox[]> {
    const found = await this.#request(() => this.#office.fetch(places))
    return found.filter(({ place }) => !this.#gone.has(placeKey(place)))
  }

  occupancy(places: Parameters<BoxClient['occupancy']>[0]): Promise<number[]> {
    return this.#request(() => this.#office.occupancy(places))
  }

  async delete(box: Parameters<BoxClient['delete']>[0]): Promise<void> {
    await this.#request(() => this.#office.delete(box))
  }

  async #request<Result>(work: () => Promise<Result>): Promise<Result> {
    const failure = this.failures.shift() ?? 'none'
    if (failure === 'lost') throw lost()
    const result = await work()
    if (failure === 'unheard') throw lost()
    return result
  }
}

function lost(): Fault {
  return new Fault('unreachable', 'No majority', { retryable: true })
}
