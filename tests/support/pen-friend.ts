import type { MessageView } from '../../core/api/views.ts'
import { freshId, type ConversationId, type MessageId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { acknowledge } from '../../core/conversations/acknowledging.ts'
import type { Content } from '../../core/conversations/content.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { encodeItems } from '../../core/conversations/plaintext.ts'
import type { RecordHandlers } from '../../core/conversations/records.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { getConversation } from '../../core/conversations/store.ts'
import type { Database } from '../../core/database/database.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import type { ManualClock } from './manual-clock.ts'
import { introduce } from './pair.ts'

/** One side of a conversation with everything but a network: real vault, real ratchet. */
export class PenFriend implements Desk {
  readonly database: Database
  readonly clock: ManualClock
  readonly ratchet: Ratchet
  readonly id: ConversationId
  readonly app: Conversations
  readonly records: RecordHandlers
  showsRead = false

  constructor(database: Database, clock: ManualClock, id: ConversationId, records: RecordHandlers = new Map()) {
    this.records = records
    this.database = database
    this.clock = clock
    this.id = id
    this.ratchet = new Ratchet(database, clock)
    this.app = new Conversations({
      database,
      clock,
      ratchet: this.ratchet,
      emit: () => {},
      log: silentLog,
      members: () => undefined,
      records,
      showsRead: () => this.showsRead,
    })
  }

  get actions() {
    return this.app.actions
  }

  async write(text: string, replyTo?: MessageId): Promise<MessageId> {
    const clientId = freshId<MessageId>()
    await this.app.send({ conversationId: this.id, clientId, text, replyTo })
    return clientId
  }

  shown(): MessageView[] {
    return this.app.messages({ conversationId: this.id, limit: 200 })
  }

  /** The last message. */
  last(): MessageView {
    const message = this.shown().at(-1)
    if (message === undefined) throw new Error('no message')
    return message
  }

  lastId(): MessageId {
    return this.last().id as MessageId
  }

  /** Brings all that was said here to the other, and the acknowledgement back. */
  async deliver(to: PenFriend): Promise<void> {
    await receiveItems(to, to.id, itemsFrom(this.database, this.id, 0, 1000))
    const { receiveNext: count } = getConversation(to.database, to.id)
    acknowledge(this.database, this.id, { count, live: true, now: this.clock.now() })
  }

  /** Says something by this side's own rules, in the pair's real session. */
  async forge(...contents: readonly Content[]): Promise<void> {
    for (const content of contents) {
      const { receiveNext: ack } = getConversation(this.database, this.id)
      for (const plaintext of encodeItems(content, { at: this.clock.now(), ack })) await this.forgeItem(plaintext)
    }
  }

  async forgeItem(plaintext: Uint8Array): Promise<void> {
    const { session, sendNext } = getConversation(this.database, this.id)
    const staged = await this.ratchet.encrypt(session, plaintext)
    this.database.transaction(() => {
      staged.commit()
      this.database.run(
        'INSERT INTO conversation_outbox (conversation_id, chain_index, ciphertext, due_at) VALUES (?, ?, ?, 0)',
        [this.id, sendNext, staged.value],
      )
      this.database.run('UPDATE conversations SET send_next = ? WHERE id = ?', [sendNext + 1, this.id])
    })
  }
}

/** Two who have been introduced. @param records what else their apps keep with conversations */
export async function penFriends(
  vaults: readonly [Database, Database],
  clock: ManualClock,
  records?: (database: Database, clock: ManualClock) => RecordHandlers,
): Promise<{ seeker: PenFriend; mentor: PenFriend }> {
  const pair = await introduce(vaults[0], vaults[1], clock)
  const friend = ({ database, id }: typeof pair.seeker): PenFriend =>
    new PenFriend(database, clock, id, records?.(database, clock))
  return { seeker: friend(pair.seeker), mentor: friend(pair.mentor) }
}
