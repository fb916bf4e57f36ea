import { u64, type Bytes } from '../base/bytes.ts'
import type { CommunityId, ConversationId } from '../base/ids.ts'
import { Reader } from '../base/reader.ts'
import type { Database } from '../database/database.ts'

/** A box whose message is safe in the vault of its receiver, so that the nodes can forget it. */
export interface Disposal {
  readonly place: Bytes
  readonly authorSeed: Bytes
  readonly sequence: bigint
}

/** Inside the transaction by which the box became superfluous. */
export function addDisposal(database: Database, id: ConversationId, disposal: Disposal, now: number): void {
  database.run(
    `INSERT INTO conversation_disposals (place, conversation_id, author_seed, sequence, added_at)
     VALUES (?, ?, ?, ?, ?) ON CONFLICT (place) DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
    [disposal.place, id, disposal.authorSeed, u64(disposal.sequence), now],
  )
}

export function listDisposals(
  database: Database,
  communityId: CommunityId,
  limit: number,
): (Disposal & { readonly addedAt: number })[] {
  const rows = database.all<{ place: Bytes; author_seed: Bytes; sequence: Bytes; added_at: number }>(
    `SELECT place, author_seed, sequence, added_at FROM conversation_disposals
     JOIN conversations ON conversations.id = conversation_id
     WHERE community_id = ? ORDER BY added_at LIMIT ?`,
    [communityId, limit],
  )
  return rows.map((row) => ({
    place: row.place,
    authorSeed: row.author_seed,
    sequence: new Reader(row.sequence).u64(),
    addedAt: row.added_at,
  }))
}

export function forgetDisposal(database: Database, place: Bytes): void {
  database.run('DELETE FROM conversation_disposals WHERE place = ?', [place])
}
