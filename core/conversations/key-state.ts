import type { Bytes } from '../base/bytes.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/** A reset that is under way, as this side sees it. */
export interface Attempt {
  /** `asked`: this side cannot read. `answered`: it began a session for the other. `confirmed`: the new keys are in use here. */
  readonly step: 'asked' | 'answered' | 'confirmed'
  readonly number: number
  /** The own identity that it is for. */
  readonly identityId: string
  /** Whom it is with, once that is known. */
  readonly remote: string | undefined
  /** What is told until the other has it: an encoded reset record. */
  readonly told: Bytes
}

/** What is known of a conversation's keys beside the session. */
export interface KeyState {
  readonly verified: boolean
  /** The highest number of a reset that was made or taken up here. */
  readonly latest: number
  /** How many messages in succession could not be decrypted. */
  readonly unread: number
  /** ms since 1970; undefined where it never was. */
  readonly askedAt: number | undefined
  readonly answeredAt: number | undefined
  readonly attempt: Attempt | undefined
  /** The other came with another identity key: everything stops until the person says so. */
  readonly stopped: { readonly key: Bytes; readonly record: Bytes } | undefined
}

type Row = {
  verified: number
  latest: number
  unread: number
  asked_at: number | null
  answered_at: number | null
  step: Attempt['step'] | null
  attempt: number
  identity_id: string | null
  remote: string | null
  told: Bytes | null
  new_key: Bytes | null
  new_record: Bytes | null
}

const blank: KeyState = {
  verified: false,
  latest: 0,
  unread: 0,
  askedAt: undefined,
  answeredAt: undefined,
  attempt: undefined,
  stopped: undefined,
}

export function keyState(database: Database, id: ConversationId): KeyState {
  const row = database.get<Row>('SELECT * FROM conversation_keys WHERE conversation_id = ?', [id])
  if (row === undefined) return blank
  const { step, identity_id: identityId, told, new_key: key, new_record: record } = row
  return {
    verified: row.verified === 1,
    latest: row.latest,
    unread: row.unread,
    askedAt: row.asked_at ?? undefined,
    answeredAt: row.answered_at ?? undefined,
    attempt:
      step === null || identityId === null || told === null
        ? undefined
        : { step, number: row.attempt, identityId, remote: row.remote ?? undefined, told },
    stopped: key === null || record === null ? undefined : { key, record },
  }
}

/** Synchronous, inside the caller's transaction. */
export function setKeyState(database: Database, id: ConversationId, changes: Partial<KeyState>): void {
  const { verified, latest, unread, askedAt, answeredAt, attempt, stopped } = {
    ...keyState(database, id),
    ...changes,
  }
  database.run(
    `INSERT OR REPLACE INTO conversation_keys (conversation_id, verified, latest, unread, asked_at, answered_at,
       step, attempt, identity_id, remote, told, new_key, new_record)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      verified ? 1 : 0,
      latest,
      unread,
      askedAt ?? null,
      answeredAt ?? null,
      attempt?.step ?? null,
      attempt?.number ?? 0,
      attempt?.identityId ?? null,
      attempt?.remote ?? null,
      attempt?.told ?? null,
      stopped?.key ?? null,
      stopped?.record ?? null,
    ],
  )
}

/** Whether a changed key keeps everything from going on. */
export function isStopped(database: Database, id: ConversationId): boolean {
  return (
    database.get('SELECT 1 AS stopped FROM conversation_keys WHERE conversation_id = ? AND new_key IS NOT NULL', [
      id,
    ]) !== undefined
  )
}
