import type { AppEvent } from '../api/events.ts'
import { limits } from '../api/limits.ts'
import { offerRoom } from '../api/offer-room.ts'
import type { OfferDraft, OfferView, OwnOfferView, ShownOffer, UnfinishedOffer } from '../api/offers.ts'
import { hex } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import { freshId, type CommunityId, type OfferDraftId, type OfferId, type PersonaId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Clients } from '../boxes/clients.ts'
import { epochOf } from '../community/epoch.ts'
import { random } from '../crypto/random.ts'
import type { TopicSpace } from '../topics/own.ts'
import type { OfferKind } from './boards.ts'
import { Browser, offerKey } from './browser.ts'
import { OfferDrafts } from './drafts.ts'
import { Editions, type EditionsOptions } from './editions.ts'
import { ownDraft } from './harmless-draft.ts'
import { isOver, OwnOffers, type OwnOffer } from './own-offers.ts'
import { Publisher, remindBefore } from './publisher.ts'
import { SeenOffers, shownOffer } from './seen-offers.ts'

/** An offer ends by itself after so long: nobody should answer to a wish of last year. */
const lifetime = 90 * 86_400_000

export interface OffersOptions extends EditionsOptions {
  readonly clients: Clients
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  /** What people of a community teach and learn. */
  readonly topics: (communityId: CommunityId) => Pick<TopicSpace, 'has'>
  /** How many of those who introduced themselves to an offer were accepted, and are still with its author: neither gone nor at the end of a mentorship. */
  readonly accepted: (id: OfferId) => number
}

/** What this person offers and asks for, and what others do. */
export class Offers implements Service {
  /** What is being written. */
  readonly drafts: OfferDrafts
  readonly #options: OffersOptions
  readonly #own: OwnOffers
  readonly #seen: SeenOffers
  readonly #editions: Editions
  readonly #publisher: Publisher
  readonly #browser: Browser
  readonly #reading = new Flights()
  #stopping = new AbortController()

  constructor(options: OffersOptions) {
    const { database } = options
    this.#options = options
    this.drafts = new OfferDrafts(options)
    this.#own = new OwnOffers(database)
    this.#seen = new SeenOffers(database)
    this.#editions = new Editions(options)
    this.#publisher = new Publisher({ ...options, offers: this.#own, editions: this.#editions })
    this.#browser = new Browser({
      ...options,
      seen: this.#seen,
      withdrawn: () => this.#withdrawn(),
    })
  }

  async start(): Promise<void> {
    if (this.#stopping.signal.aborted) this.#stopping = new AbortController()
    await this.#publisher.start()
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('cancelled', 'The app stops'))
    await this.#publisher.stop()
    await this.#reading.settled()
  }

  /** The network is back: what waits for a retry is tried at once. */
  wake(): void {
    this.#publisher.wake()
  }

  /** What this device has read, newest first. */
  browse(filter: { communityId: CommunityId; topic?: string; kind?: OfferKind }): OfferView[] {
    const { personas, clock } = this.#options
    const mine = new Set(personas.list(filter.communityId).map(({ key }) => hex(key.publicKey)))
    return this.#seen.browse(filter, clock.now(), mine)
  }

  /** Reads the boards again. @throws Fault `unreachable`, `cancelled`, `not-found` */
  async refresh(
    { communityId, topic }: { communityId: CommunityId; topic?: string },
    signal?: AbortSignal,
  ): Promise<{ found: number }> {
    const stopping = this.#stopping.signal
    const either = signal === undefined ? stopping : AbortSignal.any([signal, stopping])
    return { found: await this.#reading.run(() => this.#browser.refresh(communityId, topic, either)) }
  }

  mine(): OwnOfferView[] {
    return this.#own.list().map((offer) => this.#view(offer))
  }

  /** What others would see of something that is being written. @throws Fault `not-found` (persona) */
  preview({ personaId, draft }: { personaId: PersonaId; draft: UnfinishedOffer }): ShownOffer {
    const { pseudonym, key } = this.#options.personas.get(personaId)
    return shownOffer(ownDraft(draft), pseudonym, key.publicKey)
  }

  /**
   * Saves an offer and begins to publish it.
   *
   * @throws Fault `not-found` (persona), `offer-too-long`, `bad-input`
   */
  publish({
    personaId,
    draft,
    draftId,
  }: {
    personaId: PersonaId
    draft: OfferDraft
    draftId?: OfferDraftId | undefined
  }): OwnOfferView {
    const { database, personas, ratchet, clock, emit } = this.#options
    const { communityId } = personas.get(personaId)
    const words = this.#sayable(communityId, draft)
    const now = clock.now()
    const offer = database.transaction(() => {
      const wish: OwnOffer = {
        id: freshId<OfferId>(),
        communityId,
        personaId,
        draft: words,
        secret: random(32),
        identityId: ratchet.createIdentity(personaId, 'offer'),
        createdAt: now,
        expiresAt: now + lifetime,
        state: 'publishing',
        revision: 0,
      }
      this.#own.insert(wish)
      // encodes it for every board: what does not fit is refused here
      this.#editions.ensure(wish, epochOf(now))
      if (draftId !== undefined) this.drafts.remove(draftId)
      return wish
    })
    emit({ type: 'own-offers' })
    if (draftId !== undefined) emit({ type: 'offer-drafts' })
    this.#publisher.wake()
    return this.#view(offer)
  }

  /**
   * Says something else in the same offer: whoever has read it will see the new words in its place.
   *
   * @throws Fault `not-found`, `wrong-state` (it is over, or of the other kind), `offer-too-long`, `bad-input`
   */
  edit({
    offerId: id,
    draft,
    draftId,
  }: {
    offerId: OfferId
    draft: OfferDraft
    draftId?: OfferDraftId | undefined
  }): OwnOfferView {
    const view = this.#change(id, (offer) => {
      const words = this.#sayable(offer.communityId, draft)
      if (offer.draft.kind !== words.kind) throw new Fault('wrong-state', 'An offer does not become a request')
      this.#own.reword(id, words)
      if (draftId !== undefined) this.drafts.remove(draftId)
      this.#remake(id)
    })
    if (draftId !== undefined) this.#options.emit({ type: 'offer-drafts' })
    return view
  }

  /** Publishes an offer again as it is, with what goes along with it now. @throws Fault as `edit` */
  republish(id: OfferId): OwnOfferView {
    return this.#change(id, ({ draft }) => {
      this.#own.reword(id, draft)
      this.#remake(id)
    })
  }

  /** The same for all offers of a persona's, not requests, that are on their boards or on their way there, and about a topic. */
  republishAbout(personaId: PersonaId, topic: string): void {
    for (const { id, draft, ...offer } of this.#own.in('publishing', 'published', 'failed')) {
      const isAbout = draft.kind === 'offer' && draft.topics.includes(topic)
      if (offer.personaId === personaId && isAbout) this.republish(id)
    }
  }

  /** Lets an offer stand for its whole time again. @throws Fault `not-found`, `wrong-state` (it is over) */
  renew(id: OfferId): OwnOfferView {
    return this.#change(id, () => {
      this.#own.prolong(id, this.#options.clock.now() + lifetime)
      // the boxes of this week and the next would end before
      if (this.#editions.areCut(this.#own.get(id))) this.#remake(id)
    })
  }

  /** Takes an offer off its boards, to be taken up again. Idempotent. @throws Fault `not-found`, `wrong-state` (it is over) */
  pause(id: OfferId): void {
    this.#change(id, ({ state }) => {
      if (state === 'pausing' || state === 'paused') return
      this.#own.setState(id, 'pausing')
      this.#forgetSeen(id)
    })
  }

  /** @throws Fault `not-found`, `wrong-state` (it is not paused) */
  resume(id: OfferId): void {
    this.#change(id, ({ state }) => {
      if (state !== 'pausing' && state !== 'paused') throw new Fault('wrong-state', 'This offer is not paused')
      this.#own.setState(id, 'publishing')
      this.#remake(id)
    })
  }

  /** Tries a failed one again. @throws Fault `not-found`, `wrong-state` */
  retry(id: OfferId): void {
    const { database, emit } = this.#options
    database.transaction(() => {
      if (this.#own.get(id).state !== 'failed') throw new Fault('wrong-state', 'Only a failed offer is tried again')
      this.#own.setState(id, 'publishing')
      this.#editions.boxes.forgetRefusals(id)
    })
    emit({ type: 'own-offers' })
    this.#publisher.wake()
  }

  /** Takes an offer off its boards, or stops publishing it. Idempotent. @throws Fault `not-found` */
  withdraw(id: OfferId): void {
    const { database, emit } = this.#options
    const changed = database.transaction(() => {
      const { state } = this.#own.get(id)
      if (state === 'withdrawing' || state === 'withdrawn') return false
      this.#own.setState(id, 'withdrawing')
      this.#forgetSeen(id)
      return true
    })
    if (!changed) return
    this.#publisher.cancel(id)
    emit({ type: 'own-offers' })
  }

  /** What is to be published, as it will be read. @throws Fault `bad-input`, `offer-too-long` */
  #sayable(communityId: CommunityId, draft: OfferDraft): OfferDraft {
    const topics = this.#options.topics(communityId)
    if (![...draft.topics, ...draft.inReturn.topics].every((topic) => topics.has(topic)))
      throw new Fault('bad-input', 'An offer about an unknown topic')
    const words = ownDraft(draft)
    if (offerRoom(words) > limits.offerRoom) throw new Fault('offer-too-long', 'The offer does not fit its box')
    return words
  }

  /** Of one that is not over; what runs for it stops, and what is to be done is read anew. */
  #change(id: OfferId, body: (offer: OwnOffer) => void): OwnOfferView {
    const { database, emit } = this.#options
    database.transaction(() => {
      const offer = this.#own.get(id)
      if (isOver(offer)) throw new Fault('wrong-state', 'This offer is over')
      body(offer)
    })
    this.#publisher.cancel(id)
    emit({ type: 'own-offers' })
    return this.#view(this.#own.get(id))
  }

  /** What stands on boards is to be made anew; what is paused stays so. */
  #remake(id: OfferId): void {
    const offer = this.#own.get(id)
    this.#editions.remake(offer)
    if (offer.state === 'published' || offer.state === 'failed') this.#own.setState(id, 'publishing')
  }

  /** One's own is not shown among the others when it is taken off, and not read again from a node that still has it. */
  #forgetSeen(id: OfferId): void {
    const { personas, ratchet } = this.#options
    const { personaId, identityId } = this.#own.get(id)
    this.#seen.remove(personas.get(personaId).key.publicKey, ratchet.identityKey(identityId))
  }

  #view({ id, personaId, communityId, draft, createdAt, expiresAt, state }: OwnOffer): OwnOfferView {
    const { clock, accepted } = this.#options
    return {
      ...draft,
      id,
      personaId,
      communityId,
      createdAt,
      expiresAt,
      endsSoon: !isOver({ state }) && expiresAt - clock.now() <= remindBefore,
      accepted: accepted(id),
      state,
      progress: this.#publisher.progress(id),
    }
  }

  #withdrawn(): Set<string> {
    const { personas, ratchet } = this.#options
    return new Set(
      this.#own
        .in('pausing', 'paused', 'withdrawing', 'withdrawn')
        .map(({ personaId, identityId }) =>
          offerKey(personas.get(personaId).key.publicKey, ratchet.identityKey(identityId)),
        ),
    )
  }
}
