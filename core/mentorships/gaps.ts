import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import type { RecordPlace } from '../conversations/records.ts'
import type { Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import type { Entry } from './order.ts'
import { mostGaps, type Asking, type Nothing } from './statements.ts'
import { indicesOf } from './store.ts'

const day = 86_400_000
/** Of one conversation: items that cannot be read do not keep this side asking, nor asking this side answering. */
const mostAsks = 16
const mostAnswers = 256
/** What is not told again by then will not be. */
const hopesFor = 30 * day
/** Own changes are kept for so long after the other had their items, where nothing shows that they were read. */
const keptFor = 14 * day

/** An own change as it was sent. */
export type SentEdit = Pick<Entry, 'of' | 'seen' | 'lost' | 'at'> & { readonly edit: Bytes }

/**
 * What this side has not read of the other, what the other has not read of this
 * side, and what it takes to tell it again. Synchronous, inside a transaction.
 */
export class Gaps {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** An item of the other was not read, or was refused. Beyond the limit it stays lost. */
  note(id: ConversationId, index: number, now: number): void {
    if (this.open(id).length >= mostGaps) return
    this.#database.run(
      'INSERT INTO mentorship_gaps (conversation_id, chain_index, noted_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      [id, index, now],
    )
  }

  /** Ascending. */
  open(id: ConversationId): number[] {
    const rows = this.#database.all<{ index: number }>(
      'SELECT chain_index AS "index" FROM mentorship_gaps WHERE conversation_id = ? ORDER BY chain_index',
      [id],
    )
    return rows.map(({ index }) => index)
  }

  close(id: ConversationId, indices: readonly number[]): void {
    for (const index of indices) {
      this.#database.run('DELETE FROM mentorship_gaps WHERE conversation_id = ? AND chain_index = ?', [id, index])
    }
  }

  /** What to ask the other for now: at once where a gap is new, once a day otherwise. */
  toAsk(id: ConversationId, now: number): number[] {
    const { fresh, hoped } = this.#database.get<{ fresh: number; hoped: number }>(
      `SELECT count(*) FILTER (WHERE asked = 0) AS fresh, count(*) FILTER (WHERE noted_at > ?) AS hoped
       FROM mentorship_gaps WHERE conversation_id = ?`,
      [now - hopesFor, id],
    ) ?? { fresh: 0, hoped: 0 }
    const { asked_at, asks_from, asks } = this.#counts(id)
    const isDue = fresh > 0 || (hoped > 0 && !isWithinDay(asked_at, now))
    return isDue && (asks < mostAsks || !isWithinDay(asks_from, now)) ? this.open(id) : []
  }

  #asked(id: ConversationId, now: number): void {
    const { asks, asks_from } = this.#counts(id)
    const goesOn = isWithinDay(asks_from, now)
    this.#set(id, { asks: goesOn ? asks + 1 : 1, asks_from: goesOn ? asks_from : now, asked_at: now })
    this.#database.run('UPDATE mentorship_gaps SET asked = 1 WHERE conversation_id = ?', [id])
  }

  /** A record that is about records. @throws Fault `malformed` before anything has changed */
  take({ id, sendNext }: Conversation, record: Asking | Nothing, { mine, index, now }: RecordPlace): void {
    if ('none' in record) {
      if (mine) this.told(id, record.none, index)
      else this.close(id, record.none)
      return
    }
    if (mine) return this.#asked(id, now)
    if (record.seen > sendNext) throw new Fault('malformed', 'An asking for what was not said')
    this.heard(id, record.seen, record.lost)
    this.#owe(id, record, now)
  }

  /** What was told again since the other wrote is on its way. */
  #owe(id: ConversationId, { seen, lost }: Asking, now: number): void {
    const { answers, answers_from } = this.#counts(id)
    const goesOn = isWithinDay(answers_from, now)
    let count = goesOn ? answers : 0
    for (const index of lost) {
      if (count >= mostAnswers) break
      count += this.#database.run(
        `INSERT INTO mentorship_answers (conversation_id, chain_index) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET told = NULL WHERE told < ?`,
        [id, index, seen],
      )
    }
    this.#set(id, { answers: count, answers_from: goesOn ? answers_from : now })
  }

  /** Own items that are to be told again, ascending: as many as fit one record. */
  owed(id: ConversationId): number[] {
    const rows = this.#database.all<{ index: number }>(
      `SELECT chain_index AS "index" FROM mentorship_answers WHERE conversation_id = ? AND told IS NULL
       ORDER BY chain_index LIMIT ?`,
      [id, mostGaps],
    )
    return rows.map(({ index }) => index)
  }

  /** @param inItem the own item that tells them again */
  told(id: ConversationId, indices: readonly number[], inItem: number): void {
    for (const index of indices) {
      this.#database.run('UPDATE mentorship_answers SET told = ? WHERE conversation_id = ? AND chain_index = ?', [
        inItem,
        id,
        index,
      ])
    }
  }

  keepEdit(id: ConversationId, index: number, { of, seen, lost, at, edit }: SentEdit): void {
    this.#database.run(
      `INSERT INTO mentorship_edits (conversation_id, chain_index, mentorship_id, seen, lost, at, edit)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [id, index, of, seen, JSON.stringify(lost), at, edit],
    )
  }

  editAt(id: ConversationId, index: number): SentEdit | undefined {
    const row = this.#database.get<Omit<SentEdit, 'lost'> & { lost: string }>(
      `SELECT mentorship_id AS "of", seen, lost, at, edit FROM mentorship_edits
       WHERE conversation_id = ? AND chain_index = ?`,
      [id, index],
    )
    return row && { ...row, lost: indicesOf(row.lost) }
  }

  /** The other has shown what they had read: of that nothing has to be told again. */
  heard(id: ConversationId, seen: number, lost: readonly number[]): void {
    this.#database.run(
      `DELETE FROM mentorship_edits WHERE conversation_id = ? AND chain_index < ?
         AND chain_index NOT IN (SELECT value FROM json_each(?))`,
      [id, seen, JSON.stringify(lost)],
    )
    this.#database.run('DELETE FROM mentorship_answers WHERE conversation_id = ? AND told < ?', [id, seen])
  }

  /** Own words that were deleted since do not stay for long because of what the other may ask. */
  age(now: number): void {
    this.#database.run(
      `UPDATE mentorship_edits SET acked_at = ? WHERE acked_at IS NULL
         AND chain_index < (SELECT send_acked FROM conversations WHERE id = conversation_id)`,
      [now],
    )
    this.#database.run('DELETE FROM mentorship_edits WHERE acked_at < ?', [now - keptFor])
  }

  erase(id: ConversationId): void {
    for (const table of ['gaps', 'answers', 'edits', 'asking']) {
      this.#database.run(`DELETE FROM mentorship_${table} WHERE conversation_id = ?`, [id])
    }
  }

  #counts(id: ConversationId): Counts {
    const row = this.#database.get<Counts>('SELECT * FROM mentorship_asking WHERE conversation_id = ?', [id])
    return row ?? { asks_from: 0, asks: 0, asked_at: 0, answers_from: 0, answers: 0 }
  }

  #set(id: ConversationId, changes: Partial<Counts>): void {
    const { asks_from, asks, asked_at, answers_from, answers } = { ...this.#counts(id), ...changes }
    this.#database.run(
      `INSERT OR REPLACE INTO mentorship_asking (conversation_id, asks_from, asks, asked_at, answers_from, answers)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [id, asks_from, asks, asked_at, answers_from, answers],
    )
  }
}

type Counts = {
  readonly asks_from: number
  readonly asks: number
  readonly asked_at: number
  readonly answers_from: number
  readonly answers: number
}

/** A clock that was set back does not make it longer. */
function isWithinDay(from: number, now: number): boolean {
  return from <= now && now - from < day
}
