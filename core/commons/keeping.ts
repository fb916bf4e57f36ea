import { setImmediate } from 'node:timers/promises'
import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import { dueTime } from '../base/jobs.ts'
import type { Capability } from '../boxes/capability.ts'
import { clientOf, type Clients } from '../boxes/clients.ts'
import { boardGrace, wantedEpochs } from '../community/board-epochs.ts'
import type { Communities } from '../community/communities.ts'
import { epochStart } from '../community/epoch.ts'
import { jittered, shuffled } from '../crypto/random.ts'
import type { Area } from './area.ts'
import type { Copies, Copy } from './copies.ts'
import { splitBody } from './document.ts'
import type { Documents, Held } from './documents.ts'
import { copyAuthor, headPlace, partPlace, shardsOf } from './places.ts'
import type { Reading, Sighting } from './reading.ts'

const hour = 3_600_000
/** What was stored is stored again so often, give or take a quarter, and what was enough is looked at again: nodes come and go. */
const storeAgain = 12 * hour
/** Where so many others have a copy, this device need not. */
const enoughCopies = 2
/** A copy that expires sooner does not count. */
const leastLife = 36 * hour
/** Boxes for what others signed, and looks at whether others have a part, in one go: a large library keeps nobody busy. */
const boxesAtOnce = 24
const looksAtOnce = 24
const maxMoreWork = 8
/** Documents looked at before others get a turn: a large library must not freeze the app. */
const batch = 16

export interface KeepingOptions {
  readonly documents: Documents
  readonly copies: Copies
  readonly reading: Reading
  readonly communities: Communities
  readonly clients: Clients
  readonly clock: Clock
}

interface Spot {
  readonly copy: Copy
  readonly capability: Capability
  readonly content: Bytes
  /** Of a part of a body; heads were seen in the reading before. */
  readonly hash: Bytes | undefined
}

/**
 * Keeps documents on the network: this person's own always, and those of others
 * where too few have a copy, so that nothing goes because its signer is away.
 */
export class Keeping {
  readonly #options: KeepingOptions

  constructor(options: KeepingOptions) {
    this.#options = options
  }

  /**
   * @param documents those that count
   * @param sightings of the reading before
   * @returns whether there is more to do soon, and whether something that was signed here got out
   * @throws Fault `unreachable`, `cancelled`
   */
  async keep(
    communityId: CommunityId,
    area: Area,
    {
      documents,
      sightings,
      signal,
    }: { readonly documents: readonly Held[]; readonly sightings: readonly Sighting[]; readonly signal: AbortSignal },
  ): Promise<{ readonly more: boolean; readonly out: boolean }> {
    let left = boxesAtOnce
    let looks = looksAtOnce
    let more = false
    let out = false
    const ordered = [...documents.filter(({ mine }) => mine), ...shuffled(documents.filter(({ mine }) => !mine))]
    for (const epoch of wantedEpochs(this.#options.clock.now())) {
      const secret = this.#options.communities.secretIfHere(communityId, epoch)
      if (secret === undefined) continue
      for (const [index, held] of ordered.entries()) {
        if (index % batch === batch - 1) await setImmediate()
        if (signal.aborted) throw new Fault('cancelled', 'Keeping was cancelled')
        for (const part of this.#due(held, area, epoch)) {
          if (!held.mine && (left <= 0 || (part >= 0 && looks-- <= 0))) {
            more = true
            continue
          }
          const spot = this.#spot(held, area, { epoch, secret, part })
          if (spot === undefined) continue
          if (!held.mine) {
            if (await this.#hasEnough(held, spot, sightings, signal)) continue
            left--
          }
          const isNew = held.mine && this.#options.copies.get(spot.copy)?.stored !== true
          if (!(await this.#store(held, spot, signal))) more = true
          else if (isNew) out = true
        }
      }
    }
    return { more, out }
  }

  /** Which of a document's copies are to be, and are not known to be good for a while. See Copy. */
  #due({ document, number }: Held, area: Area, epoch: number): number[] {
    const { copies, clock } = this.#options
    const now = clock.now()
    const heads = shardsOf(document.key, area).map((_, index) => -1 - index)
    const parts = document.inline === undefined ? document.parts.map((_, part) => part) : []
    return [...heads, ...parts].filter((part) => {
      const dueAt = copies.get({ document: number, epoch, part })?.dueAt
      return dueAt === undefined || dueTime(dueAt, now) <= now
    })
  }

  #spot(
    { document, number, head }: Held,
    area: Area,
    { epoch, secret, part }: { readonly epoch: number; readonly secret: Bytes; readonly part: number },
  ): Spot | undefined {
    const copy = { document: number, epoch, part }
    const shard = shardsOf(document.key, area)[-1 - part]
    if (shard !== undefined) {
      return { copy, capability: headPlace(secret, area.name, epoch, shard), content: head, hash: undefined }
    }
    const [content, hash] = [splitBody(this.#options.documents.body(number))[part], document.parts[part]]
    if (content === undefined || hash === undefined) return undefined
    return { copy, capability: partPlace(secret, area.name, epoch, hash), content, hash }
  }

  async #hasEnough(held: Held, spot: Spot, sightings: readonly Sighting[], signal: AbortSignal): Promise<boolean> {
    const { copies, clock } = this.#options
    const author = hex(this.#author(held, spot).publicKey)
    const least = (clock.now() + leastLife) / hour
    const others = (await this.#seen(held, spot, sightings, signal)).filter(
      (seen) => seen.author !== author && seen.expiryHours >= least,
    )
    if (new Set(others.map((seen) => seen.author)).size < enoughCopies) return false
    if (spot.hash !== undefined) {
      const before = copies.get(spot.copy)
      const dueAt = laterThan(clock.now())
      copies.set(spot.copy, { box: null, refusals: 0, stored: false, ...before, dueAt })
    }
    return true
  }

  async #seen(
    held: Held,
    { capability, hash }: Spot,
    sightings: readonly Sighting[],
    signal: AbortSignal,
  ): Promise<readonly Pick<Sighting, 'author' | 'expiryHours'>[]> {
    if (hash !== undefined) {
      const boxes = await this.#options.reading.copiesOf(capability, hash, held.communityId, signal)
      return boxes.map(({ author, expiryHours }) => ({ author: hex(author), expiryHours }))
    }
    const [place, digest] = [hex(capability.place), hex(held.digest)]
    return sightings.filter((seen) => seen.place === place && seen.digest === digest)
  }

  /** @returns whether that is all for now; else it is to be tried again soon */
  async #store(held: Held, spot: Spot, signal: AbortSignal): Promise<boolean> {
    const { copies, clients, clock } = this.#options
    const { copy, capability, content } = spot
    const client = clientOf(clients, held.communityId)
    const before = copies.get(copy) ?? { box: null, refusals: 0, stored: false, dueAt: 0 }
    const { refusals } = before
    const later = (): number => laterThan(clock.now())
    try {
      const box =
        before.box ??
        (await client.prepare(
          {
            capability,
            author: this.#author(held, spot),
            sequence: (BigInt(held.document.version) << 16n) | BigInt(refusals),
            expiryHours: Math.ceil((epochStart(copy.epoch + 1) + boardGrace) / hour),
            content,
            moreWork: Math.min(maxMoreWork, 2 * refusals),
          },
          { signal },
        ))
      copies.set(copy, { ...before, box })
      await client.store(box, { signal })
      copies.set(copy, { box, refusals, stored: true, dueAt: later() })
      return true
    } catch (error) {
      if (signal.aborted || !isFault(error, 'box-refused', 'work-too-hard')) throw error
      // another box, with more work, at the next reading; a place that stays full is left for a while
      const enough = isFault(error, 'work-too-hard') || 2 * refusals >= maxMoreWork
      copies.set(copy, { box: null, refusals: refusals + 1, stored: false, dueAt: enough ? later() : 0 })
      return enough
    }
  }

  #author({ communityId, document }: Held, { capability }: Spot) {
    return copyAuthor(this.#options.copies.keeper(communityId), capability.place, document.key, document.signer)
  }
}

function laterThan(now: number): number {
  return now + Math.round(jittered(storeAgain, 0.25))
}
