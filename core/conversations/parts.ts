import type { Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Content } from './content.ts'
import { joinParts, type Part } from './plaintext.ts'

/** How many parts of a message are here that is not whole yet. */
export function partsHere(database: Database, id: ConversationId): number {
  const row = database.get<{ parts: number }>(
    'SELECT count(*) AS parts FROM conversation_parts WHERE conversation_id = ?',
    [id],
  )
  return row?.parts ?? 0
}

/** Forgets the parts of a message that will never be whole. */
export function dropParts(database: Database, id: ConversationId): void {
  database.run('DELETE FROM conversation_parts WHERE conversation_id = ?', [id])
}

/**
 * Takes the next part in, inside the transaction that moves the chain.
 *
 * @returns the message once it is whole, `more` before that, undefined where the parts do not fit together
 */
export function addPart(
  database: Database,
  id: ConversationId,
  { nth, of, bytes }: Part,
): Content | 'more' | undefined {
  const rows = database.all<{ count: number; bytes: Bytes }>(
    'SELECT count, bytes FROM conversation_parts WHERE conversation_id = ? ORDER BY nth',
    [id],
  )
  if (nth !== rows.length || rows.some(({ count }) => count !== of)) {
    dropParts(database, id)
    return undefined
  }
  if (nth < of - 1) {
    database.run('INSERT INTO conversation_parts (conversation_id, nth, count, bytes) VALUES (?, ?, ?, ?)', [
      id,
      nth,
      of,
      bytes as Bytes,
    ])
    return 'more'
  }
  dropParts(database, id)
  try {
    return joinParts([...rows.map((row) => row.bytes), bytes])
  } catch (error) {
    if (isFault(error, 'malformed', 'too-large')) return undefined
    throw error
  }
}
