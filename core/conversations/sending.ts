import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MessageId } from '../base/ids.ts'
import type { Steps } from '../ratchet/session.ts'
import { apply } from './applying.ts'
import type { Content } from './content.ts'
import type { Desk } from './desk.ts'
import { isStopped } from './key-state.ts'
import { storedMessage } from './messages.ts'
import { notEncrypted, queueItem } from './outbox.ts'
import { encodeItems } from './plaintext.ts'
import { getConversation, type Conversation } from './store.ts'
import { inTurn } from './turns.ts'

export interface Wish {
  readonly conversationId: ConversationId
  /** What to say, as the conversation stands when its turn has come. @throws where it cannot be said */
  readonly content: (conversation: Conversation) => Content
  /** Of a new message, chosen by the caller: the same wish twice is one message. */
  readonly messageId?: MessageId
  /** It may be refused as it is saved, and nothing else with it. */
  readonly alone?: boolean
}

interface Waiting extends Wish {
  readonly settle: (fresh: boolean) => void
  readonly fail: (reason: unknown) => void
}

interface Encrypted {
  readonly wish: Waiting
  readonly said: Content
  readonly at: number
  readonly items: readonly { readonly plaintext: Bytes; readonly ciphertext: Bytes }[]
}

/** Of one transaction: what is said while one is written goes into the next. */
const mostTogether = 64

/**
 * Encrypts what this side says and saves it, its ciphertexts, the session and
 * the counters in one transaction. From here on it is not encrypted again:
 * channel and mailbox carry the same bytes.
 */
export class Sending {
  readonly #desk: Desk
  readonly #queues = new Map<ConversationId, Waiting[]>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /**
   * @returns whether it is new: false where the message of this id was saved before
   * @throws Fault `not-found`, `wrong-state` (the conversation has ended), `key-changed`, `message-too-long`, `bad-input`,
   *   `disk-full`, and what `content` throws
   */
  say(wish: Wish): Promise<boolean> {
    const { promise, resolve: settle, reject: fail } = Promise.withResolvers<boolean>()
    const { id } = getConversation(this.#desk.database, wish.conversationId)
    const queue = this.#queues.get(id)
    if (queue === undefined) {
      const fresh: Waiting[] = [{ ...wish, settle, fail }]
      this.#queues.set(id, fresh)
      inTurn(this.#desk, id, () => this.#work(id, fresh)).catch((error: unknown) => {
        this.#queues.delete(id)
        for (const each of fresh) each.fail(error)
      })
    } else queue.push({ ...wish, settle, fail })
    return promise
  }

  async #work(id: ConversationId, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const wishes = queue.slice(0, mostTogether)
      const taken = await this.#save(id, wishes).catch((error: unknown) => {
        for (const { fail } of wishes) fail(error)
        return wishes.length
      })
      queue.splice(0, taken)
    }
    this.#queues.delete(id)
  }

  /** @returns how many of them had their turn: what comes after a change may depend on it */
  async #save(id: ConversationId, wishes: readonly Waiting[]): Promise<number> {
    const { database, ratchet } = this.#desk
    if (isStopped(database, id)) throw new Fault('key-changed', 'The key of this contact has changed')
    const { session } = getConversation(database, id)
    // without a session it is written all the same, and encrypted once there is one
    const steps = ratchet.stepsIfAny(session)
    const encrypted: Encrypted[] = []
    const repeated: Waiting[] = []
    let taken = 0
    for (const wish of wishes) {
      if (wish.alone === true && taken > 0) break
      taken++
      try {
        const again = encrypted.some(
          ({ wish: { messageId } }) => messageId !== undefined && messageId === wish.messageId,
        )
        if (again || this.#isKnown(wish)) repeated.push(wish)
        else encrypted.push(await this.#encrypt(steps, wish))
      } catch (error) {
        wish.fail(error)
      }
      const last = encrypted.at(-1)
      if (last !== undefined && last.said.kind !== 'text') break
    }
    if (encrypted.length > 0) {
      database.transaction(() => {
        steps?.commit()
        this.#write(id, encrypted)
      })
    }
    if (steps === undefined) this.#desk.broken?.(id)
    for (const { wish } of encrypted) wish.settle(true)
    for (const wish of repeated) wish.settle(false)
    return taken
  }

  /** An id that was used for something else must not look as if this were saved. */
  #isKnown({ messageId, conversationId }: Wish): boolean {
    const known = messageId === undefined ? undefined : storedMessage(this.#desk.database, messageId)
    if (known === undefined) return false
    if (!known.mine || known.conversationId !== conversationId) {
      throw new Fault('bad-input', 'This id belongs to another message')
    }
    return true
  }

  async #encrypt(steps: Steps | undefined, wish: Waiting): Promise<Encrypted> {
    const { database, clock } = this.#desk
    const conversation = getConversation(database, wish.conversationId)
    const said = wish.content(conversation)
    if (conversation.ending !== 'none' && said.kind !== 'ended') {
      throw new Fault('wrong-state', 'The conversation has ended')
    }
    const at = clock.now()
    const plaintexts = encodeItems(said, { at, ack: conversation.receiveNext })
    const items: { plaintext: Bytes; ciphertext: Bytes }[] = []
    for (const plaintext of plaintexts) {
      items.push({ plaintext, ciphertext: steps === undefined ? notEncrypted : await steps.encrypt(plaintext) })
    }
    return { wish, said, at, items }
  }

  #write(id: ConversationId, encrypted: readonly Encrypted[]): void {
    const { database, clock } = this.#desk
    // of all that is said together only the last can change it
    const conversation = getConversation(database, id)
    const cursor = { nextPosition: conversation.nextPosition }
    let next = conversation.sendNext
    for (const { wish, said, at, items } of encrypted) {
      if (next + items.length > 0xffff_ffff) {
        throw new Fault('wrong-state', 'The conversation has no room for another message')
      }
      const index = next + items.length - 1
      const about = wordsOf(said, index)
      for (const item of items) queueItem(database, id, { index: next++, ...item, about, dueAt: at })
      const where = { mine: true, index, at, now: clock.now(), cursor }
      apply(this.#desk, conversation, said, { ...where, id: wish.messageId })
    }
    database.run('UPDATE conversations SET send_next = ?, next_position = ? WHERE id = ?', [
      next,
      cursor.nextPosition,
      id,
    ])
  }
}

/** Of which own message it holds words, or what else a person would not have kept. */
function wordsOf(said: Content, index: number): number | undefined {
  if (said.kind === 'edit') return said.index
  return said.kind === 'text' || said.kind === 'file' || said.kind === 'reaction' ? index : undefined
}
