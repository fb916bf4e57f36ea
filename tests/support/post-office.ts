import type { Bytes } from '../../core/base/bytes.ts'
import type { Clock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { acceptBox, acceptTombstone } from '../../core/boxes/acceptance.ts'
import { decodeBox, isSigned, layBox, openBody } from '../../core/boxes/box.ts'
import { placeKey, type ReadCapability } from '../../core/boxes/capability.ts'
import type { BoxClient, BoxDraft, OpenedBox, StoreOptions } from '../../core/boxes/client.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { PlaceFull } from '../../core/boxes/refusal.ts'
import { Rate } from '../../core/boxes/rate.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import type { SigningKey } from '../../core/crypto/sign.ts'

type Asked = 'prepare' | 'store' | 'fetch' | 'occupancy' | 'delete'

/**
 * One community node's real store and real rules without a network around them,
 * for tests that need weeks to pass or a request to fail at a chosen moment.
 * Asks for no proof of work.
 */
export class PostOffice implements BoxClient {
  readonly #clock: Clock
  readonly #store = BoxStore.open(':memory:', 1024 ** 3)
  /** Thrown by the next requests, in turn. */
  readonly failures: (Fault | undefined)[] = []
  /** What was asked, for tests that count. */
  readonly asked: Asked[] = []
  /** How much more work than nodes ask for each box was prepared with. */
  readonly moreWork: number[] = []
  /** Whether anybody answers at all. */
  open = true
  /** Whether boxes are taken. */
  takes = true

  /** Keys of places at which most of the community's nodes have no room. This one has, and takes the box. */
  readonly full = new Set<string>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  close(): void {
    this.#store.close()
  }

  async prepare(draft: BoxDraft, { signal, onProgress }: StoreOptions = {}): Promise<Bytes> {
    await this.#request('prepare', signal)
    this.moreWork.push(draft.moreWork ?? 0)
    onProgress?.('working', 0.5)
    return layBox(draft).finish(0n)
  }

  async store(box: Bytes, { signal, onProgress }: StoreOptions = {}): Promise<void> {
    await this.#request('store', signal)
    onProgress?.('storing', 0.5)
    if (!this.takes) throw new Fault('box-refused', 'The node takes nothing')
    const clock = this.#clock
    const rate = new Rate(clock, { perSecond: 1e6, burst: 1e6 })
    const verdict = acceptBox(box, { store: this.#store, clock, workBits: () => 0, isResponsible: () => true, rate })
    if ((verdict.type === 'refused' && verdict.reason === 'quota') || this.full.has(placeKey(decodeBox(box).place))) {
      throw new PlaceFull()
    }
    if (verdict.type !== 'done') throw new Fault('box-refused', `The node says ${verdict.reason}`)
  }

  async fetch(
    places: readonly ReadCapability[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<OpenedBox[]> {
    await this.#request('fetch', signal)
    const now = nowHours(this.#clock)
    return places.flatMap((capability) =>
      this.#store.list(capability.place, now).flatMap(({ digest, kind }) => {
        const record = kind === 'box' ? this.#store.record(capability.place, digest, now) : undefined
        if (record === undefined) return []
        const box = decodeBox(record)
        const content = isSigned(record, box) ? openBody(box, capability.bodyKey) : undefined
        if (content === undefined) return []
        return [{ place: box.place, author: box.author, sequence: box.sequence, expiryHours: box.expiryHours, content }]
      }),
    )
  }

  async occupancy(
    places: readonly ReadCapability[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<number[]> {
    await this.#request('occupancy', signal)
    const now = nowHours(this.#clock)
    return places.map(({ place }) => this.#store.list(place, now).filter(({ kind }) => kind === 'box').length)
  }

  async delete(
    box: { readonly place: Bytes; readonly author: SigningKey; readonly sequence: bigint },
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    await this.#request('delete', signal)
    acceptTombstone(encodeTombstone(box), { store: this.#store })
  }

  async #request(what: Asked, signal: AbortSignal | undefined): Promise<void> {
    this.asked.push(what)
    await new Promise((resolve) => setImmediate(resolve))
    if (signal?.aborted === true) throw new Fault('cancelled', 'Cancelled')
    if (!this.open) throw new Fault('unreachable', 'Nobody answers', { retryable: true })
    const failure = this.failures.shift()
    if (failure !== undefined) throw failure
  }
}
