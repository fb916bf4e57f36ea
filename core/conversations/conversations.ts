import type { AppEvent } from '../api/events.ts'
import type { ConversationView, FoundMessageView, MessageView, WaitingView } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, ConversationId, MessageId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import type { Database } from '../database/database.ts'
import { wordsQuery } from '../database/words-query.ts'
import type { Lines } from '../files/lines.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { Actions, deleteHere, forgetConversation, type TextWish } from './actions.ts'
import { Courier, type Member } from './courier.ts'
import type { Desk } from './desk.ts'
import { Disappearing } from './disappearing.ts'
import type { Disposal } from './disposals.ts'
import { saveDraft } from './drafts.ts'
import { readItem } from './item.ts'
import { findMessage, markRead, matchMessages, readMessages } from './messages.ts'
import { PresenceBook } from './presence-book.ts'
import type { RecordHandlers } from './records.ts'
import { receiveItems } from './receiving.ts'
import { indexWords } from './search.ts'
import { Security } from './security.ts'
import {
  communityOf,
  getConversation,
  listConversations,
  openConversations,
  owedEnds,
  type Conversation,
} from './store.ts'
import { defaultTiming, type Timing } from './timing.ts'
import { conversationView, lastAt, waitingView } from './views.ts'
import { endsWindow, watchesOf, type Found } from './watches.ts'

export interface ConversationsOptions {
  readonly database: Database
  readonly ratchet: Ratchet
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  /** The running parts of a community, undefined while it is not running. */
  readonly members: (communityId: CommunityId) => Member | undefined
  readonly timing?: Partial<Timing>
  /** Other parts of the product that keep something with each conversation, by their area. */
  readonly records?: RecordHandlers
  /** A channel was opened: what waits for one may go on. */
  readonly connected?: () => void
  /** Whether this person tells what they have read, and is shown the same. Off by default. */
  readonly showsRead?: () => boolean
}

/** How many polls after each start look for acknowledgements that were told while this side was away. */
const pollsThatLookBack = 3

/** The conversations of this vault: their messages, and how these travel. */
export class Conversations implements Service {
  readonly #options: ConversationsOptions
  readonly #desk: Desk
  readonly #timing: Timing
  readonly #presences: PresenceBook
  readonly #disappearing: Disappearing
  readonly actions: Actions
  readonly security: Security
  readonly #couriers = new Map<CommunityId, { courier: Courier; started: Promise<void> }>()
  readonly #busy = new Set<Promise<void>>()

  constructor(options: ConversationsOptions) {
    this.#options = options
    const { database, ratchet, clock, timing, records = new Map() } = options
    this.#desk = { database, ratchet, clock, records, broken: (id) => this.#keep(this.security.look(id)) }
    this.#timing = { ...defaultTiming, ...timing }
    this.#presences = new PresenceBook(this.#desk)
    this.actions = new Actions(this.#desk, this.#said)
    this.security = new Security(this.#desk, {
      changed: this.#changed,
      told: (id) => this.#courierOf(id)?.keysChanged(id),
    })
    this.#disappearing = new Disappearing({ database, clock, log: options.log, changed: this.#changed })
  }

  /** Communities are attached one by one, as their nodes start. */
  async start(): Promise<void> {
    await this.#disappearing.start()
    indexWords(this.#desk.database)
    this.#answerEnds()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#couriers.keys()].map((id) => this.detach(id)))
    await Promise.allSettled(this.#busy)
    await this.#disappearing.stop()
  }

  /** The member node of a community has started. Idempotent. */
  attach(communityId: CommunityId): void {
    const member = this.#options.members(communityId)
    if (member === undefined || this.#couriers.has(communityId)) return
    const { log, connected } = this.#options
    const courier = new Courier({
      communityId,
      member,
      desk: this.#desk,
      presences: this.#presences,
      security: this.security,
      timing: this.#timing,
      log,
      changed: this.#changed,
      connected: () => connected?.(),
      received: this.#received,
    })
    const started = courier.start().catch(() => log.write('error', 'conversations.not-attached'))
    this.#couriers.set(communityId, { courier, started })
  }

  /** Closes channels and stops what is under way; the mail stays in the vault. Idempotent. */
  async detach(communityId: CommunityId): Promise<void> {
    const attached = this.#couriers.get(communityId)
    if (attached === undefined) return
    this.#couriers.delete(communityId)
    await attached.started
    await attached.courier.stop()
  }

  /** What files of a community move over, while it is attached. */
  lines(communityId: CommunityId): Lines | undefined {
    return this.#couriers.get(communityId)?.courier.lines()
  }

  /** What to look for on the nodes of a community. Call once for each poller. */
  sources(communityId: CommunityId): () => Iterable<Watch> {
    let polls = 0
    return () => {
      const lookBack = polls < pollsThatLookBack
      // a poll that reaches nobody finds nothing
      if (this.#options.members(communityId)?.node.status().state === 'reached') polls++
      const { database, clock } = this.#desk
      this.notice(communityId)
      const heard = listConversations(database, communityId).filter(({ blocked }) => !blocked)
      for (const { id } of heard) this.#keep(this.security.look(id))
      return heard.flatMap((conversation) => [
        ...watchesOf(conversation, { now: clock.now(), lookBack, found: this.#found }),
      ])
    }
  }

  /** Conversations may have been created: their contacts are told where we are, at once instead of at the next poll. */
  notice(communityId?: CommunityId): void {
    for (const [id, { courier }] of this.#couriers) {
      if (communityId === undefined || communityId === id) courier.notice()
    }
  }

  /** The last active first. */
  list(): ConversationView[] {
    const views = listConversations(this.#desk.database).map((conversation) => this.#view(conversation))
    return views.toSorted((a, b) => lastAt(b) - lastAt(a))
  }

  /** @throws Fault `not-found` */
  view(id: ConversationId): ConversationView {
    return this.#view(getConversation(this.#desk.database, id))
  }

  /** The last `limit` before position `before`, oldest first. @throws Fault `not-found` */
  messages(query: { conversationId: ConversationId; before?: number; limit: number }): MessageView[] {
    const { id } = getConversation(this.#desk.database, query.conversationId)
    return readMessages(this.#desk.database, id, query).map((message) => this.#shown(message))
  }

  /** As `Actions.send`. @returns the message */
  async send(wish: TextWish): Promise<MessageView> {
    await this.actions.send(wish)
    return this.message(wish.clientId)
  }

  /** @throws Fault `not-found` */
  message(id: MessageId): MessageView {
    const message = findMessage(this.#desk.database, id)
    if (message === undefined) throw new Fault('not-found', 'No such message')
    return this.#shown(message)
  }

  /** The newest first. */
  search(wish: { text: string; conversationId?: ConversationId | undefined; limit: number }): FoundMessageView[] {
    const query = wordsQuery(wish.text)
    if (query === undefined) return []
    indexWords(this.#desk.database)
    const found = matchMessages(this.#desk.database, query, wish)
    // a conversation's view costs more than a search: once for each, and not for each message
    const ids = new Set(found.map(({ conversationId }) => conversationId as ConversationId))
    const contacts = new Map([...ids].map((id) => [id as string, this.view(id).contact]))
    return found.flatMap((message) => {
      const contact = contacts.get(message.conversationId)
      return contact === undefined ? [] : [{ message: this.#shown(message), contact }]
    })
  }

  /** @throws Fault `not-found` */
  deleteHere(id: MessageId): void {
    this.#changed(deleteHere(this.#desk, id))
  }

  /** @throws Fault `not-found` */
  saveDraft(id: ConversationId, text: string): void {
    saveDraft(this.#desk.database, getConversation(this.#desk.database, id).id, text)
  }

  /** @throws Fault `not-found` */
  read({ conversationId, upTo }: { conversationId: ConversationId; upTo: number }): void {
    const { database, clock } = this.#desk
    if (!markRead(database, getConversation(database, conversationId), upTo, clock.now())) return
    // when they disappear is told with the messages
    this.#changed(conversationId)
    const { ending, blocked } = getConversation(database, conversationId)
    if (this.#showsRead() && ending === 'none' && !blocked) this.#keep(this.actions.tellRead(conversationId))
  }

  /** @throws Fault `not-found` */
  setMuted(id: ConversationId, muted: boolean): ConversationView {
    this.view(id)
    this.#desk.database.run('UPDATE conversations SET muted = ? WHERE id = ?', [muted ? 1 : 0, id])
    this.#changed(id)
    return this.view(id)
  }

  /** @throws Fault `not-found` */
  setBlocked(id: ConversationId, blocked: boolean): ConversationView {
    if (getConversation(this.#desk.database, id).blocked !== blocked) {
      this.#desk.database.run('UPDATE conversations SET blocked = ? WHERE id = ?', [blocked ? 1 : 0, id])
      this.#courierOf(id)?.blocked(id, blocked)
      this.#changed(id)
      if (!blocked) this.#answerEnds()
    }
    return this.view(id)
  }

  /** @throws Fault `not-found` */
  async forget(id: ConversationId): Promise<void> {
    const courier = this.#courierOf(id)
    await forgetConversation(this.#desk, id)
    // only now: what would begin anew finds nothing to begin with
    courier?.forgotten(id)
    this.#presences.forget(id)
    this.#options.emit({ type: 'conversations' })
  }

  /** Why messages are still queued. @throws Fault `not-found` */
  waiting(id: ConversationId): WaitingView {
    const conversation = getConversation(this.#desk.database, id)
    const isReached = this.#options.members(conversation.communityId)?.node.status().state === 'reached'
    return waitingView(this.#desk.database, conversation, { nextTry: this.#courierOf(id)?.nextTry(id), isReached })
  }

  /** @throws Fault `not-found` */
  allowDirect({ conversationId, allowed }: { conversationId: ConversationId; allowed: boolean }): ConversationView {
    const { id, direct } = getConversation(this.#desk.database, conversationId)
    if (direct.mine !== allowed) {
      this.#desk.database.run('UPDATE conversations SET direct_mine = ? WHERE id = ?', [allowed ? 1 : 0, id])
      this.#courierOf(id)?.consented(id)
      this.#changed(id)
    }
    return this.view(id)
  }

  readonly #found: Found = {
    mail: async (conversation, index, box, disposal) => {
      if (this.#listens(conversation.id)) await this.#collect(conversation, index, box, disposal)
    },
    presence: async ({ id, communityId }, box) => {
      if (!this.#listens(id)) return
      if (this.#presences.read(id, box)) this.#changed(id)
      await this.security.heard(id, this.#presences.get(id) ?? {})
      this.#couriers.get(communityId)?.courier.saw()
    },
  }

  /** Not where it was blocked or forgotten since the poll began. */
  #listens(id: ConversationId): boolean {
    return openConversations(this.#desk.database).includes(id)
  }

  async #collect(conversation: Conversation, index: number, opened: OpenedBox, box: Disposal): Promise<void> {
    const { id, communityId } = conversation
    const arrival = { index, ciphertext: readItem(opened.content), box, generation: conversation.generation }
    const saved = await receiveItems(this.#desk, id, [arrival])
    if (saved > 0) this.#received(id)
    this.#couriers.get(communityId)?.courier.collected(id)
    if (saved > 0 && endsWindow(conversation, getConversation(this.#desk.database, id))) this.#lookAgain(communityId)
  }

  readonly #received = (id: ConversationId): void => {
    this.#changed(id)
    this.#answerEnds()
  }

  /** Those that contacts have ended: all was deleted as it was read, and now they are told. */
  #answerEnds(): void {
    for (const id of owedEnds(this.#desk.database)) this.#keep(this.actions.confirmEnd(id))
  }

  /** The window was full: there may be more behind it. Not awaited, since a poll is under way. */
  #lookAgain(communityId: CommunityId): void {
    const poll = this.#options.members(communityId)?.poller.check() ?? Promise.resolve()
    this.#keep(poll)
  }

  /** Not awaited, and not left behind at the end either. What fails is tried again at the next occasion. */
  #keep(work: Promise<void>): void {
    const kept: Promise<void> = work.catch(() => {}).finally(() => this.#busy.delete(kept))
    this.#busy.add(kept)
  }

  #courierOf(id: ConversationId): Courier | undefined {
    return this.#couriers.get(communityOf(this.#desk.database, id))?.courier
  }

  #view(conversation: Conversation): ConversationView {
    const channel = this.#couriers.get(conversation.communityId)?.courier.channel(conversation.id) ?? 'none'
    const view = conversationView(this.#desk.database, conversation, channel)
    return { ...view, lastMessage: view.lastMessage === null ? null : this.#shown(view.lastMessage) }
  }

  /** Who does not tell what they read is not shown what others read. */
  #shown(message: MessageView): MessageView {
    return message.delivery === 'read' && !this.#showsRead() ? { ...message, delivery: 'delivered' } : message
  }

  #showsRead(): boolean {
    return this.#options.showsRead?.() ?? false
  }

  readonly #said = (id: ConversationId): void => {
    this.#changed(id)
    this.#courierOf(id)?.post(id)
  }

  readonly #changed = (id: ConversationId): void => {
    this.#disappearing.notice()
    for (const handler of this.#options.records?.values() ?? []) handler.committed?.(id)
    this.#options.emit({ type: 'messages', conversationId: id })
    this.#options.emit({ type: 'conversations' })
  }
}
