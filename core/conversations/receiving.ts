import type { Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import { freshId, type ConversationId, type MessageId } from '../base/ids.ts'
import { acknowledge } from './acknowledging.ts'
import { advance } from './chain.ts'
import { markHeard } from './create.ts'
import type { Desk } from './desk.ts'
import { addDisposal, type Disposal } from './disposals.ts'
import { addMessage } from './messages.ts'
import { decodeMessage, type TextMessage } from './plaintext.ts'
import { getConversation } from './store.ts'

/** How far ahead of the next expected message others are taken: watched in the mailbox, kept from the channel. */
export const receiveWindow = 8

/** In the place of what was in a box that cannot be read: no ciphertext is so. Not empty, which SQLite's driver takes for NULL. */
const unreadable = Uint8Array.of(0)

export interface Arrival {
  readonly index: number
  /** Undefined where the box could not be read by this version: the message counts, as unreadable. */
  readonly ciphertext: Bytes | undefined
  /** The mailbox box that it came in, to be deleted once it is saved. */
  readonly box?: Disposal
}

/**
 * Takes one message of the other in, from whichever way it came.
 *
 * In order: it is decrypted and saved, and so are those that waited for it.
 * Ahead of its turn: its ciphertext waits in the vault. Seen before, or beyond
 * the window: nothing. In the first two cases, and for a repetition, the box is
 * noted for deletion in the same transaction.
 *
 * @returns how many messages were saved
 * @throws Fault `not-found`, `disk-full`
 */
export async function receiveItem(desk: Desk, id: ConversationId, arrival: Arrival): Promise<number> {
  const { database, ratchet, clock } = desk
  const { session } = getConversation(database, id)
  return ratchet.withLock(session, async () => {
    const { receiveNext } = getConversation(database, id)
    if (arrival.index >= receiveNext + receiveWindow) return 0
    const ciphertext = arrival.ciphertext ?? unreadable
    if (arrival.index === receiveNext && waitingAt(desk, id, receiveNext) === undefined) {
      await saveNext(desk, id, ciphertext, arrival.box)
      return 1 + (await takeWaiting(desk, id))
    }
    database.transaction(() => {
      if (arrival.index >= receiveNext) {
        database.run(
          `INSERT INTO conversation_inbox (conversation_id, chain_index, ciphertext) VALUES (?, ?, ?)
           ON CONFLICT DO NOTHING`,
          [id, arrival.index, ciphertext],
        )
      }
      if (arrival.box !== undefined) addDisposal(database, id, arrival.box, clock.now())
    })
    return takeWaiting(desk, id)
  })
}

/** Saves what waits and is next in order; after a crash there may be some. @returns how many */
export function resumeReceiving(desk: Desk, id: ConversationId): Promise<number> {
  const { session } = getConversation(desk.database, id)
  return desk.ratchet.withLock(session, () => takeWaiting(desk, id))
}

async function takeWaiting(desk: Desk, id: ConversationId): Promise<number> {
  let saved = 0
  for (;;) {
    const { receiveNext } = getConversation(desk.database, id)
    const ciphertext = waitingAt(desk, id, receiveNext)
    if (ciphertext === undefined) return saved
    await saveNext(desk, id, ciphertext)
    saved++
  }
}

function waitingAt({ database }: Desk, id: ConversationId, index: number): Bytes | undefined {
  return database.get<{ ciphertext: Bytes }>(
    'SELECT ciphertext FROM conversation_inbox WHERE conversation_id = ? AND chain_index = ?',
    [id, index],
  )?.ciphertext
}

/** Decrypts the next message and saves it with the session, the counters and the chain, in one transaction. */
async function saveNext(desk: Desk, id: ConversationId, ciphertext: Bytes, box?: Disposal): Promise<void> {
  const { database, ratchet, clock } = desk
  const { session } = getConversation(database, id)
  const staged = await ratchet.decrypt(session, ciphertext).catch(undefinedIfUnreadable)
  const message = staged === undefined ? undefined : readable(staged.value)
  const now = clock.now()
  database.transaction(() => {
    staged?.commit()
    const conversation = getConversation(database, id)
    const index = conversation.receiveNext
    addMessage(database, conversation, {
      id: freshId<MessageId>(),
      mine: false,
      chainIndex: index,
      kind: message === undefined ? 'unreadable' : 'text',
      text: message?.text ?? '',
      sentAt: Math.min(message?.at ?? now, now),
    })
    database.run('UPDATE conversations SET receive_next = ?, receive_chain = ? WHERE id = ?', [
      index + 1,
      advance(conversation.receiveChain, 1),
      id,
    ])
    database.run('DELETE FROM conversation_inbox WHERE conversation_id = ? AND chain_index <= ?', [id, index])
    if (box !== undefined) addDisposal(database, id, box, now)
    if (staged !== undefined) markHeard(database, id)
    // an absurd acknowledgement does not make the words unreadable
    if (message !== undefined && message.ack <= conversation.sendNext) {
      acknowledge(database, id, { count: message.ack, live: false, now })
    }
  })
}

/** Only what is wrong with the message itself: a full disk must not cost a message. */
function undefinedIfUnreadable(error: unknown): undefined {
  if (isFault(error, 'unreadable', 'malformed', 'unknown-version', 'too-large')) return undefined
  throw error
}

function readable(plaintext: Bytes): TextMessage | undefined {
  try {
    return decodeMessage(plaintext)
  } catch (error) {
    return undefinedIfUnreadable(error)
  }
}
