import { implement } from '@orpc/server'
import { safetyContract } from '../api/safety.ts'
import type { ConversationId, MessageId, PersonaId } from '../base/ids.ts'
import type { AppState } from '../session/app-state.ts'

const at = implement(safetyContract)

/** The safety part of the contract; the router around it keeps secrets in. */
export function safetyRouter(app: AppState) {
  const safety = () => app.session().safety
  return at.router({
    makeEvidence: at.makeEvidence.handler(({ input }) =>
      safety().makeEvidence({
        conversationId: input.conversationId as ConversationId,
        messageIds: input.messageIds as MessageId[],
        personaId: input.personaId as PersonaId | null,
        note: input.note,
      }),
    ),
    openEvidence: at.openEvidence.handler(({ input }) => safety().openEvidence(input.bundle)),
  })
}
