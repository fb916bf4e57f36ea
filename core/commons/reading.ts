import { setImmediate } from 'node:timers/promises'
import { concat, hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import { placeKey, type Capability } from '../boxes/capability.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { clientOf, type Clients } from '../boxes/clients.ts'
import { Decoys } from '../boxes/decoys.ts'
import { readEpochs, wantedEpochs } from '../community/board-epochs.ts'
import type { Communities } from '../community/communities.ts'
import { sha256 } from '../crypto/derive.ts'
import { shuffled } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Area } from './area.ts'
import { decodeHead, digestOf, isBody, requireSigned, type Document } from './document.ts'
import type { Documents, Held } from './documents.ts'
import { headPlace, partPlace, shardsOf } from './places.ts'

/** Heads judged before others get a turn: a full place must not freeze the app. */
const batch = 16
/** Bodies remembered as asked for; forgotten ones are only asked for in another order. */
const maxTries = 10_000

export interface ReadingOptions {
  readonly database: Database
  readonly documents: Documents
  readonly communities: Communities
  readonly clients: Clients
  readonly clock: Clock
}

/** A head that counts, seen in a box. */
export interface Sighting {
  readonly place: string
  readonly author: string
  readonly digest: string
  readonly expiryHours: number
}

export interface WasRead {
  readonly sightings: readonly Sighting[]
  /** Whether bodies are still to come that were never asked for. */
  readonly more: boolean
}

/**
 * Reads what lies at an area's places, verifies it, and keeps what counts more
 * than what is here. What others put there instead takes nothing away.
 */
export class Reading {
  readonly #options: ReadingOptions
  readonly #decoys = new Decoys()
  /** How often bodies were asked for, by digest: those that are nowhere hold up no others. */
  readonly #tries = new Map<string, number>()

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  /**
   * Whoever watches the area is told as it goes.
   *
   * @param bodies asked for, at most
   * @throws Fault `unreachable`, `cancelled`, `not-found` (community)
   */
  async read(
    communityId: CommunityId,
    area: Area,
    { bodies, signal }: { readonly bodies: number; readonly signal: AbortSignal },
  ): Promise<WasRead> {
    const places = this.#places(communityId, area)
    const followed = new Set(area.signers(communityId).map(hex))
    const sightings: Sighting[] = []
    let changed = false
    const boxes = this.#boxes(
      communityId,
      [...places.values()].map(({ place }) => place),
      signal,
    )
    let looked = 0
    for await (const box of boxes) {
      if (++looked % batch === 0) await setImmediate()
      if (signal.aborted) throw new Fault('cancelled', 'Reading was cancelled')
      const shard = places.get(placeKey(box.place))?.shard
      if (shard === undefined) continue
      const judged = this.#judge(communityId, area, box, { shard, followed })
      if (judged === undefined) continue
      changed ||= judged.changed
      const { expiryHours } = box
      sightings.push({ place: hex(box.place), author: hex(box.author), digest: judged.digest, expiryHours })
    }
    if (changed) area.told(communityId)
    const waiting = shuffled(this.#options.documents.waiting(communityId, area.name)).toSorted(
      (one, other) => this.#triesOf(one) - this.#triesOf(other),
    )
    for (const held of waiting.slice(0, bodies)) {
      this.#addTry(held)
      const body = await this.#fetchBody(communityId, held, signal)
      if (body !== undefined && this.#complete(area, held, body)) area.told(communityId)
    }
    return { sightings, more: waiting.some((held) => this.#triesOf(held) === 0) }
  }

  #triesOf({ digest }: Held): number {
    return this.#tries.get(hex(digest)) ?? 0
  }

  #addTry(held: Held): void {
    if (this.#tries.size >= maxTries) this.#tries.clear()
    this.#tries.set(hex(held.digest), this.#triesOf(held) + 1)
  }

  /** What lies at the place of a part, by whom: only what is that part. */
  async copiesOf(place: Capability, hash: Bytes, communityId: CommunityId, signal: AbortSignal): Promise<OpenedBox[]> {
    const copies: OpenedBox[] = []
    for await (const box of this.#boxes(communityId, [place], signal)) {
      if (hex(sha256(box.content)) === hex(hash)) copies.push(box)
    }
    return copies
  }

  /** A few places at a time: what others may have filled them with is never held all at once. */
  async *#boxes(communityId: CommunityId, places: readonly Capability[], signal: AbortSignal) {
    const client = clientOf(this.#options.clients, communityId)
    for (const batch of this.#decoys.batches(places)) yield* await client.fetch(batch, { signal })
  }

  #epochs(): number[] {
    const now = this.#options.clock.now()
    return [...new Set([...readEpochs(now), ...wantedEpochs(now)])]
  }

  #places(communityId: CommunityId, area: Area): Map<string, { readonly place: Capability; readonly shard: number }> {
    const places = new Map<string, { place: Capability; shard: number }>()
    for (const epoch of this.#epochs()) {
      const secret = this.#options.communities.secretIfHere(communityId, epoch)
      if (secret === undefined) continue
      for (let shard = 0; shard < area.shards; shard++) {
        const place = headPlace(secret, area.name, epoch, shard)
        places.set(placeKey(place.place), { place, shard })
      }
    }
    return places
  }

  /** The cheap questions first. @returns undefined for what is not a head that counts */
  #judge(
    communityId: CommunityId,
    area: Area,
    { content: head }: OpenedBox,
    { shard, followed }: { readonly shard: number; readonly followed: ReadonlySet<string> },
  ): { readonly digest: string; readonly changed: boolean } | undefined {
    const { documents } = this.#options
    try {
      const digest = digestOf(head)
      if (documents.has(communityId, digest)) return { digest: hex(digest), changed: false }
      const document = decodeHead(head)
      const belongs = document.area === area.name && shardsOf(document.key, area).includes(shard)
      if (!belongs || !followed.has(hex(document.signer))) return undefined
      if (documents.hasAsGood(communityId, document, digest)) return undefined
      requireSigned(head)
      if (!area.accepts(communityId, document, digest)) return undefined
      return { digest: hex(digest), changed: this.#take(communityId, area, head, document) }
    } catch (error) {
      if (isFault(error, 'too-large', 'malformed', 'unknown-version', 'bad-signature')) return undefined
      throw error
    }
  }

  /** @returns whether anything is here now that was not before */
  #take(communityId: CommunityId, area: Area, head: Bytes, document: Document): boolean {
    const { database, documents, clock } = this.#options
    const body = document.bodyLength === 0 ? new Uint8Array(0) : document.inline
    return database.transaction(() => {
      const { key, signer } = document
      const room =
        documents.hasKey(communityId, document) || documents.count(communityId, area.name, signer) < area.limit
      if (!room) return false
      const sensible = body !== undefined && makesSense(area, document, body)
      const wish = { body: sensible ? body : undefined, mine: false, now: clock.now() }
      const number = documents.put(communityId, head, wish)
      if (number === undefined) return false
      if (sensible) area.apply(communityId, key)
      else if (body !== undefined) documents.setUseless(number)
      return sensible
    })
  }

  /** @returns whether there is anything new to see */
  #complete(area: Area, held: Held, body: Bytes): boolean {
    const { database, documents } = this.#options
    return database.transaction(() => {
      if (documents.get(held.number) === undefined) return false
      if (!makesSense(area, held.document, body)) {
        documents.setUseless(held.number)
        return false
      }
      documents.complete(held, body)
      area.apply(held.communityId, held.document.key)
      return true
    })
  }

  /** One epoch after the other, so that little is held at once of what others may have put there. */
  async #fetchBody(communityId: CommunityId, held: Held, signal: AbortSignal): Promise<Bytes | undefined> {
    const { document } = held
    const found = new Map<string, Bytes>()
    for (const epoch of this.#epochs()) {
      const secret = this.#options.communities.secretIfHere(communityId, epoch)
      const missing = document.parts.filter((hash) => !found.has(hex(hash)))
      if (secret === undefined || missing.length === 0) continue
      const places = missing.map((hash) => partPlace(secret, document.area, epoch, hash))
      const wanted = new Set(missing.map(hex))
      for await (const { content } of this.#boxes(communityId, places, signal)) {
        const hash = hex(sha256(content))
        if (wanted.has(hash)) found.set(hash, content)
      }
    }
    const parts = document.parts.flatMap((hash) => found.get(hex(hash)) ?? [])
    const body = concat(...parts)
    return parts.length === document.parts.length && isBody(document, body) ? body : undefined
  }
}

function makesSense(area: Area, document: Document, body: Bytes): boolean {
  try {
    area.check(document, body)
    return true
  } catch (error) {
    if (isFault(error)) return false
    throw error
  }
}
