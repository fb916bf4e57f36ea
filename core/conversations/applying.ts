import type { ConversationId, MessageId } from '../base/ids.ts'
import { freshId } from '../base/ids.ts'
import { isFault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'
import { harmlessName } from '../files/names.ts'
import { decodeOffer, type FileOffer } from '../files/offer.ts'
import { noteOffer } from '../files/store.ts'
import { changeable, type Content, type Ref } from './content.ts'
import type { Desk } from './desk.ts'
import { addMessage, messageAt, says, storedMessage, type Cursor, type Place, type StoredMessage } from './messages.ts'
import { withholdAll, withholdItems } from './outbox.ts'
import type { RecordHandler, RecordHandlers, RecordPlace } from './records.ts'
import type { Conversation } from './store.ts'

/** Where something that was said stands. */
export interface Said extends Place {
  /** Given by the caller where it is an own message. */
  readonly id?: MessageId | undefined
  /** By its writer's clock. */
  readonly at: number
  readonly now: number
  readonly cursor: Cursor
}

/**
 * Does what was said, by either side, inside the transaction that moves the
 * chain. What makes no sense (a message that is not here, an hour that is over)
 * changes nothing: a contact is not believed, and is not told.
 */
export function apply(desk: Desk, conversation: Conversation, content: Content, said: Said): void {
  const { database } = desk
  // after the end nothing is added but what belongs to it
  if (conversation.ending !== 'none' && content.kind !== 'end' && content.kind !== 'ended') return
  switch (content.kind) {
    case 'text':
      addMessage(database, conversation.id, said.cursor, {
        ...line(said),
        kind: 'text',
        text: content.text,
        reply: content.reply === undefined ? undefined : placeOf(content.reply, said),
        timer: content.timer ?? 0,
      })
      break
    case 'file':
      offerFile(database, conversation, content, said)
      break
    case 'reaction':
      react(database, messageAt(database, conversation.id, placeOf(content.to, said)), content.emoji, said)
      break
    case 'edit':
      edit(database, own(database, conversation, content.index, said), content.text)
      break
    case 'delete':
      strike(database, own(database, conversation, content.index, said))
      break
    case 'read':
      noteRead(database, conversation, content.count, said.mine)
      break
    case 'timer':
      database.run('UPDATE conversations SET timer = ? WHERE id = ?', [content.seconds, conversation.id])
      addMessage(database, conversation.id, said.cursor, {
        ...line(said),
        kind: 'timer',
        text: '',
        timer: content.seconds,
      })
      break
    case 'record':
      record(desk, conversation, content, said)
      break
    case 'gone':
      addMessage(database, conversation.id, said.cursor, { ...line(said), kind: 'deleted', text: '' })
      break
    case 'end':
      end(desk, conversation, said.mine)
      break
    // ended: the one kind that is left
    default:
      confirmEnd(database, conversation, said.mine)
  }
}

/** In the place of what could not be read. */
export function applyUnreadable({ database, records }: Desk, conversation: Conversation, said: Said): void {
  if (conversation.ending !== 'none') return
  for (const handler of records?.values() ?? []) handler.lost?.(conversation.id, said.index, said.now)
  addMessage(database, conversation.id, said.cursor, { ...line(said), kind: 'unreadable', text: '' })
}

function line({ id, mine, index, at, now }: Said) {
  return { id: id ?? freshId<MessageId>(), mine, index, sentAt: Math.min(at, now), writtenAt: at }
}

/** What the writer calls their own is the other's here, unless this side wrote. */
function placeOf({ own, index }: Ref, { mine }: Said): Place {
  return { mine: own === mine, index }
}

/** One of an area that this version does not know is as a message that cannot be read. */
function record(
  { database, records }: Desk,
  conversation: Conversation,
  { of, body }: Extract<Content, { kind: 'record' }>,
  said: Said,
): void {
  const { mine, index, at, now, cursor } = said
  const handler = records?.get(of)
  const event = handler === undefined ? 'unreadable' : applied(handler, conversation, body, { mine, index, at, now })
  if (event === undefined) return
  if (event === 'unreadable' && !mine) handler?.lost?.(conversation.id, index, now)
  const shown = event === 'unreadable' ? { kind: event } : { kind: 'event' as const, event }
  addMessage(database, conversation.id, cursor, { ...line(said), ...shown, text: '' })
}

function applied(handler: RecordHandler, conversation: Conversation, body: Uint8Array, place: RecordPlace) {
  try {
    return handler.apply(conversation, body, place)
  } catch (error) {
    if (!place.mine && isFault(error, 'unknown-version', 'malformed', 'too-large')) return 'unreadable'
    throw error
  }
}

function react(database: Database, message: StoredMessage | undefined, emoji: string, { mine }: Said): void {
  if (message === undefined || !says(message.kind)) return
  const key = [message.number, mine ? 1 : 0] as const
  if (emoji === '') database.run('DELETE FROM message_reactions WHERE message = ? AND mine = ?', [...key])
  else database.run('INSERT OR REPLACE INTO message_reactions (message, mine, emoji) VALUES (?, ?, ?)', [...key, emoji])
}

/** One that cannot be read, or was offered before, is as a message that cannot be read. */
function offerFile(
  database: Database,
  { id: conversationId }: Conversation,
  { offer, timer = 0 }: Extract<Content, { kind: 'file' }>,
  said: Said,
): void {
  const at = line(said)
  const read = readOffer(offer)
  const kind = read === undefined ? 'unreadable' : 'file'
  addMessage(database, conversationId, said.cursor, {
    ...at,
    kind,
    text: read === undefined ? '' : harmlessName(read.name),
    timer,
  })
  if (read === undefined) return
  const { mine, now } = said
  if (noteOffer(database, { conversationId, messageId: at.id, mine, offer: read, now })) return
  database.run("UPDATE messages SET kind = 'unreadable', text = '' WHERE id = ?", [at.id])
}

function readOffer(encoded: Uint8Array): FileOffer | undefined {
  try {
    return decodeOffer(encoded)
  } catch (error) {
    if (isFault(error, 'unknown-version', 'malformed', 'too-large')) return undefined
    throw error
  }
}

/** Something that the writer said, not older than an hour, by their own clock: they may have been offline since. */
function own(database: Database, { id }: Conversation, index: number, { mine, at }: Said): StoredMessage | undefined {
  const message = messageAt(database, id, { mine, index })
  const here = message !== undefined && says(message.kind)
  return here && at <= message.writtenAt + changeable ? message : undefined
}

function edit(database: Database, message: StoredMessage | undefined, text: string): void {
  if (message?.kind !== 'text') return
  database.run('UPDATE messages SET text = ?, edited = 1 WHERE number = ?', [text, message.number])
}

/** Leaves its place, and nothing of what it said. */
function strike(database: Database, message: StoredMessage | undefined): void {
  if (message === undefined) return
  database.run(
    `UPDATE messages SET kind = 'deleted', text = '', edited = 0, reply_mine = NULL, reply_index = NULL
     WHERE number = ?`,
    [message.number],
  )
  database.run('DELETE FROM message_reactions WHERE message = ?', [message.number])
  database.run('DELETE FROM files WHERE message_id = ?', [message.id])
  if (message.mine) withholdItems(database, message.conversationId, message.index)
}

/** Every file that either side offered, as if its writer had deleted it for both. Synchronous. */
export function strikeFiles(database: Database, id: ConversationId): void {
  const rows = database.all<{ id: MessageId }>("SELECT id FROM messages WHERE conversation_id = ? AND kind = 'file'", [
    id,
  ])
  for (const row of rows) strike(database, storedMessage(database, row.id))
}

function noteRead(database: Database, conversation: Conversation, count: number, mine: boolean): void {
  const { id, sendNext, readTheirs } = conversation
  if (mine) {
    database.run('UPDATE conversations SET read_told = ? WHERE id = ?', [count, id])
    return
  }
  if (count <= readTheirs || count > sendNext) return
  database.run('UPDATE conversations SET read_theirs = ? WHERE id = ?', [count, id])
}

function end({ database, records }: Desk, { id, ending }: Conversation, mine: boolean): void {
  eraseMessages(database, id, records)
  if (mine) {
    database.run(`UPDATE conversations SET ending = 'asked' WHERE id = ?`, [id])
    return
  }
  // both may have asked at once: then each confirms to the other
  if (ending === 'none') database.run(`UPDATE conversations SET ending = 'by-contact' WHERE id = ?`, [id])
  database.run('UPDATE conversations SET end_owed = 1 WHERE id = ?', [id])
}

function confirmEnd(database: Database, { id, ending }: Conversation, mine: boolean): void {
  if (mine) database.run('UPDATE conversations SET end_owed = 0 WHERE id = ?', [id])
  else if (ending === 'asked') database.run(`UPDATE conversations SET ending = 'confirmed' WHERE id = ?`, [id])
}

/** All that was said, and what was about to be. */
function eraseMessages(database: Database, id: Conversation['id'], records: RecordHandlers = new Map()): void {
  for (const handler of records.values()) handler.erase(id)
  database.run('DELETE FROM messages WHERE conversation_id = ?', [id])
  database.run('DELETE FROM conversation_drafts WHERE conversation_id = ?', [id])
  database.run('DELETE FROM conversation_parts WHERE conversation_id = ?', [id])
  withholdAll(database, id)
}
