import type { Bytes } from '../base/bytes.ts'
import { freshId, type ConversationId, type MessageId } from '../base/ids.ts'
import type { SessionRef, Steps } from '../ratchet/session.ts'
import { disposeBoxes } from './acknowledging.ts'
import type { Content } from './content.ts'
import type { Desk } from './desk.ts'
import { setKeyState } from './key-state.ts'
import { addMessage } from './messages.ts'
import { encodeItems } from './plaintext.ts'
import { getConversation, releaseIdentity } from './store.ts'

/** An item under the new keys. */
interface Renewed {
  readonly index: number
  readonly ciphertext: Bytes
}

/**
 * Encrypts all that the other has not acknowledged for a new session. What was
 * taken back meanwhile says nothing any more, but keeps its place.
 */
export async function encryptAnew({ database, clock }: Desk, id: ConversationId, steps: Steps): Promise<Renewed[]> {
  const { receiveNext } = getConversation(database, id)
  const waiting = database.all<{ index: number; plaintext: Bytes | null; about: number | null }>(
    `SELECT chain_index AS "index", plaintext, about FROM conversation_outbox WHERE conversation_id = ?
     ORDER BY chain_index`,
    [id],
  )
  const items: Renewed[] = []
  for (const { index, plaintext, about } of waiting) {
    // a message leaves one line, however many items and edits it had
    const said: Content = about === null || about === index ? { kind: 'gone' } : { kind: 'delete', index: about }
    const [gone = new Uint8Array(0)] = encodeItems(said, { at: clock.now(), ack: receiveNext })
    items.push({ index, ciphertext: await steps.encrypt(plaintext ?? gone) })
  }
  return items
}

/**
 * From here on the keys of another generation are in use, in the transaction
 * that saves its session. What is on its way under the old ones counts for
 * nothing: its boxes lie at other places, and it comes again.
 */
export function renewKeys(
  desk: Desk,
  id: ConversationId,
  {
    number,
    session,
    items,
  }: { readonly number: number; readonly session: SessionRef; readonly items: readonly Renewed[] },
): void {
  const { database, ratchet, clock } = desk
  const { session: old, sendAcked, sendNext, nextPosition } = getConversation(database, id)
  const now = clock.now()
  disposeBoxes(database, id, { from: sendAcked, to: sendNext, now })
  for (const { index, ciphertext } of items) {
    database.run(
      `UPDATE conversation_outbox SET ciphertext = ?, box = NULL, box_sequence = 0, box_expiry_hours = 0, stored = 0,
         due_at = ? WHERE conversation_id = ? AND chain_index = ?`,
      [ciphertext, now, id, index],
    )
  }
  database.run('DELETE FROM conversation_inbox WHERE conversation_id = ?', [id])
  database.run('UPDATE conversations SET generation = ?, identity_id = ?, remote = ? WHERE id = ?', [
    number,
    session.identityId,
    session.remote,
    id,
  ])
  if (old.identityId !== session.identityId || old.remote !== session.remote) {
    ratchet.deleteSession(old)
  }
  if (old.identityId !== session.identityId) {
    releaseIdentity(desk, old.identityId)
    // one's own key changes the number as the other's does, which the person has looked at already
    setKeyState(database, id, { verified: false })
  }
  const cursor = { nextPosition }
  addMessage(database, id, cursor, {
    id: freshId<MessageId>(),
    mine: false,
    // no item of either chain: its generation tells one such line from another
    index: -number,
    kind: 'session-reset',
    text: '',
    sentAt: now,
    writtenAt: now,
  })
  database.run('UPDATE conversations SET next_position = ? WHERE id = ?', [cursor.nextPosition, id])
}
