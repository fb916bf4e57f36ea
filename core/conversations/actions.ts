import { limits } from '../api/limits.ts'
import { utf8Length } from '../api/utf8-length.ts'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MessageId } from '../base/ids.ts'
import { changeable, type Content, type Ref } from './content.ts'
import type { Desk } from './desk.ts'
import { keyState } from './key-state.ts'
import { says, seenItems, storedMessage, type StoredMessage } from './messages.ts'
import { withholdItems } from './outbox.ts'
import { scrub } from './scrubbing.ts'
import { Sending, type Wish } from './sending.ts'
import { getConversation, releaseIdentity, type Conversation } from './store.ts'
import { inTurn } from './turns.ts'

export interface TextWish {
  readonly conversationId: ConversationId
  /** Chosen by the caller: the same wish twice is one message. */
  readonly clientId: MessageId
  readonly text: string
  readonly replyTo?: MessageId | undefined
}

export interface FileWish extends Pick<TextWish, 'conversationId' | 'clientId'> {
  readonly offer: Bytes
}

/**
 * What a person can say and do in a conversation, with what it takes. All of it
 * is in the vault, and on its way, once it resolves.
 *
 * Every action throws Fault `not-found`, `wrong-state` (the conversation has
 * ended, the contact is blocked, it is too late), `key-changed`,
 * `message-too-long`, `bad-input`, `disk-full`.
 */
export class Actions {
  readonly #desk: Desk
  readonly #sending: Sending
  readonly #said: (id: ConversationId) => void

  /** @param said something was saved, for the windows and for the courier */
  constructor(desk: Desk, said: (id: ConversationId) => void) {
    this.#desk = desk
    this.#sending = new Sending(desk)
    this.#said = said
  }

  async send({ conversationId, clientId, text, replyTo }: TextWish): Promise<void> {
    const content = ({ timer }: Conversation): Content => ({
      kind: 'text',
      text: bounded(text),
      ...(replyTo === undefined ? {} : { reply: this.#reference(conversationId, replyTo) }),
      ...(timer > 0 ? { timer } : {}),
    })
    await this.#say(conversationId, content, { messageId: clientId })
  }

  /** @param offer encoded; the file is noted in the transaction that saves the message */
  async sendFile({ conversationId, clientId, offer }: FileWish): Promise<void> {
    const content = ({ timer }: Conversation): Content => ({ kind: 'file', offer, ...(timer > 0 ? { timer } : {}) })
    await this.#say(conversationId, content, { messageId: clientId })
  }

  /**
   * What another part of the product keeps with the conversation: its handler
   * applies it in the transaction that saves it.
   *
   * @param body made when its turn has come, from what is saved by then; undefined where there is nothing to say any more
   */
  async record(id: ConversationId, area: string, body: () => Bytes | undefined): Promise<void> {
    const content = (): Content => {
      const bytes = body()
      if (bytes === undefined) throw unchanged
      return { kind: 'record', of: area, body: bytes }
    }
    await this.#say(id, content, { alone: true })
  }

  async react(message: MessageId, emoji: string): Promise<ConversationId> {
    const { conversationId: id } = this.#message(message)
    await this.#say(id, () => ({ kind: 'reaction', to: this.#reference(id, message), emoji }))
    return id
  }

  async edit(message: MessageId, text: string): Promise<ConversationId> {
    const { conversationId: id } = this.#message(message)
    await this.#say(id, () => {
      const { kind, index } = this.#own(message)
      if (kind !== 'text') throw new Fault('wrong-state', 'A message without words to change')
      return { kind: 'edit', index, text: bounded(text) }
    })
    return id
  }

  async deleteForBoth(message: MessageId): Promise<ConversationId> {
    const { conversationId: id } = this.#message(message)
    await this.#say(id, () => ({ kind: 'delete', index: this.#own(message).index }))
    scrub(this.#desk.database)
    return id
  }

  async setTimer(id: ConversationId, seconds: number): Promise<void> {
    await this.#say(id, ({ timer }) => {
      if (timer === seconds) throw unchanged
      return { kind: 'timer', seconds }
    })
  }

  /** Tells the other what was seen, where that is news. */
  async tellRead(id: ConversationId): Promise<void> {
    await this.#say(id, (conversation) => {
      const count = seenItems(this.#desk.database, conversation)
      if (count <= conversation.readTold) throw unchanged
      return { kind: 'read', count }
    })
  }

  async end(id: ConversationId): Promise<void> {
    await this.#say(id, () => ({ kind: 'end' }))
    scrub(this.#desk.database)
  }

  /** The other has ended it: all is deleted here, and they are told. */
  async confirmEnd(id: ConversationId): Promise<void> {
    scrub(this.#desk.database)
    await this.#say(id, ({ endOwed }) => {
      if (!endOwed) throw unchanged
      return { kind: 'ended' }
    })
  }

  async #say(
    conversationId: ConversationId,
    content: (conversation: Conversation) => Content,
    how: Pick<Wish, 'messageId' | 'alone'> = {},
  ): Promise<void> {
    const wish = {
      conversationId,
      content: (conversation: Conversation) => {
        if (conversation.blocked) throw new Fault('wrong-state', 'This contact is blocked')
        return content(conversation)
      },
      ...how,
    }
    try {
      if (await this.#sending.say(wish)) this.#said(conversationId)
    } catch (error) {
      if (error !== unchanged) throw error
    }
  }

  #message(id: MessageId): StoredMessage {
    const message = storedMessage(this.#desk.database, id)
    if (message === undefined) throw new Fault('not-found', 'No such message')
    return message
  }

  /** How the other knows a message. */
  #reference(conversationId: ConversationId, id: MessageId): Ref {
    const message = this.#message(id)
    if (message.conversationId !== conversationId || message.kind === 'timer') {
      throw new Fault('bad-input', 'A message of another conversation')
    }
    if (!says(message.kind)) throw new Fault('wrong-state', 'A message that says nothing any more')
    return { own: message.mine, index: message.index }
  }

  /** One's own, and not older than an hour. */
  #own(id: MessageId): StoredMessage {
    const message = this.#message(id)
    const late = this.#desk.clock.now() > message.writtenAt + changeable
    if (!message.mine || !says(message.kind) || late) {
      throw new Fault('wrong-state', 'A message that cannot be changed any more')
    }
    return message
  }
}

function bounded(text: string): string {
  if (text === '') throw new Fault('bad-input', 'A message without text')
  if (utf8Length(text) > limits.messageBytes) throw new Fault('message-too-long', 'A message longer than the limit')
  return text.toWellFormed()
}

/** There is nothing to say. */
const unchanged = new Fault('cancelled', 'Nothing has changed')

/** Forgets a message here; the other keeps it. @throws Fault `not-found` */
export function deleteHere({ database }: Desk, id: MessageId): ConversationId {
  const message = storedMessage(database, id)
  if (message === undefined) throw new Fault('not-found', 'No such message')
  database.transaction(() => {
    database.run('DELETE FROM messages WHERE number = ?', [message.number])
    if (message.mine) withholdItems(database, message.conversationId, message.index)
  })
  scrub(database)
  return message.conversationId
}

/** Deletes a conversation with its messages and its keys. What is under way of it stops by itself. */
export function forgetConversation(desk: Desk, id: ConversationId): Promise<void> {
  const { database, ratchet } = desk
  return inTurn(desk, id, async () => {
    const { session } = getConversation(database, id)
    const { attempt } = keyState(database, id)
    database.transaction(() => {
      database.run('DELETE FROM conversations WHERE id = ?', [id])
      ratchet.deleteSession(session)
      // a seeker's identity is for this mentor alone; a mentor's stays for as long as its offer
      releaseIdentity(desk, session.identityId)
      if (attempt === undefined) return
      ratchet.renewal.forget({ identityId: attempt.identityId, remote: attempt.remote ?? session.remote })
      releaseIdentity(desk, attempt.identityId)
    })
    scrub(database)
  })
}
