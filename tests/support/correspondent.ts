import type { MessageView } from '../../core/api/views.ts'
import type { Bytes } from '../../core/base/bytes.ts'
import { isFault } from '../../core/base/fault.ts'
import { freshId, type ConversationId, type MessageId } from '../../core/base/ids.ts'
import type { Job } from '../../core/base/jobs.ts'
import { silentLog } from '../../core/base/log.ts'
import type { BoxClient } from '../../core/boxes/client.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { keyState } from '../../core/conversations/key-state.ts'
import { Mailbox } from '../../core/conversations/mailbox.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { PresencePublisher } from '../../core/conversations/presence-publisher.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { communityId } from './pair.ts'

/** How a vault may come back from a restore that went wrong. */
export type Damage = 'session-lost' | 'session-damaged' | 'identity-lost'

/** One side of a conversation: all of core/conversations but sockets, over a real vault, and nodes that the test gives. */
export class Correspondent {
  readonly #open: () => Desk
  readonly #client: BoxClient
  readonly id: ConversationId
  desk: Desk
  conversations: Conversations
  #mailbox: Mailbox
  publisher: PresencePublisher

  constructor(open: () => Desk, client: BoxClient, id: ConversationId) {
    this.#open = open
    this.#client = client
    this.id = id
    ;[this.desk, this.conversations, this.#mailbox, this.publisher] = this.#start()
  }

  #start(): [Desk, Conversations, Mailbox, PresencePublisher] {
    const desk = this.#open()
    const parts = { desk, communityId, client: this.#client }
    return [
      desk,
      new Conversations({ ...desk, emit: () => {}, log: silentLog, members: () => undefined }),
      new Mailbox({ ...parts, timing: defaultTiming, live: () => false, changed: () => {} }),
      new PresencePublisher({ ...parts, addresses: () => [] }),
    ]
  }

  async restart(): Promise<void> {
    await this.conversations.stop()
    this.desk.database.close()
    ;[this.desk, this.conversations, this.#mailbox, this.publisher] = this.#start()
  }

  async close(): Promise<void> {
    await this.conversations.stop()
    this.desk.database.close()
  }

  get state() {
    return getConversation(this.desk.database, this.id)
  }

  get keys() {
    return keyState(this.desk.database, this.id)
  }

  async say(text: string): Promise<void> {
    await this.conversations.send({ conversationId: this.id, clientId: freshId<MessageId>(), text })
  }

  /** Stores what is to be stored, and deletes what is to be deleted. */
  async post(): Promise<void> {
    for (let jobs = this.#due(); jobs.length > 0; jobs = this.#due()) for (const job of jobs) await this.#try(job)
  }

  #due(): Job[] {
    return this.#mailbox.jobs().filter(({ dueAt }) => dueAt <= this.desk.clock.now())
  }

  /** What fails is tried again when time has passed. */
  async #try(job: Job): Promise<void> {
    await job.run(new AbortController().signal).catch((error: unknown) => {
      if (!isFault(error, 'unreachable', 'box-refused')) throw error
    })
  }

  async tell(): Promise<void> {
    this.publisher.mark(this.id, 0)
    for (const job of this.publisher.jobs()) if (job.dueAt <= this.desk.clock.now()) await this.#try(job)
  }

  /** Reads all that lies where it looks. */
  async look(): Promise<void> {
    for (const watch of this.conversations.sources(communityId)()) {
      for (const box of await this.#client.fetch([watch.capability])) await watch.handle(box)
    }
    await this.conversations.security.look(this.id)
  }

  /** As a live channel would bring it. */
  async hand(to: Correspondent, most = 8): Promise<void> {
    const { sendAcked, generation } = this.state
    const items = itemsFrom(this.desk.database, this.id, sendAcked, most)
    await receiveItems(
      to.desk,
      to.id,
      items.map((item) => ({ ...item, generation })),
    )
    await to.conversations.security.look(to.id)
  }

  messages(mine: boolean): MessageView[] {
    const all = this.conversations.messages({ conversationId: this.id, limit: 200 })
    return all.filter((message) => message.mine === mine)
  }

  /** What the other said, lines and what could not be read in angle brackets. */
  heard(): string[] {
    return this.messages(false).map(({ kind, text }) => (kind === 'text' ? text : `<${kind}>`))
  }

  /** Only words. */
  texts(): string[] {
    return this.messages(false).flatMap(({ kind, text }) => (kind === 'text' ? [text] : []))
  }

  renewals(): number {
    return this.messages(false).filter(({ kind }) => kind === 'session-reset').length
  }

  damage(damage: Damage): void {
    const { database } = this.desk
    const { identityId } = this.state.session
    if (damage === 'session-lost') database.run('DELETE FROM ratchet_sessions')
    if (damage === 'session-damaged') database.run('UPDATE ratchet_sessions SET record = ?', [Uint8Array.of(8, 1, 2)])
    if (damage === 'identity-lost') database.run('DELETE FROM ratchet_identities WHERE id = ?', [identityId])
  }

  /** The session as it is now, to be put back later: an older state than the other knows. */
  backUp(): () => void {
    const { database } = this.desk
    const [row] = database.all<{ record: Bytes }>('SELECT record FROM ratchet_sessions')
    return () => {
      database.run('UPDATE ratchet_sessions SET record = ?', [row?.record ?? new Uint8Array(1)])
    }
  }
}

/** Both sides come by one after the other, as often as it takes. @returns whether nothing waits any more */
export async function settle(
  sides: readonly [Correspondent, Correspondent],
  pass: () => void,
  rounds = 12,
): Promise<boolean> {
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      await side.look()
      await side.post()
      await side.tell()
    }
    if (sides.every((side) => side.state.sendAcked === side.state.sendNext && side.keys.attempt === undefined)) {
      return true
    }
    pass()
  }
  return false
}
