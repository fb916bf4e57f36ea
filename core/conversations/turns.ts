import type { ConversationId } from '../base/ids.ts'
import type { Desk } from './desk.ts'
import { getConversation } from './store.ts'

/**
 * One at a time for a conversation, under the lock of the identity that it has
 * when its turn comes: a session reset may have given it another meanwhile.
 *
 * @throws Fault `not-found` where it is gone by then
 */
export async function inTurn<Result>({ database, ratchet }: Desk, id: ConversationId, body: () => Promise<Result>) {
  for (;;) {
    const { identityId } = getConversation(database, id).session
    const done = await ratchet.withLock(identityId, async () =>
      getConversation(database, id).session.identityId === identityId ? { result: await body() } : undefined,
    )
    if (done !== undefined) return done.result
  }
}
