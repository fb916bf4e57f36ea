import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import { random } from '../crypto/random.ts'
import { acceptBox, acceptTombstone, type AcceptanceOptions, type Verdict } from './acceptance.ts'
import { keptSince } from './hours.ts'
import { rememberedPlaces } from './limits.ts'
import {
  helloNonceLength,
  type Answer,
  type Digests,
  type Held,
  type PlaceProof,
  type RecordName,
  type Request,
} from './messages.ts'
import { inParts, listedIn } from './parts.ts'
import { isFetchSigned } from './proof.ts'
import type { Rate } from './rate.ts'
import { refused } from './refusal.ts'
import type { BoxStore } from './store.ts'
import type { WriteQueue } from './write-queue.ts'

export type Rates = Record<Request['type'], Rate>

export interface ServerStreamOptions {
  readonly store: BoxStore
  readonly writes: WriteQueue
  readonly acceptance: AcceptanceOptions
  /** Of the connection: all of its streams share them. */
  readonly rates: Rates
  /** This node's PeerId as a multihash. */
  readonly node: Uint8Array
  readonly clock: Clock
}

/** What a node knows of one stream: its nonce, and what its client has proved. */
export class ServerStream {
  readonly nonce = random(helloNonceLength)
  readonly #options: ServerStreamOptions
  /** Places for which a good signature was seen, the last used last. */
  readonly #proved = new Set<string>()

  constructor(options: ServerStreamOptions) {
    this.#options = options
  }

  /** The answers are made one by one as they are written, so that a client who does not read costs one record and not all. */
  async handle(request: Request): Promise<Iterable<Answer>> {
    const { rates, acceptance } = this.#options
    const wait = rates[request.type].take()
    if (wait > 0) return [refused('busy', wait)]
    switch (request.type) {
      case 'store':
        return [await this.#written(() => acceptBox(request.box, acceptance))]
      case 'delete':
        return [await this.#written(() => acceptTombstone(request.tombstone, acceptance))]
      case 'fetch':
        return this.#fetch(request.places)
      case 'read':
        return this.#read(request.places, request.along)
      case 'have':
        return [{ type: 'lacks', lacks: request.held.map((held) => this.#lacks(held)) }]
      default:
        return this.#get(request.names)
    }
  }

  /** A disk that is full is a quota that is used up; it may say so only when everything is to reach it. */
  async #written(write: () => Verdict): Promise<Verdict> {
    try {
      return await this.#options.writes.add(write)
    } catch (error) {
      if (isFault(error, 'disk-full')) return refused('quota')
      throw error
    }
  }

  /** A place without a good signature looks like one at which nothing lies. */
  #fetch(places: readonly PlaceProof[]): Digests[] {
    const { store, clock } = this.#options
    const since = keptSince(clock)
    const found = places.flatMap(({ place, signature }, index) => {
      const readPublic = store.readPublic(place, since)
      if (readPublic === undefined || !this.#isProved(place, signature, readPublic)) return []
      this.#remember(place)
      return [{ index, listed: store.list(place, since) }]
    })
    return inParts(found)
  }

  *#read(places: readonly PlaceProof[], along: number): Generator<Answer> {
    const parts = this.#fetch(places)
    yield* parts
    const names = listedIn(parts).map(({ index, digest }) => ({ place: places[index]?.place ?? digest, digest }))
    if (names.length <= along) yield* this.#get(names)
  }

  #lacks({ place, digest, sequence }: Held): boolean {
    const { store, acceptance } = this.#options
    return acceptance.isResponsible(place) && !store.holds(place, digest, sequence)
  }

  *#get(names: readonly RecordName[]): Generator<Answer> {
    for (const name of names) yield { type: 'record', record: this.#record(name) }
  }

  #record({ place, digest }: RecordName): Bytes | undefined {
    const { store, clock } = this.#options
    return this.#proved.has(hex(place)) ? store.record(place, digest, keptSince(clock)) : undefined
  }

  #isProved(place: Uint8Array, signature: Uint8Array, readPublic: Uint8Array): boolean {
    return isFetchSigned(signature, { nonce: this.nonce, node: this.#options.node, place }, readPublic)
  }

  #remember(place: Uint8Array): void {
    const key = hex(place)
    this.#proved.delete(key)
    this.#proved.add(key)
    const [oldest] = this.#proved
    if (this.#proved.size > rememberedPlaces && oldest !== undefined) this.#proved.delete(oldest)
  }
}
