import type { AppEvent } from '../api/events.ts'
import type { ConversationView, MessageView } from '../api/views.ts'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import type { CommunityId, ConversationId, MessageId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import type { Database } from '../database/database.ts'
import type { Lines } from '../files/lines.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { Courier, type Member } from './courier.ts'
import type { Desk } from './desk.ts'
import type { Disposal } from './disposals.ts'
import { decodeItem } from './item.ts'
import { markRead, readMessages } from './messages.ts'
import { PresenceBook } from './presence-book.ts'
import { receiveItem } from './receiving.ts'
import { saveOutgoing } from './sending.ts'
import { getConversation, listConversations, type Conversation } from './store.ts'
import { defaultTiming, type Timing } from './timing.ts'
import { conversationView } from './views.ts'
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
  /** A channel was opened: what waits for one may go on. */
  readonly connected?: () => void
}

/** How many polls after each start look for acknowledgements that were told while this side was away. */
const pollsThatLookBack = 3

/** The conversations of this vault: their messages, and how these travel. */
export class Conversations implements Service {
  readonly #options: ConversationsOptions
  readonly #desk: Desk
  readonly #timing: Timing
  readonly #presences: PresenceBook
  readonly #couriers = new Map<CommunityId, { courier: Courier; started: Promise<void> }>()
  readonly #busy = new Set<Promise<void>>()

  constructor(options: ConversationsOptions) {
    this.#options = options
    const { database, ratchet, clock, timing } = options
    this.#desk = { database, ratchet, clock }
    this.#timing = { ...defaultTiming, ...timing }
    this.#presences = new PresenceBook(this.#desk)
  }

  /** Communities are attached one by one, as their nodes start. */
  async start(): Promise<void> {}

  async stop(): Promise<void> {
    await Promise.all([...this.#couriers.keys()].map((id) => this.detach(id)))
    await Promise.allSettled(this.#busy)
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
      timing: this.#timing,
      log,
      changed: this.#changed,
      connected: () => connected?.(),
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
      return listConversations(database, communityId).flatMap((conversation) => [
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
    return readMessages(this.#desk.database, id, query)
  }

  /**
   * Saves a message; it is on its way when this returns. The same `clientId`
   * again is the same message.
   *
   * @throws Fault `not-found`, `message-too-long`, `bad-input`, `disk-full`
   */
  async send(wish: { conversationId: ConversationId; clientId: MessageId; text: string }): Promise<MessageView> {
    const { conversationId, clientId, text } = wish
    const { message, fresh } = await saveOutgoing(this.#desk, { conversationId, messageId: clientId, text })
    if (fresh) {
      this.#changed(conversationId)
      this.#courierOf(conversationId)?.post(conversationId)
    }
    return message
  }

  /** @throws Fault `not-found` */
  read({ conversationId, upTo }: { conversationId: ConversationId; upTo: number }): void {
    const { id } = getConversation(this.#desk.database, conversationId)
    if (markRead(this.#desk.database, id, upTo)) this.#options.emit({ type: 'conversations' })
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
    mail: async (conversation, index, box, disposal) => this.#collect(conversation, index, box, disposal),
    presence: async ({ id, communityId }, box) => {
      if (this.#presences.read(id, box)) this.#changed(id)
      this.#couriers.get(communityId)?.courier.saw()
    },
  }

  async #collect(conversation: Conversation, index: number, opened: OpenedBox, box: Disposal): Promise<void> {
    const { id, communityId } = conversation
    const arrival = { index, ciphertext: contentOf(opened), box }
    const saved = await receiveItem(this.#desk, id, arrival)
    if (saved > 0) this.#changed(id)
    this.#couriers.get(communityId)?.courier.collected(id)
    if (saved > 0 && endsWindow(conversation, getConversation(this.#desk.database, id))) this.#lookAgain(communityId)
  }

  /** The window was full: there may be more behind it. Not awaited, since a poll is under way. */
  #lookAgain(communityId: CommunityId): void {
    const poll = this.#options.members(communityId)?.poller.check() ?? Promise.resolve()
    const kept: Promise<void> = poll.catch(() => {}).finally(() => this.#busy.delete(kept))
    this.#busy.add(kept)
  }

  #courierOf(id: ConversationId): Courier | undefined {
    return this.#couriers.get(getConversation(this.#desk.database, id).communityId)?.courier
  }

  #view(conversation: Conversation): ConversationView {
    const channel = this.#couriers.get(conversation.communityId)?.courier.channel(conversation.id) ?? 'none'
    return conversationView(this.#desk.database, conversation, channel)
  }

  readonly #changed = (id: ConversationId): void => {
    this.#options.emit({ type: 'messages', conversationId: id })
    this.#options.emit({ type: 'conversations' })
  }
}

function lastAt({ lastMessage, createdAt }: ConversationView): number {
  return lastMessage?.sentAt ?? createdAt
}

/** Undefined where this version cannot read it. */
function contentOf(box: OpenedBox): Bytes | undefined {
  try {
    return decodeItem(box.content)
  } catch (error) {
    if (isFault(error, 'unknown-version', 'malformed', 'too-large')) return undefined
    throw error
  }
}
