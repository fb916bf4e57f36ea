import { Fault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { advance, mailboxAt } from './chain.ts'
import { addDisposal } from './disposals.ts'
import { countersOf, getConversation } from './store.ts'

export interface Acknowledgement {
  /** How many messages the other has saved without a gap. */
  readonly count: number
  /** Told over the live channel: then boxes stored before are of no use to anybody, and the other need not have seen them. */
  readonly live: boolean
  readonly now: number
}

/**
 * Messages are delivered with it, and what disappears begins to; forgets their ciphertexts and their chain keys.
 *
 * @returns whether anything changed
 * @throws Fault `malformed` where more is acknowledged than was ever sent
 */
export function acknowledge(database: Database, id: ConversationId, { count, live, now }: Acknowledgement): boolean {
  return database.transaction(() => {
    const { sendAcked, sendNext } = countersOf(database, id)
    if (count > sendNext) throw new Fault('malformed', 'An acknowledgement of what was not sent')
    if (count <= sendAcked) return false
    const { sendChain } = getConversation(database, id)
    if (live) disposeBoxes(database, id, { from: sendAcked, to: count, now })
    database.run('UPDATE conversations SET send_acked = ?, send_chain = ? WHERE id = ?', [
      count,
      advance(sendChain, count - sendAcked),
      id,
    ])
    database.run('DELETE FROM conversation_outbox WHERE conversation_id = ? AND chain_index < ?', [id, count])
    database.run(
      `UPDATE messages SET expires_at = $now + timer * 1000
       WHERE conversation_id = $id AND mine = 1 AND chain_index >= $sendAcked AND chain_index < $count
         AND timer > 0 AND kind <> 'timer' AND expires_at IS NULL`,
      { now, id, sendAcked, count },
    )
    return true
  })
}

/** Deletes from the nodes what was stored there of items that need no boxes any more. */
export function disposeBoxes(
  database: Database,
  id: ConversationId,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): void {
  const { sendChain, sendAcked, generation } = getConversation(database, id)
  const stored = database.all<{ index: number; sequence: number }>(
    `SELECT chain_index AS "index", box_sequence AS sequence FROM conversation_outbox
     WHERE conversation_id = ? AND box_sequence > 0 AND chain_index >= ? AND chain_index < ?`,
    [id, from, to],
  )
  for (const { index, sequence } of stored) {
    const { capability, authorSeed } = mailboxAt(advance(sendChain, index - sendAcked), generation)
    addDisposal(database, id, { place: capability.place, authorSeed, sequence: BigInt(sequence) }, now)
  }
}
