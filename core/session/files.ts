import type { MessageView } from '../api/views.ts'
import { isFault } from '../base/fault.ts'
import type { ConversationId, DraftId, MessageId } from '../base/ids.ts'
import { encodeOffer } from '../files/offer.ts'
import type { AppState } from './app-state.ts'

/**
 * Offers a finished draft of a file as a message. The same `clientId` again is the same message.
 *
 * @throws Fault `not-found`, `wrong-state`, `bad-input`, `disk-full`: the draft stays then
 */
export async function sendFile(
  app: AppState,
  wish: { draftId: DraftId; conversationId: ConversationId; clientId: MessageId },
): Promise<MessageView> {
  const { files, conversations } = app.session()
  const { draftId, conversationId, clientId } = wish
  conversations.view(conversationId)
  const known = (): MessageView | undefined => {
    try {
      return conversations.message(clientId)
    } catch (error) {
      if (isFault(error, 'not-found')) return undefined
      throw error
    }
  }
  const before = known()
  if (before?.conversationId === conversationId && before.mine) return before
  await files.send(draftId, conversationId, (offer) =>
    conversations.actions.sendFile({ conversationId, clientId, offer: encodeOffer(offer) }),
  )
  return conversations.message(clientId)
}
