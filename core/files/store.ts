import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { freshId, type ConversationId, type FileId, type MessageId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { BlobName, BlobRef } from './blobs.ts'
import type { Content } from './content-writer.ts'
import type { MediaType } from './media.ts'
import { harmlessName } from './names.ts'
import type { FileOffer } from './offer.ts'

export type FileState = 'preparing' | 'new' | 'offered' | 'waiting' | 'paused' | 'here' | 'failed' | 'refused' | 'gone'
/** Why a transfer failed. */
export type FileProblem = 'wrong-content' | 'disk-full'

/** A file as it stands in the vault. */
export interface StoredFile {
  readonly id: FileId
  readonly conversationId: ConversationId
  /** The message that offers it; null while that is being saved. */
  readonly messageId: MessageId | null
  readonly mine: boolean
  /** Its name was made harmless. */
  readonly offer: FileOffer
  readonly state: FileState
  readonly problem: FileProblem | null
  readonly blob: BlobRef | undefined
  readonly addedAt: number
  /** How many segments' hashes are in the vault: of the other's file, those that are saved. */
  readonly segments: number
}

// a type and not an interface: only types fit an index signature
type Row = {
  id: FileId
  conversation_id: ConversationId
  message_id: MessageId | null
  mine: number
  offer_id: Bytes
  offer_key: Bytes
  root: Bytes
  size: number
  media_type: MediaType
  name: string
  state: FileState
  problem: FileProblem | null
  blob: BlobName | null
  blob_key: Bytes | null
  added_at: number
  segments: number
}

const select = `SELECT files.*, (SELECT count(*) FROM file_segments WHERE file_id = files.id) AS segments FROM files`

function fromRow(row: Row): StoredFile {
  const { id, size, name } = row
  return {
    id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    mine: row.mine === 1,
    offer: { id: row.offer_id, size, type: row.media_type, name, root: row.root, key: row.offer_key },
    state: row.state,
    problem: row.problem,
    blob: row.blob === null || row.blob_key === null ? undefined : { name: row.blob, key: row.blob_key, size },
    addedAt: row.added_at,
    segments: row.segments,
  }
}

/** @throws Fault `not-found` */
export function getFile(database: Database, id: FileId): StoredFile {
  const row = database.get<Row>(`${select} WHERE id = ?`, [id])
  if (row === undefined) throw new Fault('not-found', 'No such file')
  return fromRow(row)
}

/** Of a conversation, in the order in which they were offered. */
export function listFiles(database: Database, id: ConversationId): StoredFile[] {
  return database
    .all<Row>(`${select} WHERE conversation_id = ? AND message_id IS NOT NULL ORDER BY added_at, rowid`, [id])
    .map(fromRow)
}

/** Those that are to be fetched, in that order. */
export function wantedFiles(database: Database): StoredFile[] {
  return database.all<Row>(`${select} WHERE state = 'waiting' ORDER BY added_at, rowid`).map(fromRow)
}

/** The own file that an offer of a conversation is for. */
export function offeredFile(database: Database, id: ConversationId, offerId: Bytes): StoredFile | undefined {
  const row = database.get<Row>(`${select} WHERE conversation_id = ? AND mine = 1 AND offer_id = ?`, [id, offerId])
  return row === undefined ? undefined : fromRow(row)
}

/** Files of the other that came since this was asked last. */
export function newFiles(database: Database): StoredFile[] {
  return database.all<Row>(`${select} WHERE state = 'new'`).map(fromRow)
}

export function blobNames(database: Database): Set<string> {
  return new Set(
    database.all<{ blob: string }>('SELECT blob FROM files WHERE blob IS NOT NULL').map(({ blob }) => blob),
  )
}

export function hashesOf(database: Database, id: FileId): Bytes[] {
  const rows = database.all<{ hash: Bytes }>('SELECT hash FROM file_segments WHERE file_id = ? ORDER BY number', [id])
  return rows.map(({ hash }) => hash)
}

interface NewFile {
  readonly conversationId: ConversationId
  readonly messageId: MessageId | null
  readonly mine: boolean
  readonly offer: FileOffer
  readonly state: FileState
  readonly addedAt: number
  readonly content?: Content
}

export function addFile(database: Database, file: NewFile): FileId {
  const { conversationId, messageId, mine, offer, state, addedAt, content } = file
  const id = freshId<FileId>()
  database.transaction(() => {
    database.run(
      `INSERT INTO files (id, conversation_id, message_id, mine, offer_id, offer_key, root, size, media_type, name, state,
         blob, blob_key, added_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        id,
        conversationId,
        messageId,
        mine ? 1 : 0,
        offer.id,
        offer.key,
        offer.root,
        offer.size,
        offer.type,
        harmlessName(offer.name),
        state,
        content?.ref.name ?? null,
        content?.ref.key ?? null,
        addedAt,
      ],
    )
    for (const [number, hash] of (content?.hashes ?? []).entries()) addSegment(database, id, number, hash)
  })
  return id
}

/** It is saved. Without any effect where it was already. */
export function addSegment(database: Database, id: FileId, number: number, hash: Bytes): void {
  database.run('INSERT INTO file_segments (file_id, number, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
    id,
    number,
    hash,
  ])
}

/** @returns whether it was in one of the states `from` */
export function moveFile(
  database: Database,
  id: FileId,
  from: readonly FileState[],
  to: FileState,
  problem: FileProblem | null = null,
): boolean {
  const { state } = getFile(database, id)
  if (!from.includes(state)) return false
  database.run('UPDATE files SET state = ?, problem = ? WHERE id = ?', [to, problem, id])
  return true
}

export function setType(database: Database, id: FileId, type: MediaType): void {
  database.run('UPDATE files SET media_type = ? WHERE id = ?', [type, id])
}

/** Where what comes will be kept. */
export function setBlob(database: Database, id: FileId, { name, key }: BlobRef): void {
  database.run('UPDATE files SET blob = ?, blob_key = ? WHERE id = ?', [name, key, id])
}

/** Destroys the key, and with it the content; the blob itself is to be removed then. It may be fetched again. */
export function forgetContent(database: Database, id: FileId): void {
  database.transaction(() => {
    database.run('UPDATE files SET blob = NULL, blob_key = NULL WHERE id = ?', [id])
    database.run('DELETE FROM file_segments WHERE file_id = ?', [id])
  })
}

/** Destroys what it takes to fetch it too. */
export function buryFile(database: Database, id: FileId): void {
  database.transaction(() => {
    forgetContent(database, id)
    database.run("UPDATE files SET state = 'gone', problem = NULL, offer_key = zeroblob(32) WHERE id = ?", [id])
  })
}

export interface Noted {
  readonly conversationId: ConversationId
  /** Saved in the same transaction. */
  readonly messageId: MessageId
  readonly mine: boolean
  /** What the message says of the file. */
  readonly offer: FileOffer
  readonly now: number
}

/**
 * The message that offers a file is being saved: of the other's, the file is
 * there from now on; an own one belongs to it.
 *
 * @returns whether that makes sense: false where it was offered before
 */
export function noteOffer(database: Database, { conversationId, messageId, mine, offer, now }: Noted): boolean {
  const known = database.get<{ message_id: string | null }>(
    'SELECT message_id FROM files WHERE conversation_id = ? AND mine = ? AND offer_id = ?',
    [conversationId, mine ? 1 : 0, offer.id],
  )
  if (!mine && known === undefined) {
    addFile(database, { conversationId, messageId, mine, offer, state: 'new', addedAt: now })
    return true
  }
  if (!mine || known === undefined || known.message_id !== null) return false
  database.run(
    `UPDATE files SET message_id = ?, state = 'offered', added_at = ?
     WHERE conversation_id = ? AND mine = 1 AND offer_id = ?`,
    [messageId, now, conversationId, offer.id],
  )
  return true
}

/** Its message was not saved, now or before a crash. */
export function dropUnsaid(database: Database, id?: FileId): void {
  database.run("DELETE FROM files WHERE state = 'preparing' AND (id = $id OR $id IS NULL)", { id: id ?? null })
}
