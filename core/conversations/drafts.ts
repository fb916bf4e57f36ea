import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/** What was written and not sent; empty where there is nothing. */
export function draftOf(database: Database, id: ConversationId): string {
  const row = database.get<{ text: string }>('SELECT text FROM conversation_drafts WHERE conversation_id = ?', [id])
  return row?.text ?? ''
}

/** Inside or outside a transaction; an empty text forgets the draft. */
export function saveDraft(database: Database, id: ConversationId, text: string): void {
  if (text === '') database.run('DELETE FROM conversation_drafts WHERE conversation_id = ?', [id])
  else {
    database.run('INSERT OR REPLACE INTO conversation_drafts (conversation_id, text) VALUES (?, ?)', [
      id,
      text.toWellFormed(),
    ])
  }
}
