import { wordFields } from '../api/card-fields.ts'
import type { DisclosureLogEntry } from '../api/disclosure.ts'
import type { IntroductionView, InviteTokenView, SentIntroductionView } from '../api/views.ts'
import type { CommunityId, ConversationId, IntroductionId, OfferId, PersonaId, TokenId } from '../base/ids.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import { Flights } from '../base/flights.ts'
import { Jobs, type Job } from '../base/jobs.ts'
import type { Service } from '../base/service.ts'
import type { Watch } from '../boxes/poller.ts'
import { authorOf } from '../personas/author.ts'
import { harmlessCard } from '../personas/card.ts'
import { Answering } from './answering.ts'
import { contextOf, type Context, type IntroductionsOptions } from './context.ts'
import { Listening } from './listening.ts'
import { Receiving } from './receiving.ts'
import { Sending, type SendWish } from './sending.ts'
import type { SentIntroduction } from './sent.ts'

/** First contact, both ways: what this person sent, and what waits for their answer. */
export class Introductions implements Service {
  readonly #context: Context
  readonly #sending: Sending
  readonly #receiving: Receiving
  readonly #answering: Answering
  readonly #listening: Listening
  readonly #jobs: Jobs
  readonly #calls = new Flights()

  constructor(options: IntroductionsOptions) {
    this.#context = contextOf(options)
    this.#sending = new Sending(this.#context)
    this.#receiving = new Receiving(this.#context)
    this.#answering = new Answering(this.#context)
    this.#listening = new Listening(this.#context)
    const { clock, log } = options
    this.#jobs = new Jobs({ name: 'introductions', list: () => this.#list(), clock, log })
  }

  start(): Promise<void> {
    return this.#jobs.start()
  }

  async stop(): Promise<void> {
    await this.#jobs.stop()
    await this.#calls.settled()
  }

  /** The network is back: what waits for a retry is tried at once. */
  wake(): void {
    this.#jobs.wake()
  }

  /** Where to look for introductions to this person's offers, and for answers to theirs. For a Poller. */
  sources(communityId: CommunityId): () => Iterable<Watch> {
    return () => [...this.#listening.watches(communityId), ...this.#receiving.watches(communityId)]
  }

  /** Those with an invite token first, then by work, then the newest. */
  pending(): IntroductionView[] {
    return this.#context.received.list().map((introduction) => ({
      id: introduction.id,
      personaId: introduction.personaId,
      offerId: introduction.offerId,
      offerTitle: introduction.offerTitle,
      from: authorOf(introduction.pseudonym, introduction.senderKey),
      text: harmlessText(introduction.text),
      card: harmlessCard(introduction.card),
      receivedAt: introduction.receivedAt,
      work: introduction.work,
      invited: introduction.invited ?? null,
    }))
  }

  /** Newest first. */
  sent(): SentIntroductionView[] {
    return this.#context.sent.list().map((introduction) => this.#view(introduction))
  }

  /** What this person showed with introductions that no conversation came of so far. */
  shownWith(): DisclosureLogEntry[] {
    return this.#context.sent.list().flatMap(({ personaId, to, card, createdAt: at }) =>
      wordFields
        .filter((field) => card[field] !== undefined)
        .map((field) => ({
          personaId,
          contact: authorOf(to.pseudonym, to.key),
          conversationId: null,
          field,
          deed: 'shown',
          at,
        })),
    )
  }

  /**
   * Saves an introduction and begins to send it.
   *
   * @throws Fault `offer-gone`, `wrong-state` (own offer, or introduced already), `not-found` (persona), `bad-input`,
   * `invite-mangled`, `invite-unknown-version` (the token)
   */
  async send(wish: SendWish): Promise<SentIntroductionView> {
    const introduction = await this.#calls.run(() => this.#sending.send(wish))
    this.#context.emit({ type: 'introductions' })
    this.#context.emit({ type: 'offers', communityId: introduction.communityId })
    this.#jobs.wake()
    return this.#view(introduction)
  }

  /** Stops sending, or takes back what nobody answered yet. Idempotent. @throws Fault `not-found`, `wrong-state` */
  cancel(id: IntroductionId): void {
    this.#sending.cancel(id)
    this.#jobs.cancel(id)
    this.#context.emit({ type: 'introductions' })
    this.#context.emit({ type: 'offers', communityId: this.#context.sent.get(id).communityId })
  }

  /** Tries a failed one again, with more work where it is said. @throws Fault `not-found`, `wrong-state`, `bad-input` */
  retry(id: IntroductionId, workBits?: number): void {
    this.#sending.retry(id, workBits)
    this.#context.emit({ type: 'introductions' })
    this.#jobs.wake()
  }

  /**
   * The conversation and the answer are saved together; the answer is stored in
   * the background until the other is heard.
   *
   * @throws Fault `not-found` (also where it was answered already)
   */
  async accept(id: IntroductionId): Promise<ConversationId> {
    const conversationId = await this.#calls.run(() => this.#answering.accept(id))
    this.#context.emit({ type: 'introductions' })
    this.#context.emit({ type: 'conversations' })
    // one more of as many as its author wants at once
    this.#context.emit({ type: 'own-offers' })
    this.#jobs.wake()
    return conversationId
  }

  /** The conversations with those who introduced themselves to an offer, were accepted, and write with its author still. */
  acceptedFor(offerId: OfferId): ConversationId[] {
    return this.#context.acceptances.conversationsFor(offerId)
  }

  /** Silent to the other side; forgotten here. @throws Fault `not-found` */
  decline(id: IntroductionId): void {
    this.#answering.decline(id)
    this.#context.emit({ type: 'introductions' })
  }

  /** Newest first. */
  tokens(): InviteTokenView[] {
    return this.#context.tokens.list()
  }

  /** An invite token to hand out in private. @throws Fault `not-found` (persona), `wrong-state` (there are too many) */
  makeToken(personaId: PersonaId, note: string): InviteTokenView {
    const { tokens, personas, clock } = this.#context
    const token = tokens.make(personas.get(personaId).id, note, clock.now())
    this.#context.emit({ type: 'introductions' })
    return token
  }

  /** @throws Fault `not-found` */
  revokeToken(id: TokenId): void {
    this.#context.tokens.revoke(id)
    this.#context.emit({ type: 'introductions' })
  }

  #list(): Job[] {
    const { database, clock, emit } = this.#context
    const now = clock.now()
    const changed = database.transaction(() => {
      const sent = this.#sending.expire(now)
      return this.#answering.expire(now) || sent
    })
    if (changed) emit({ type: 'introductions' })
    return [...this.#sending.jobs(), ...this.#answering.jobs()]
  }

  #view(introduction: SentIntroduction): SentIntroductionView {
    const { id, personaId, to, offerTitle, text, card, createdAt, state, workBits, invited, crowded } = introduction
    return {
      id,
      personaId,
      to: authorOf(to.pseudonym, to.key),
      offerTitle: harmlessLine(offerTitle),
      text,
      card: harmlessCard(card),
      createdAt,
      state,
      progress: this.#sending.progress(id),
      workBits,
      invited,
      crowded,
    }
  }
}
