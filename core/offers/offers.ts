import type { AppEvent } from '../api/events.ts'
import type { OfferDraft, OfferView, OwnOfferView } from '../api/views.ts'
import { hex } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import { harmlessText } from '../base/harmless.ts'
import { freshId, type CommunityId, type OfferId, type PersonaId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Clients } from '../boxes/clients.ts'
import type { Communities } from '../community/communities.ts'
import { epochOf } from '../community/epoch.ts'
import { isTopic } from '../topics/taxonomy.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import type { OfferKind } from './boards.ts'
import { Browser, offerKey } from './browser.ts'
import { Editions } from './editions.ts'
import { OwnOffers, type OwnOffer } from './own-offers.ts'
import { Publisher } from './publisher.ts'
import { SeenOffers } from './seen-offers.ts'

/** An offer ends by itself after so long: nobody should answer to a wish of last year. */
const lifetime = 90 * 86_400_000

export interface OffersOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly ratchet: Ratchet
  readonly clients: Clients
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
}

/** What this person offers and asks for, and what others do. */
export class Offers implements Service {
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

  /**
   * Saves an offer and begins to publish it.
   *
   * @throws Fault `not-found` (persona), `offer-too-long`, `bad-input`
   */
  publish({ personaId, draft }: { personaId: PersonaId; draft: OfferDraft }): OwnOfferView {
    const { database, personas, ratchet, clock, emit } = this.#options
    const { communityId } = personas.get(personaId)
    if (!draft.topics.every(isTopic)) throw new Fault('bad-input', 'An offer about an unknown topic')
    const now = clock.now()
    const offer = database.transaction(() => {
      const wish: OwnOffer = {
        id: freshId<OfferId>(),
        communityId,
        personaId,
        draft: normalised(draft),
        secret: random(32),
        identityId: ratchet.createIdentity(personaId, 'offer'),
        createdAt: now,
        expiresAt: now + lifetime,
        state: 'publishing',
      }
      this.#own.insert(wish)
      // encodes it for every board: what does not fit is refused here
      this.#editions.ensure(wish, epochOf(now))
      return wish
    })
    emit({ type: 'own-offers' })
    this.#publisher.wake()
    return this.#view(offer)
  }

  /** Tries a failed one again. @throws Fault `not-found`, `wrong-state` */
  retry(id: OfferId): void {
    const { database, emit } = this.#options
    database.transaction(() => {
      if (this.#own.get(id).state !== 'failed') throw new Fault('wrong-state', 'Only a failed offer is tried again')
      this.#own.setState(id, 'publishing')
      this.#editions.forgetRefusals(id)
    })
    emit({ type: 'own-offers' })
    this.#publisher.wake()
  }

  /** Takes an offer off its boards, or stops publishing it. Idempotent. @throws Fault `not-found` */
  withdraw(id: OfferId): void {
    const { database, ratchet, personas, emit } = this.#options
    const changed = database.transaction(() => {
      const { state, personaId, identityId } = this.#own.get(id)
      if (state === 'withdrawing' || state === 'withdrawn') return false
      this.#own.setState(id, 'withdrawing')
      this.#seen.remove(personas.get(personaId).key.publicKey, ratchet.identityKey(identityId))
      return true
    })
    if (!changed) return
    this.#publisher.cancel(id)
    emit({ type: 'own-offers' })
  }

  #view({ id, personaId, communityId, draft, createdAt, expiresAt, state }: OwnOffer): OwnOfferView {
    return {
      ...draft,
      id,
      personaId,
      communityId,
      createdAt,
      expiresAt,
      state,
      progress: this.#publisher.progress(id),
    }
  }

  #withdrawn(): Set<string> {
    const { personas, ratchet } = this.#options
    return new Set(
      this.#own
        .in('withdrawing', 'withdrawn')
        .map(({ personaId, identityId }) =>
          offerKey(personas.get(personaId).key.publicKey, ratchet.identityKey(identityId)),
        ),
    )
  }
}

/** As it will be read: each word of a list once, no halves of characters, and nothing that was pasted in unseen. */
function normalised(draft: OfferDraft): OfferDraft {
  return {
    ...draft,
    title: draft.title.toWellFormed(),
    text: harmlessText(draft.text.toWellFormed()),
    topics: [...new Set(draft.topics)],
    languages: [...new Set(draft.languages)],
    formats: [...new Set(draft.formats)],
  }
}
