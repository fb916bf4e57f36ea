import { unsaid } from '../api/blank-offer.ts'
import type { AppEvent } from '../api/events.ts'
import type { OfferDraft, OfferDraftView, UnfinishedOffer } from '../api/offers.ts'
import type { BeginningView, VouchCount, VouchView } from '../api/vouches.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import type { CommunityId, ConversationId, OfferDraftId, PersonaId, VouchId } from '../base/ids.ts'
import type { Service } from '../base/service.ts'
import type { Communities } from '../community/communities.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { RecordHandler } from '../conversations/records.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import type { OfferDrafts } from '../offers/drafts.ts'
import { SeenOffers } from '../offers/seen-offers.ts'
import type { Personas } from '../personas/personas.ts'
import { beginningOf } from './beginning.ts'
import { mostVouches, VouchBook, type Received, type Talk } from './book.ts'
import { encodeVouchRecord, keyProof } from './content.ts'
import { countVouches, Signatures } from './counting.ts'
import { pairingOf, partiesOf, vouchArea, VouchRecords } from './records.ts'
import { communityTag, isCurrent, signVouch, vouchEnd } from './vouch.ts'

export interface VouchesOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly conversations: () => Conversations
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  /** What is being written. */
  readonly drafts: () => Pick<OfferDrafts, 'save'>
  /** What a persona shows for a topic has changed: its offers about it go out anew. */
  readonly republish: (personaId: PersonaId, topic: string) => void
}

/** What this person vouches for, and who vouches for them. */
export class Vouches implements Service {
  readonly #options: VouchesOptions
  /** What its area keeps with each conversation. */
  readonly records: readonly [area: string, handler: RecordHandler]
  readonly #book: VouchBook
  readonly #signatures = new Signatures()
  readonly #flights = new Flights()

  constructor(options: VouchesOptions) {
    this.#options = options
    this.#book = new VouchBook(options.database)
    const changed = (id: ConversationId, gone: readonly Received[]): void => this.#changed(id, gone)
    this.records = [vouchArea, new VouchRecords({ ...options, changed })]
  }

  /** Signs what was taken while nobody was here. */
  async start(): Promise<void> {
    this.#book.purge(this.#options.clock.now())
    for (const { conversationId, state } of this.#book.talks()) if (state === 'due') this.#settle(conversationId)
  }

  async stop(): Promise<void> {
    await this.#flights.settled()
  }

  /** All of this person's, the newest first. */
  list(): VouchView[] {
    const { clock, conversations } = this.#options
    this.#book.purge(clock.now())
    const talkers = new Map(
      conversations()
        .list()
        .map((each) => [each.id, each]),
    )
    const talks = this.#book.talks().flatMap((talk): VouchView[] => {
      const { id, conversationId, given, topic, state, month, at } = talk
      const conversation = talkers.get(conversationId)
      if (conversation === undefined) return []
      return [
        {
          id,
          personaId: conversation.personaId,
          conversationId,
          direction: given ? 'given' : 'received',
          contact: conversation.contact,
          topic,
          state: state === 'due' ? 'offered' : state,
          at,
          endsAt: month === undefined ? null : vouchEnd(month),
          shown: false,
        },
      ]
    })
    const received = this.#book
      .received()
      .map(({ id, personaId, conversationId, topic, month, at, shown }): VouchView => ({
        id,
        personaId,
        conversationId: conversationId ?? null,
        direction: 'received',
        contact: talkers.get(conversationId ?? '')?.contact ?? null,
        topic,
        state: 'given',
        at,
        endsAt: vouchEnd(month),
        shown,
      }))
    return [...talks, ...received].toSorted((a, b) => b.at - a.at)
  }

  /**
   * Vouches for the other of a conversation, as soon as their persona is known here: until they take it, it is an offer.
   *
   * @throws Fault as `Actions`; `wrong-state` (given already, or as many as there may be)
   */
  async give(id: ConversationId, topic: string): Promise<void> {
    await this.#options.conversations().actions.record(id, vouchArea, () => {
      this.#roomFor(id, true, topic)
      const talk = this.#book.talk(id, true, topic)
      if (talk?.state === 'given' && this.#counts(talk)) throw new Fault('wrong-state', 'This was vouched for already')
      if (talk?.state === 'offered') return undefined
      const conversation = getConversation(this.#options.database, id)
      const subject = partiesOf(this.#options, conversation).theirs ?? this.#book.subjectOf(id)
      return subject === undefined ? encodeVouchRecord({ kind: 'offer', topic }) : this.#signed(id, topic, subject)
    })
  }

  /** Asks the other to vouch for this persona, or takes what they offered: they learn its key. @throws Fault as `give` */
  async ask(id: ConversationId, topic: string): Promise<void> {
    const { database, personas, conversations } = this.#options
    await conversations().actions.record(id, vouchArea, () => {
      this.#roomFor(id, false, topic)
      if (this.#book.talk(id, false, topic)?.state === 'asked') return undefined
      const conversation = getConversation(database, id)
      const { key } = personas.get(conversation.personaId)
      const proof = keyProof(key, pairingOf(partiesOf(this.#options, conversation)))
      return encodeVouchRecord({ kind: 'ask', topic, key: key.publicKey, proof })
    })
  }

  /** @throws Fault as `give`, `not-found` */
  async takeBack(id: VouchId): Promise<void> {
    const { conversationId, topic } = this.#given(id)
    await this.#options.conversations().actions.record(conversationId, vouchArea, () => {
      const { state } = this.#given(id)
      return state === 'taken-back' ? undefined : encodeVouchRecord({ kind: 'take-back', topic })
    })
  }

  /** @throws Fault `not-found`, `wrong-state` (given, or offered: then it has to be taken back) */
  remove(id: VouchId): void {
    const talk = this.#book.talks().find((each) => each.id === id)
    const received = talk === undefined ? this.#received(id) : undefined
    if (talk?.given === true && talk.state !== 'asked' && talk.state !== 'taken-back') {
      throw new Fault('wrong-state', 'It has to be taken back first')
    }
    if (received === undefined) this.#book.dropTalk(id)
    else this.#book.dropReceived(id)
    if (received?.shown === true) this.#options.republish(received.personaId, received.topic)
    this.#options.emit({ type: 'vouches' })
  }

  /** @throws Fault `not-found` */
  setShown(id: VouchId, shown: boolean): void {
    const { personaId, topic, shown: before } = this.#received(id)
    if (before === shown) return
    this.#book.setShown(id, shown)
    this.#options.republish(personaId, topic)
    this.#options.emit({ type: 'vouches' })
  }

  /** Of the offers of a community that were read here, those with somebody to count. @throws Fault `not-found` */
  counts(communityId: CommunityId): Promise<VouchCount[]> {
    const { communities, personas, clock, database } = this.#options
    const community = communityTag(communities.get(communityId).networkKey)
    const own = new Set(personas.list(communityId).map(({ key }) => hex(key.publicKey)))
    const now = clock.now()
    return this.#flights.run(() =>
      countVouches(new SeenOffers(database).vouched(communityId, now), {
        community,
        known: this.#book.knownKeys(communityId),
        own,
        now,
        signatures: this.#signatures,
      }),
    )
  }

  /** In hexadecimal, persona keys of contacts whom this person blocked, as far as it is known which they are. */
  blockedKeys(communityId: CommunityId): ReadonlySet<string> {
    return this.#book.blockedKeys(communityId)
  }

  /** What goes with an offer of a persona's. With a request nothing does: it says what somebody wants to learn. */
  shownFor(personaId: PersonaId, { kind, topics }: Pick<OfferDraft, 'kind' | 'topics'>): Bytes[] {
    return kind === 'offer' ? this.#book.shownFor(personaId, topics, this.#options.clock.now()) : []
  }

  /** What a conversation began with: a draft of what a learner passes on. @throws Fault `not-found` */
  beginning(id: ConversationId): BeginningView | null {
    return beginningOf(this.#options.database, id) ?? null
  }

  /**
   * What was learned in a conversation, begun as an offer of this person's own: its topics and languages, and nothing of
   * what was said.
   *
   * @param draftId chosen by the caller
   * @throws Fault `not-found`, `wrong-state` (as many drafts as there may be)
   */
  passOn(id: ConversationId, draftId: OfferDraftId): OfferDraftView {
    const { database, drafts } = this.#options
    const { personaId } = getConversation(database, id)
    const { topics = [], languages = [] } = beginningOf(database, id) ?? {}
    const draft: UnfinishedOffer = {
      kind: 'offer',
      topics: [...topics],
      title: '',
      text: '',
      languages: [...languages],
      level: 'any',
      formats: ['text'],
      ...unsaid,
    }
    return drafts().save(draftId, { personaId, draft })
  }

  /** Something was said about vouches in a conversation. @param gone those that are shown no more */
  #changed(id: ConversationId, gone: readonly Received[]): void {
    this.#options.emit({ type: 'vouches' })
    for (const { personaId, topic } of gone) this.#options.republish(personaId, topic)
    if (this.#book.talksOf(id, true).some(({ state }) => state === 'due')) this.#settle(id)
  }

  #signed(id: ConversationId, topic: string, subject: Bytes): Bytes {
    const { database, personas, clock } = this.#options
    const conversation = getConversation(database, id)
    const parties = partiesOf(this.#options, conversation)
    const { key } = personas.get(conversation.personaId)
    const vouch = signVouch(key, { community: parties.community, subject, topic, now: clock.now() })
    return encodeVouchRecord({ kind: 'give', vouch, proof: keyProof(key, pairingOf(parties)) })
  }

  /** Signs what the other has taken. What cannot be said now is tried again after the next change. */
  #settle(id: ConversationId): void {
    const due = (): Talk | undefined => this.#book.talksOf(id, true).find(({ state }) => state === 'due')
    const { actions } = this.#options.conversations()
    const work = async (): Promise<void> => {
      for (let before: Talk | undefined, talk = due(); talk !== undefined && talk.id !== before?.id; talk = due()) {
        before = talk
        await actions.record(id, vouchArea, () => {
          const now = due()
          return now?.subject === undefined ? undefined : this.#signed(id, now.topic, now.subject)
        })
      }
    }
    this.#flights.run(work).catch(() => {})
  }

  #roomFor(id: ConversationId, given: boolean, topic: string): void {
    const talks = this.#book.talksOf(id, given)
    if (!talks.some((talk) => talk.topic === topic) && talks.length >= mostVouches) {
      throw new Fault('wrong-state', 'As many as there may be')
    }
  }

  #counts({ month }: Talk): boolean {
    return month !== undefined && isCurrent({ month }, this.#options.clock.now())
  }

  #given(id: VouchId): Talk {
    const talk = this.#book.talks().find((each) => each.id === id && each.given)
    if (talk === undefined) throw new Fault('not-found', 'No such vouch of one’s own')
    return talk
  }

  #received(id: VouchId): Received {
    const received = this.#book.received().find((each) => each.id === id)
    if (received === undefined) throw new Fault('not-found', 'No such vouch')
    return received
  }
}
