import { randomInt } from 'node:crypto'
import type { AppEvent } from '../api/events.ts'
import type { Progress } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import type { OfferId } from '../base/ids.ts'
import { dueTime, Jobs, type Job } from '../base/jobs.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { clientOf, type Clients } from '../boxes/clients.ts'
import { PlaceFull } from '../boxes/refusal.ts'
import { wantedEpochs } from '../community/board-epochs.ts'
import { epochOf } from '../community/epoch.ts'
import type { Database } from '../database/database.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { boxAuthor } from './boards.ts'
import { wasSent, type EditionBox, type Spot } from './edition-boxes.ts'
import type { Editions } from './editions.ts'
import { chooseGroup, lastGroup } from './group-choice.ts'
import { alive, type OwnOffer, type OwnOffers } from './own-offers.ts'

const hour = 3_600_000
const day = 24 * hour
/** Every box is stored again so often, give or take a quarter: nodes come and go. */
const republishEvery = 12 * hour
/** A box that nodes refused so often is given up until the person tries again. */
const maxRefusals = 3
/** A withdrawn offer stays in the list so long. */
const keepWithdrawn = 30 * day
/** An offer’s author is told so long before it ends. */
export const remindBefore = 10 * day

export interface PublisherOptions {
  readonly database: Database
  readonly offers: OwnOffers
  readonly editions: Editions
  readonly ratchet: Ratchet
  readonly clients: Clients
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
}

/**
 * Keeps this person's offers on their boards, and takes withdrawn ones off. All
 * that it does follows from the vault, so that a crash changes nothing.
 */
export class Publisher implements Service {
  readonly #options: PublisherOptions
  readonly #jobs: Jobs
  readonly #progress = new Map<OfferId, Progress>()
  #cleanedAt = 0

  constructor(options: PublisherOptions) {
    this.#options = options
    const { clock, log } = options
    this.#jobs = new Jobs({ name: 'offers', list: () => this.#list(), clock, log })
  }

  start(): Promise<void> {
    return this.#jobs.start()
  }

  stop(): Promise<void> {
    return this.#jobs.stop()
  }

  wake(): void {
    this.#jobs.wake()
  }

  /** Aborts what runs for an offer, and reads anew what is to be done for it. */
  cancel(id: OfferId): void {
    this.#jobs.cancel(id)
  }

  progress(id: OfferId): Progress | null {
    return this.#progress.get(id) ?? null
  }

  #list(): Job[] {
    const { offers, editions, clock } = this.#options
    const now = clock.now()
    this.#clean(now)
    const jobs: Job[] = []
    for (const offer of offers.in('publishing', 'published')) {
      for (const epoch of wantedEpochs(now)) {
        if (!this.#ensure(offer, epoch)) break
        const boxes = editions.boxes.of(offer.id).filter((box) => box.epoch === epoch)
        if (boxes.length === 0) continue
        jobs.push({
          key: `${offer.id}/${epoch}`,
          subject: offer.id,
          dueAt: Math.min(...boxes.map(({ dueAt }) => dueTime(dueAt, now))),
          run: (signal) => this.#publish(offer, epoch, signal),
        })
      }
      const taken = editions.boxes.left(offer.id).filter(({ bury }) => bury)
      if (taken.length > 0) {
        jobs.push({
          key: `${offer.id}/taken-out`,
          subject: offer.id,
          dueAt: now,
          run: (signal) => this.#takeOut(offer, taken, signal),
        })
      }
    }
    for (const offer of offers.in('pausing')) {
      jobs.push({
        key: `${offer.id}/pause`,
        subject: offer.id,
        dueAt: now,
        run: (signal) => this.#pause(offer, signal),
      })
    }
    for (const offer of offers.in('withdrawing')) {
      jobs.push({
        key: `${offer.id}/withdraw`,
        subject: offer.id,
        dueAt: now,
        run: (signal) => this.#withdraw(offer, signal),
      })
    }
    return jobs
  }

  /** @returns whether the offer has its edition; one that cannot be written any more fails alone */
  #ensure(offer: OwnOffer, epoch: number): boolean {
    try {
      this.#options.editions.ensure(offer, epoch)
      return true
    } catch (error) {
      // the community's secret of this week is not here: the clock is behind, and the offer waits for it
      if (isFault(error, 'not-found')) return false
      if (!isFault(error, 'offer-too-long', 'bad-input')) throw error
      this.#fail(offer.id)
      return false
    }
  }

  /** Mines what is not mined yet, saves it, and stores all that is due. */
  async #publish(offer: OwnOffer, epoch: number, signal: AbortSignal): Promise<void> {
    const { editions, clock } = this.#options
    const quiet = offer.state === 'published'
    const tell = (phase: Progress['phase'], fraction: number): void => {
      if (!quiet && !signal.aborted) this.#tell(offer.id, { phase, fraction })
    }
    const due = () => {
      const now = clock.now()
      return editions.boxes.of(offer.id).filter((box) => box.epoch === epoch && dueTime(box.dueAt, now) <= now)
    }
    try {
      const unmined = due().filter(({ box }) => box === null)
      for (const [index, box] of unmined.entries()) {
        await this.#mine(offer, box, signal, (fraction) => tell('working', (index + fraction) / unmined.length))
      }
      const mined = due()
      for (const [index, box] of mined.entries()) {
        await this.#store(offer, box, signal, (fraction) => tell('storing', (index + fraction) / mined.length))
      }
    } catch (error) {
      if (signal.aborted) throw error
      if (isFault(error, 'work-too-hard')) this.#fail(offer.id)
      if (this.#options.offers.get(offer.id).state === 'publishing') tell('waiting', 0)
      throw error
    }
    if (!signal.aborted) this.#settle(offer.id)
  }

  async #mine(offer: OwnOffer, box: EditionBox, signal: AbortSignal, onFraction: (f: number) => void): Promise<void> {
    const { database, editions } = this.#options
    const edition = editions.get(offer.id, box.epoch)
    if (edition === undefined) return
    const client = clientOf(this.#options.clients, offer.communityId)
    const group = await chooseGroup(client, box.group, (group) => editions.choice(offer, box, group), signal)
    if (signal.aborted) return
    // on disk before anything is made for it, so that a box and its place are never of two groups
    const placed = group === box.group ? box : editions.move(offer, box, group)
    const encoded = await client.prepare(editions.draft(offer, edition, placed), {
      signal,
      onProgress: (_phase, fraction) => onFraction(fraction),
    })
    database.transaction(() => {
      if (!signal.aborted) editions.boxes.setBox(placed, encoded)
    })
  }

  async #store(offer: OwnOffer, box: EditionBox, signal: AbortSignal, onFraction: (f: number) => void): Promise<void> {
    const { database, editions, clock } = this.#options
    if (box.box === null) return
    try {
      await clientOf(this.#options.clients, offer.communityId).store(box.box, {
        signal,
        onProgress: (_phase, fraction) => onFraction(fraction),
      })
    } catch (error) {
      if (isFault(error, 'box-refused') && !signal.aborted) {
        if (error instanceof PlaceFull && box.group < lastGroup) {
          // to try the same place again would be work for nothing
          editions.move(offer, box, box.group + 1)
          throw error
        }
        database.transaction(() => editions.boxes.setRefused(box))
        if (box.refusals + 1 >= maxRefusals) this.#fail(offer.id)
      }
      throw error
    }
    const jitter = randomInt(-republishEvery / 4, republishEvery / 4)
    if (!signal.aborted) editions.boxes.setStored(box, clock.now() + republishEvery + jitter)
  }

  /** Published once all boards of this week have it. */
  #settle(id: OfferId): void {
    const { offers, editions, clock, emit } = this.#options
    const present = epochOf(clock.now())
    if (offers.get(id).state !== 'publishing') return
    if (editions.boxes.of(id).some((box) => box.epoch === present && !box.stored)) return
    offers.setState(id, 'published')
    this.#tell(id, null)
    emit({ type: 'own-offers' })
  }

  #fail(id: OfferId): void {
    const { offers, emit } = this.#options
    offers.setState(id, 'failed')
    this.#tell(id, null)
    emit({ type: 'own-offers' })
  }

  /** Takes off the boxes of topics that the offer is no longer about. */
  async #takeOut(offer: OwnOffer, spots: readonly Spot[], signal: AbortSignal): Promise<void> {
    for (const spot of spots) {
      await this.#bury(offer, spot, signal)
      if (!signal.aborted) this.#options.editions.boxes.setBuried(spot)
    }
  }

  /** As a withdrawal, but all of it can be made again: introductions on their way still arrive. */
  async #pause(offer: OwnOffer, signal: AbortSignal): Promise<void> {
    const { database, offers, editions, emit } = this.#options
    this.#tell(offer.id, null)
    for (const spot of editions.boxes.left(offer.id)) await this.#bury(offer, spot, signal)
    for (const box of editions.boxes.of(offer.id)) if (wasSent(box)) await this.#bury(offer, box, signal)
    const paused = database.transaction(() => {
      // taken back or up again meanwhile
      if (signal.aborted || offers.get(offer.id).state !== 'pausing') return false
      for (const spot of editions.boxes.left(offer.id)) editions.boxes.setBuried(spot)
      for (const box of editions.boxes.of(offer.id)) editions.boxes.setAnew(box)
      offers.setState(offer.id, 'paused')
      return true
    })
    if (paused) emit({ type: 'own-offers' })
  }

  /** Takes off what may lie on any node, box by box; what is past its time is gone by itself. */
  async #withdraw(offer: OwnOffer, signal: AbortSignal): Promise<void> {
    const { database, offers, editions, ratchet, clock, emit } = this.#options
    this.#tell(offer.id, null)
    // only now: a node that was slow to take a box may have done so long after the box went on
    for (const spot of editions.boxes.left(offer.id)) {
      await this.#bury(offer, spot, signal)
      editions.boxes.removeLeft(spot)
    }
    for (const box of editions.boxes.of(offer.id)) {
      if (wasSent(box)) await this.#bury(offer, box, signal)
      editions.boxes.removeBox(box)
    }
    database.transaction(() => {
      for (const { bundle } of editions.all(offer.id)) ratchet.forgetBundle(offer.identityId, bundle)
      editions.removeAll(offer.id)
      offers.setState(offer.id, 'withdrawn', clock.now())
    })
    emit({ type: 'own-offers' })
  }

  async #bury(offer: OwnOffer, { epoch, topic, group, place, sequence }: Spot, signal: AbortSignal): Promise<void> {
    const { editions, clients, clock } = this.#options
    const expiry = (editions.get(offer.id, epoch)?.expiryHours ?? 0) * hour
    if (expiry <= clock.now()) return
    const author = boxAuthor(offer.secret, { kind: offer.draft.kind, topic, epoch }, group)
    await clientOf(clients, offer.communityId).delete({ place, author, sequence: BigInt(sequence) }, { signal })
  }

  #tell(id: OfferId, progress: Progress | null): void {
    if (progress === null) this.#progress.delete(id)
    else this.#progress.set(id, progress)
    this.#options.emit({ type: 'progress', subject: id, progress })
  }

  /** Once an hour: ends offers whose time is over, reminds of those that end soon, deletes old keys, forgets what was withdrawn long ago. */
  #clean(now: number): void {
    if (now - this.#cleanedAt < hour && now >= this.#cleanedAt) return
    this.#cleanedAt = now
    const { database, offers, editions, ratchet, emit } = this.#options
    const changed = database.transaction(() => {
      editions.purge()
      ratchet.purge()
      for (const identity of offers.forgetEnded(now - keepWithdrawn)) ratchet.releaseIdentity(identity)
      const over = offers.in(...alive).filter(({ expiresAt }) => expiresAt <= now)
      for (const { id } of over) offers.setState(id, 'withdrawing')
      return { over, ending: offers.takeReminders(now + remindBefore, ...alive) }
    })
    if (changed.over.length + changed.ending.length > 0) emit({ type: 'own-offers' })
    for (const offerId of changed.ending) emit({ type: 'offer-ends', offerId })
  }
}
