import { equal, type Bytes } from '../base/bytes.ts'
import type { CircleId, ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/**
 * How a contact stands to a circle of this side's. `inviting`, `removing`: to be
 * told to them. `removed` also where the invitation was taken back.
 */
export type GuestState = 'inviting' | 'invited' | 'declined' | 'joined' | 'left' | 'removing' | 'removed'

export interface Guest {
  readonly circleId: CircleId
  /** Undefined where the conversation is no more. */
  readonly conversationId: ConversationId | undefined
  readonly state: GuestState
  /** Once they have joined. */
  readonly keys: { readonly key: Bytes; readonly box: Bytes; readonly name: string } | undefined
  /** The last epoch that they were told of. */
  readonly told: number
}

type Row = {
  circle_id: CircleId
  conversation_id: ConversationId | null
  state: GuestState
  key: Bytes | null
  box: Bytes | null
  name: string | null
  told: number
}

function fromRow({ circle_id: circleId, conversation_id, state, key, box, name, told }: Row): Guest {
  const keys = key === null || box === null || name === null ? undefined : { key, box, name }
  return { circleId, conversationId: conversation_id ?? undefined, state, keys, told }
}

/** In the order in which they were invited. */
export function listGuests(database: Database, circleId: CircleId): Guest[] {
  return database.all<Row>('SELECT * FROM circle_guests WHERE circle_id = ? ORDER BY rowid', [circleId]).map(fromRow)
}

export function guestsOf(database: Database, conversationId: ConversationId): Guest[] {
  return database.all<Row>('SELECT * FROM circle_guests WHERE conversation_id = ?', [conversationId]).map(fromRow)
}

/** The contact's place in the circle of this name on the wire. */
export function guestAt(database: Database, conversationId: ConversationId, wireId: Bytes): Guest | undefined {
  const row = database.get<Row>(
    `SELECT g.* FROM circle_guests g JOIN circles c ON c.id = g.circle_id
     WHERE g.conversation_id = ? AND c.wire_id = ? AND c.conversation_id IS NULL`,
    [conversationId, wireId],
  )
  return row === undefined ? undefined : fromRow(row)
}

/** Or invites anew somebody who was in it, or declined. */
export function addGuest(database: Database, circleId: CircleId, conversationId: ConversationId): void {
  database.run(
    `INSERT INTO circle_guests (circle_id, conversation_id, state) VALUES (?, ?, 'inviting')
     ON CONFLICT (circle_id, conversation_id) DO UPDATE
       SET state = 'inviting', key = NULL, box = NULL, name = NULL, told = 0`,
    [circleId, conversationId],
  )
}

export function setGuest(
  database: Database,
  circleId: CircleId,
  conversationId: ConversationId,
  state: GuestState,
): void {
  database.run('UPDATE circle_guests SET state = ? WHERE circle_id = ? AND conversation_id = ?', [
    state,
    circleId,
    conversationId,
  ])
}

export function letIn(
  database: Database,
  { circleId, conversationId }: { readonly circleId: CircleId; readonly conversationId: ConversationId },
  { key, box, name }: NonNullable<Guest['keys']>,
): void {
  database.run(
    `UPDATE circle_guests SET state = 'joined', key = ?, box = ?, name = ?, told = 0
     WHERE circle_id = ? AND conversation_id = ?`,
    [key, box, name, circleId, conversationId],
  )
}

export function noteToldEpoch(
  database: Database,
  circleId: CircleId,
  conversationId: ConversationId,
  epoch: number,
): void {
  database.run('UPDATE circle_guests SET told = max(told, ?) WHERE circle_id = ? AND conversation_id = ?', [
    epoch,
    circleId,
    conversationId,
  ])
}

/** Whether somebody else of it has one of these keys. */
export function isTaken(
  guests: readonly Guest[],
  keys: { readonly key: Uint8Array; readonly box: Uint8Array },
): boolean {
  return guests.some(({ keys: each }) => each !== undefined && (equal(each.key, keys.key) || equal(each.box, keys.box)))
}

/** Whether a circle has members whose conversation was forgotten: they cannot be told of another epoch, and are to be in none. */
export function hasStrangers(database: Database, circleId: CircleId): boolean {
  const strangers = `SELECT 1 AS known FROM circle_guests WHERE circle_id = ? AND conversation_id IS NULL AND state = 'joined'`
  return database.get(strangers, [circleId]) !== undefined
}

export function dropStrangers(database: Database, circleId: CircleId): void {
  database.run(
    `UPDATE circle_guests SET state = 'left' WHERE circle_id = ? AND conversation_id IS NULL AND state = 'joined'`,
    [circleId],
  )
}

/** The conversation has ended: whoever was in it by it is not any more. */
export function dropGuests(database: Database, conversationId: ConversationId): void {
  database.run(
    `UPDATE circle_guests SET conversation_id = NULL,
       state = CASE WHEN state IN ('joined', 'removing') THEN 'left' ELSE 'removed' END WHERE conversation_id = ?`,
    [conversationId],
  )
}
