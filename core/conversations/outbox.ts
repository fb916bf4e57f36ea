import type { Bytes } from '../base/bytes.ts'
import { farthestPlan } from '../base/jobs.ts'
import type { CommunityId, ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/** A message on its way: the same ciphertext for channel and mailbox. */
export interface Item {
  readonly index: number
  readonly ciphertext: Bytes
}

/** An item as the mailbox worker sees it. */
export interface Parcel extends Item {
  /** Encoded and mined, not yet stored or to be stored again; made again when it comes close to its expiry. */
  readonly box: Bytes | undefined
  /** Of the box that was prepared last. */
  readonly sequence: number
  readonly expiryHours: number
  readonly stored: boolean
}

/** In the place of a ciphertext while there is no session to encrypt for. Not empty, which SQLite's driver takes for NULL. */
export const notEncrypted = Uint8Array.of(0)

/**
 * Adds the next item, inside the transaction that saves the message and moves
 * the counter. The plaintext stays until it is acknowledged, so that it can be
 * encrypted anew where the session breaks.
 */
export function queueItem(
  database: Database,
  id: ConversationId,
  {
    index,
    ciphertext,
    plaintext,
    about,
    dueAt,
  }: Item & {
    readonly plaintext: Bytes
    /** The own message whose words it holds, by its index. */
    readonly about: number | undefined
    readonly dueAt: number
  },
): void {
  database.run(
    `INSERT INTO conversation_outbox (conversation_id, chain_index, ciphertext, plaintext, about, due_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [id, index, ciphertext, plaintext, about ?? null, dueAt],
  )
}

/** An own message is gone: what its items and its edits say is forgotten, and only their ciphertexts are on their way. */
export function withholdItems(database: Database, id: ConversationId, index: number): void {
  database.run('UPDATE conversation_outbox SET plaintext = NULL WHERE conversation_id = ? AND about = ?', [id, index])
}

/** As `withholdItems`, of all messages. What says nothing (an end, for one) is not lost with them. */
export function withholdAll(database: Database, id: ConversationId): void {
  database.run('UPDATE conversation_outbox SET plaintext = NULL WHERE conversation_id = ? AND about IS NOT NULL', [id])
}

/** Unacknowledged items from an index on, in order. */
export function itemsFrom(database: Database, id: ConversationId, index: number, limit: number): Item[] {
  return database.all<{ index: number; ciphertext: Bytes }>(
    `SELECT chain_index AS "index", ciphertext FROM conversation_outbox
     WHERE conversation_id = ? AND chain_index >= ? AND ciphertext <> ? ORDER BY chain_index LIMIT ?`,
    [id, index, notEncrypted, limit],
  )
}

/** What each conversation of a community next has for the mailbox, and when. */
export function dueTimes(
  database: Database,
  communityId: CommunityId,
  now: number,
): { id: ConversationId; index: number; dueAt: number }[] {
  // SQLite takes the bare column from the row that has the minimum
  return database.all<{ id: ConversationId; index: number; dueAt: number }>(
    `SELECT conversation_id AS id, chain_index AS "index", min(iif(due_at > $far, 0, due_at)) AS dueAt
     FROM conversation_outbox JOIN conversations ON conversations.id = conversation_id
     WHERE community_id = $communityId AND blocked = 0 AND ciphertext <> $notEncrypted
       AND NOT EXISTS (SELECT 1 FROM conversation_keys k WHERE k.conversation_id = conversations.id AND new_key IS NOT NULL)
     GROUP BY conversation_id ORDER BY dueAt, id`,
    { communityId, notEncrypted, far: now + farthestPlan },
  )
}

type ParcelRow = {
  chain_index: number
  ciphertext: Bytes
  box: Bytes | null
  box_sequence: number
  box_expiry_hours: number
  stored: number
}

/** The first item that is due. */
export function nextParcel(database: Database, id: ConversationId, now: number): Parcel | undefined {
  const row = database.get<ParcelRow>(
    `SELECT chain_index, ciphertext, box, box_sequence, box_expiry_hours, stored
     FROM conversation_outbox WHERE conversation_id = $id AND ciphertext <> $notEncrypted
       AND (due_at <= $now OR due_at > $far)
     ORDER BY chain_index LIMIT 1`,
    { id, notEncrypted, now, far: now + farthestPlan },
  )
  if (row === undefined) return undefined
  return {
    index: row.chain_index,
    ciphertext: row.ciphertext,
    box: row.box ?? undefined,
    sequence: row.box_sequence,
    expiryHours: row.box_expiry_hours,
    stored: row.stored === 1,
  }
}

/** Whether it was not acknowledged in the meantime. */
export function isUnacknowledged(database: Database, id: ConversationId, index: number): boolean {
  return itemsFrom(database, id, index, 1)[0]?.index === index
}

/** Keeps a prepared box, so that a crash does not cost its work. */
export function keepBox(
  database: Database,
  id: ConversationId,
  index: number,
  { box, sequence, expiryHours }: { readonly box: Bytes; readonly sequence: number; readonly expiryHours: number },
): void {
  database.run(
    `UPDATE conversation_outbox SET box = ?, box_sequence = ?, box_expiry_hours = ?
     WHERE conversation_id = ? AND chain_index = ?`,
    [box, sequence, expiryHours, id, index],
  )
}

export function markStored(database: Database, id: ConversationId, index: number, againAt: number): void {
  database.run(
    `UPDATE conversation_outbox SET stored = 1, due_at = ?
     WHERE conversation_id = ? AND chain_index = ?`,
    [againAt, id, index],
  )
}

/** The nodes would not have it: the next try makes a new one. */
export function dropBox(database: Database, id: ConversationId, index: number): void {
  database.run('UPDATE conversation_outbox SET box = NULL WHERE conversation_id = ? AND chain_index = ?', [id, index])
}

/** How many items are not even on a node yet. */
export function countQueued(database: Database, id: ConversationId): number {
  const row = database.get<{ queued: number }>(
    'SELECT count(*) AS queued FROM conversation_outbox WHERE conversation_id = ? AND stored = 0',
    [id],
  )
  return row?.queued ?? 0
}
