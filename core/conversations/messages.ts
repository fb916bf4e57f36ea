import type { RecordEvent } from '../api/record-events.ts'
import type { MessageView } from '../api/views.ts'
import type { ConversationId, MessageId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { changeable } from './content.ts'
import type { Conversation } from './store.ts'

export type MessageKind = MessageView['kind']

/** Whether a person said it, and it is still there: it can be answered, reacted to, and deleted for both. */
export function says(kind: MessageKind): boolean {
  return kind === 'text' || kind === 'file'
}

type Row = {
  id: MessageId
  conversation_id: ConversationId
  position: number
  mine: number
  kind: MessageKind
  text: string
  event: RecordEvent | null
  sent_at: number
  written_at: number
  edited: number
  reply_mine: number | null
  reply_id: MessageId | null
  reply_text: string | null
  reaction_mine: string | null
  reaction_theirs: string | null
  timer: number
  expires_at: number | null
  delivery: MessageView['delivery']
}

/** More of what is answered is not shown. */
const quoted = 200

const select = `
  SELECT m.id, m.conversation_id, m.position, m.mine, m.kind, m.text, m.event, m.sent_at, m.written_at, m.edited,
    m.reply_mine, r.id AS reply_id, substr(r.text, 1, ${quoted}) AS reply_text, m.timer, m.expires_at,
    (SELECT emoji FROM message_reactions WHERE message = m.number AND mine = 1) AS reaction_mine,
    (SELECT emoji FROM message_reactions WHERE message = m.number AND mine = 0) AS reaction_theirs,
    CASE
      WHEN m.mine = 0 THEN NULL
      WHEN m.chain_index < c.send_acked THEN iif(m.chain_index < c.read_theirs, 'read', 'delivered')
      WHEN EXISTS (SELECT 1 FROM conversation_outbox o WHERE o.conversation_id = m.conversation_id
        AND o.chain_index = m.chain_index AND o.stored = 1) THEN 'stored'
      ELSE 'queued'
    END AS delivery
  FROM messages m JOIN conversations c ON c.id = m.conversation_id
  LEFT JOIN messages r ON r.conversation_id = m.conversation_id AND r.mine = m.reply_mine
    AND r.chain_index = m.reply_index`

function view(row: Row): MessageView {
  const mine = row.mine === 1
  return {
    id: row.id,
    conversationId: row.conversation_id,
    position: row.position,
    mine,
    kind: row.kind,
    text: row.text,
    event: row.event,
    sentAt: row.sent_at,
    edited: row.edited === 1,
    reply:
      row.reply_mine === null
        ? null
        : { messageId: row.reply_id, mine: row.reply_mine === 1, text: row.reply_text ?? '' },
    reactions: { mine: row.reaction_mine, theirs: row.reaction_theirs },
    timer: row.timer,
    expiresAt: row.expires_at,
    changeableUntil: mine && says(row.kind) ? row.written_at + changeable : null,
    delivery: row.delivery,
  }
}

/** Which item of which side a message is, or the last of its items. */
export interface Place {
  readonly mine: boolean
  readonly index: number
}

export interface NewMessage extends Place {
  readonly id: MessageId
  readonly kind: MessageKind
  readonly text: string
  /** Of kind `event`. */
  readonly event?: RecordEvent
  readonly sentAt: number
  /** As its writer said, without regard to this side's clock. */
  readonly writtenAt: number
  readonly reply?: Place | undefined
  readonly timer?: number
}

/** Where the next message of a conversation goes. Whoever adds some saves it once, with the rest of their counters. */
export interface Cursor {
  nextPosition: number
}

/** Adds a message at the end, inside the transaction that also moves the chain. */
export function addMessage(database: Database, id: ConversationId, cursor: Cursor, message: NewMessage): void {
  database.run(
    `INSERT INTO messages (id, conversation_id, position, mine, chain_index, kind, text, event, sent_at, written_at,
       reply_mine, reply_index, timer)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      message.id,
      id,
      cursor.nextPosition,
      message.mine ? 1 : 0,
      message.index,
      message.kind,
      message.text,
      message.event ?? null,
      message.sentAt,
      message.writtenAt,
      message.reply === undefined ? null : Number(message.reply.mine),
      message.reply?.index ?? null,
      message.timer ?? 0,
    ],
  )
  cursor.nextPosition++
}

/** What the rest of this folder needs to know of a message. */
export interface StoredMessage extends Place {
  readonly number: number
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly kind: MessageKind
  readonly writtenAt: number
}

type StoredRow = {
  number: number
  id: MessageId
  conversation_id: ConversationId
  mine: number
  chain_index: number
  kind: MessageKind
  written_at: number
}

const storedColumns = 'number, id, conversation_id, mine, chain_index, kind, written_at'

function stored(row: StoredRow | undefined): StoredMessage | undefined {
  if (row === undefined) return undefined
  return {
    number: row.number,
    id: row.id,
    conversationId: row.conversation_id,
    mine: row.mine === 1,
    index: row.chain_index,
    kind: row.kind,
    writtenAt: row.written_at,
  }
}

export function storedMessage(database: Database, id: MessageId): StoredMessage | undefined {
  return stored(database.get<StoredRow>(`SELECT ${storedColumns} FROM messages WHERE id = ?`, [id]))
}

export function messageAt(database: Database, id: ConversationId, { mine, index }: Place): StoredMessage | undefined {
  return stored(
    database.get<StoredRow>(
      `SELECT ${storedColumns} FROM messages WHERE conversation_id = ? AND mine = ? AND chain_index = ?`,
      [id, mine ? 1 : 0, index],
    ),
  )
}

export function findMessage(database: Database, id: MessageId): MessageView | undefined {
  const row = database.get<Row>(`${select} WHERE m.id = ?`, [id])
  return row === undefined ? undefined : view(row)
}

/** The last `limit` before position `before`, oldest first. */
export function readMessages(
  database: Database,
  id: ConversationId,
  { before = Number.MAX_SAFE_INTEGER, limit }: { readonly before?: number; readonly limit: number },
): MessageView[] {
  const rows = database.all<Row>(
    `${select} WHERE m.conversation_id = ? AND m.position < ? ORDER BY m.position DESC LIMIT ?`,
    [id, before, limit],
  )
  return rows.map(view).toReversed()
}

/** All words of a query, the newest message first. @param query in the syntax of FTS5 */
export function matchMessages(
  database: Database,
  query: string,
  { conversationId, limit }: { readonly conversationId?: ConversationId | undefined; readonly limit: number },
): MessageView[] {
  const rows = database.all<Row>(
    `${select} JOIN message_words w ON w.rowid = m.number
     WHERE message_words MATCH $query AND ($id IS NULL OR m.conversation_id = $id) ORDER BY w.rowid DESC LIMIT $limit`,
    { query, id: conversationId ?? null, limit },
  )
  return rows.map(view)
}

/** More unread messages than this are not counted. */
const mostUnread = 1000

/**
 * How many messages of the other were not read yet, up to 1,000. All that was
 * changed beside them counts as one: two who work in their workspace have seen it there.
 * An invitation to a circle is none of it: it is new where it can be answered.
 */
export function countUnread(database: Database, { id, readBefore }: Conversation): number {
  const row = database.get<{ unread: number }>(
    `SELECT count(*) FILTER (WHERE kind <> 'event') + coalesce(max(kind = 'event'), 0) AS unread
     FROM (SELECT kind FROM messages
       WHERE conversation_id = ? AND position >= ? AND mine = 0 AND kind <> 'timer'
         AND event IS NOT 'circle-invited' LIMIT ${mostUnread})`,
    [id, readBefore],
  )
  return row?.unread ?? 0
}

/** Everything up to a position was read: what disappears begins to. @returns whether that is news */
export function markRead(
  database: Database,
  { id, readBefore, nextPosition }: Conversation,
  upTo: number,
  now: number,
): boolean {
  const before = Math.min(upTo + 1, nextPosition)
  if (before <= readBefore) return false
  database.transaction(() => {
    database.run('UPDATE conversations SET read_before = ? WHERE id = ?', [before, id])
    database.run(
      `UPDATE messages SET expires_at = $now + timer * 1000
       WHERE conversation_id = $id AND position >= $readBefore AND position < $before
         AND mine = 0 AND timer > 0 AND kind <> 'timer' AND expires_at IS NULL`,
      { now, id, readBefore, before },
    )
  })
  return true
}

/** How many items of the other a person has seen, up to the last message that they read. */
export function seenItems(database: Database, { id, readBefore }: Conversation): number {
  const row = database.get<{ seen: number }>(
    `SELECT chain_index + 1 AS seen FROM messages
     WHERE conversation_id = ? AND position < ? AND mine = 0 AND chain_index >= 0 ORDER BY position DESC LIMIT 1`,
    [id, readBefore],
  )
  return row?.seen ?? 0
}
