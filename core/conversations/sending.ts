import type { MessageView } from '../api/views.ts'
import { limits } from '../api/views.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MessageId } from '../base/ids.ts'
import type { Desk } from './desk.ts'
import { addMessage, findMessage } from './messages.ts'
import { queueItem } from './outbox.ts'
import { encodeMessage } from './plaintext.ts'
import { getConversation } from './store.ts'

export interface Wish {
  readonly conversationId: ConversationId
  /** Chosen by the caller: the same wish twice is one message. */
  readonly messageId: MessageId
  readonly text: string
}

/**
 * Encrypts a message and saves it, its ciphertext, the session and the counters
 * in one transaction. From here on it is never encrypted again: channel and
 * mailbox carry the same bytes.
 *
 * @returns the message, and whether it is new
 * @throws Fault `not-found`, `message-too-long`, `bad-input`, `disk-full`
 */
export async function saveOutgoing(desk: Desk, wish: Wish): Promise<{ message: MessageView; fresh: boolean }> {
  const { database, ratchet, clock } = desk
  if (wish.text.length > limits.messageText) throw new Fault('message-too-long', 'A message longer than the limit')
  const text = wish.text.toWellFormed()
  const { session } = getConversation(database, wish.conversationId)
  return ratchet.withLock(session, async () => {
    const known = findMessage(database, wish.messageId)
    if (known !== undefined) return { message: sameWish(known, wish), fresh: false }
    const sentAt = clock.now()
    const { receiveNext } = getConversation(database, wish.conversationId)
    const staged = await ratchet.encrypt(session, encodeMessage({ kind: 'text', text, at: sentAt, ack: receiveNext }))
    return database.transaction(() => {
      staged.commit()
      const conversation = getConversation(database, wish.conversationId)
      const index = conversation.sendNext
      if (index >= 0xffff_ffff) throw new Fault('wrong-state', 'The conversation has no room for another message')
      addMessage(database, conversation, {
        id: wish.messageId,
        mine: true,
        chainIndex: index,
        kind: 'text',
        text,
        sentAt,
      })
      queueItem(database, conversation.id, { index, ciphertext: staged.value, dueAt: sentAt })
      const message = findMessage(database, wish.messageId)
      if (message === undefined) throw new Fault('internal', 'A message was not saved')
      return { message, fresh: true }
    })
  })
}

/** An id that was used for something else must not look as if this were saved. */
function sameWish(known: MessageView, { conversationId }: Wish): MessageView {
  if (!known.mine || known.conversationId !== conversationId) {
    throw new Fault('bad-input', 'This id belongs to another message')
  }
  return known
}
