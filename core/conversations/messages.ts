import type { DeliveryState, MessageView } from '../api/views.ts'
import type { ConversationId, MessageId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Conversation } from './store.ts'

type Row = {
  id: MessageId
  conversation_id: ConversationId
  position: number
  mine: number
  kind: 'text' | 'unreadable'
  text: string
  sent_at: number
  delivery: DeliveryState | null
}

const columns = 'id, conversation_id, position, mine, kind, text, sent_at, delivery'

function view(row: Row): MessageView {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    position: row.position,
    mine: row.mine === 1,
    kind: row.kind,
    text: row.text,
    sentAt: row.sent_at,
    delivery: row.delivery,
  }
}

export interface NewMessage {
  readonly id: MessageId
  readonly mine: boolean
  readonly chainIndex: number
  readonly kind: 'text' | 'unreadable'
  readonly text: string
  readonly sentAt: number
}

/** Adds a message at the end. Inside the transaction that also moves the chain; `conversation` was read in it. */
export function addMessage(database: Database, conversation: Conversation, message: NewMessage): void {
  database.run(
    `INSERT INTO messages (id, conversation_id, position, mine, chain_index, kind, text, sent_at, delivery)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      message.id,
      conversation.id,
      conversation.nextPosition,
      message.mine ? 1 : 0,
      message.chainIndex,
      message.kind,
      message.text,
      message.sentAt,
      message.mine ? 'queued' : null,
    ],
  )
  database.run('UPDATE conversations SET next_position = next_position + 1 WHERE id = ?', [conversation.id])
}

export function findMessage(database: Database, id: MessageId): MessageView | undefined {
  const row = database.get<Row>(`SELECT ${columns} FROM messages WHERE id = ?`, [id])
  return row === undefined ? undefined : view(row)
}

/** The last `limit` before position `before`, oldest first. */
export function readMessages(
  database: Database,
  id: ConversationId,
  { before = Number.MAX_SAFE_INTEGER, limit }: { readonly before?: number; readonly limit: number },
): MessageView[] {
  const rows = database.all<Row>(
    `SELECT ${columns} FROM messages WHERE conversation_id = ? AND position < ? ORDER BY position DESC LIMIT ?`,
    [id, before, limit],
  )
  return rows.map(view).toReversed()
}

/** How many messages of the other were not read yet. */
export function countUnread(database: Database, { id, readBefore }: Conversation): number {
  const row = database.get<{ unread: number }>(
    'SELECT count(*) AS unread FROM messages WHERE conversation_id = ? AND position >= ? AND mine = 0',
    [id, readBefore],
  )
  return row?.unread ?? 0
}

/** Everything up to a position was read. @returns whether that is news */
export function markRead(database: Database, id: ConversationId, upTo: number): boolean {
  const changed = database.run(
    `UPDATE conversations SET read_before = min(next_position, $before)
     WHERE id = $id AND read_before < min(next_position, $before)`,
    { before: upTo + 1, id },
  )
  return changed > 0
}
