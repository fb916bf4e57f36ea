import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MentorshipId } from '../base/ids.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import type { Database } from '../database/database.ts'
import { ticks, type Entry, type Knowledge } from './order.ts'
import { decodeStatement, encodeStatement } from './statements.ts'
import type { Kept } from './taking-edits.ts'

/** What is kept of a mentorship beside what was stated. */
export interface StoredMentorship {
  readonly id: MentorshipId
  readonly conversationId: ConversationId
  /** `state` is undefined also where it was deleted: `erased`. */
  readonly kept: Kept
  readonly erased: boolean
  /** What the other asked to delete, and was not told yet that it is done. */
  readonly owed: { readonly workspace: boolean; readonly files: boolean }
  /** This person has left, or has deleted it besides, and the other was not told yet. */
  readonly untold: { readonly end: boolean; readonly erase: boolean }
  readonly forgotten: boolean
  readonly movedAt: number
  readonly checkIns: boolean
  readonly checkInSeen: boolean
  readonly reminder: number | null
  readonly notes: string
  /** JSON of this person's own answers. */
  readonly debrief: string
}

// a type and not an interface: only types fit an index signature
type Row = {
  id: MentorshipId
  conversation_id: ConversationId
  document: Bytes | null
  used_seeker: number
  used_mentor: number
  erased: number
  owed_workspace: number
  owed_files: number
  untold_end: number
  untold_erase: number
  forgotten: number
  moved_at: number
  check_ins: number
  check_in_seen: number
  reminder: number | null
  notes: string
  debrief: string
}

type StatementRow = {
  side: Role
  index: number
  seen: number
  lost: string
  tick: number
  at: number
  of: string
  body: Bytes
}

/** Statements about the state of a mentorship stay when what was in it is deleted: that it was, and how it ended. */
const skeleton = "('propose', 'accept', 'pause', 'resume', 'finish', 'go-on', 'end', 'erase', 'erased')"

/** Of what is kept read, bytes as they are stored. */
const mostRead = 1_048_576

/** The tables of this folder. Synchronous: callers may be inside a transaction. */
export class MentorshipStore {
  readonly #database: Database
  /** Of the conversation that was read last: whoever says one thing after the other must not make all be read each time. */
  #read: { readonly id: ConversationId; readonly stamp: string; readonly entries: readonly Entry[] } | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** Without effect where it is there. */
  insert(id: string, conversationId: ConversationId, now: number): void {
    this.#database.run(
      'INSERT INTO mentorships (id, conversation_id, moved_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      [id, conversationId, now],
    )
  }

  find(id: string): StoredMentorship | undefined {
    const row = this.#database.get<Row>('SELECT * FROM mentorships WHERE id = ?', [id])
    return row === undefined ? undefined : fromRow(row)
  }

  /** @throws Fault `not-found` */
  get(id: string): StoredMentorship {
    const found = this.find(id)
    if (found === undefined || found.forgotten) throw new Fault('not-found', 'No such mentorship')
    return found
  }

  /** Those that were not forgotten, of one conversation or of all. */
  list(conversationId?: ConversationId): StoredMentorship[] {
    return this.#database
      .all<Row>(
        'SELECT * FROM mentorships WHERE forgotten = 0 AND (conversation_id = $id OR $id IS NULL) ORDER BY rowid',
        { id: conversationId ?? null },
      )
      .map(fromRow)
  }

  /** Those that this person has left, while the other was not told yet. */
  left(id: ConversationId): ReadonlySet<string> {
    const rows = this.#database.all<{ id: string }>(
      'SELECT id FROM mentorships WHERE conversation_id = ? AND untold_end = 1',
      [id],
    )
    return new Set(rows.map((row) => row.id))
  }

  /** Only what is over can be forgotten. */
  hasForgotten(id: ConversationId): boolean {
    const row = this.#database.get('SELECT 1 FROM mentorships WHERE conversation_id = ? AND forgotten = 1', [id])
    return row !== undefined
  }

  /** Conversations in which the other has to be told something: that it is done here, or missing, or what it was. */
  owing(only?: ConversationId): ConversationId[] {
    const rows = this.#database.all<{ id: ConversationId }>(
      `SELECT conversation_id AS id FROM mentorships WHERE (conversation_id = $only OR $only IS NULL) AND forgotten = 0
         AND (untold_end = 1 OR untold_erase = 1 OR owed_workspace = 1 OR owed_files = 1)
       UNION SELECT conversation_id FROM mentorship_gaps WHERE conversation_id = $only OR $only IS NULL
       UNION SELECT conversation_id FROM mentorship_answers
         WHERE told IS NULL AND (conversation_id = $only OR $only IS NULL)`,
      { only: only ?? null },
    )
    return rows.map(({ id }) => id)
  }

  /** Everything that was stated in a conversation and is still there. */
  entries(conversationId: ConversationId): readonly Entry[] {
    const { stamp, bytes } = this.#stampOf(conversationId)
    if (this.#read?.id === conversationId && this.#read.stamp === stamp) return this.#read.entries
    const rows = this.#database.all<StatementRow>(
      `SELECT side, chain_index AS "index", seen, lost, tick, at, mentorship_id AS "of", body FROM mentorship_statements
       WHERE conversation_id = ? AND body IS NOT NULL`,
      [conversationId],
    )
    const entries = rows.map(({ body, lost, ...row }) => ({
      ...row,
      lost: indicesOf(lost),
      say: decodeStatement(body),
    }))
    this.#read = bytes > mostRead ? undefined : { id: conversationId, stamp, entries }
    return entries
  }

  /** Another one where a transaction was taken back; every change here forgets what was read besides. */
  #stampOf(id: ConversationId): { readonly stamp: string; readonly bytes: number } {
    const sums = this.#database.get<{ count: number; kept: number; ticks: number; bytes: number }>(
      `SELECT count(*) AS count, count(body) AS kept, total(tick) AS ticks, total(length(body)) AS bytes
       FROM mentorship_statements WHERE conversation_id = ?`,
      [id],
    ) ?? { count: 0, kept: 0, ticks: 0, bytes: 0 }
    return { stamp: JSON.stringify(sums), bytes: sums.bytes }
  }

  /** @returns what a statement that is made there, knowing that much, comes after, and before which own one it comes */
  around(conversationId: ConversationId, { side, index, seen, lost }: Knowledge) {
    const own = this.#database.get<{ tick: number; seen: number; lost: string }>(
      `SELECT tick, seen, lost FROM mentorship_statements
       WHERE conversation_id = ? AND side = ? AND chain_index < ? ORDER BY chain_index DESC LIMIT 1`,
      [conversationId, side, index],
    )
    const other = this.#database.get<{ tick: number | null }>(
      `SELECT max(tick) AS tick FROM mentorship_statements
       WHERE conversation_id = ? AND side = ? AND chain_index < ?
         AND chain_index NOT IN (SELECT value FROM json_each(?))`,
      [conversationId, otherRole(side), seen, JSON.stringify(lost)],
    )
    const all = this.#database.get<{ count: number; proposals: number | null; next: number | null }>(
      `SELECT count(*) AS count, sum(kind = 'propose') AS proposals,
         min(seen) FILTER (WHERE chain_index > $index) AS next FROM mentorship_statements
       WHERE conversation_id = $id AND side = $side`,
      { id: conversationId, side, index },
    )
    return {
      count: all?.count ?? 0,
      proposals: all?.proposals ?? 0,
      seen: own?.seen ?? 0,
      lost: indicesOf(own?.lost ?? '[]'),
      tick: Math.max(own?.tick ?? 0, other?.tick ?? 0),
      /** How much of the other's the next own statement knew. */
      next: all?.next ?? Infinity,
    }
  }

  /** @param isKept false: its place alone */
  addStatement(conversationId: ConversationId, entry: Omit<Entry, 'say'> & Partial<Entry>, isKept: boolean): void {
    this.#read = undefined
    const { side, index, seen, lost, tick, at, of, say } = entry
    this.#database.run(
      `INSERT INTO mentorship_statements (conversation_id, side, chain_index, seen, lost, tick, at, mentorship_id, kind, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        conversationId,
        side,
        index,
        seen,
        JSON.stringify(lost),
        tick,
        at,
        of,
        say?.kind ?? 'gone',
        isKept && say !== undefined ? encodeStatement(say) : null,
      ],
    )
  }

  /** Where one came after others that had to come after it. @throws Fault `malformed` */
  countAnew(conversationId: ConversationId): void {
    this.#read = undefined
    const rows = this.#database.all<{ side: Role; index: number; seen: number; lost: string; tick: number }>(
      `SELECT side, chain_index AS "index", seen, lost, tick FROM mentorship_statements WHERE conversation_id = ?`,
      [conversationId],
    )
    const counted = ticks(rows.map((row) => ({ ...row, lost: indicesOf(row.lost) })))
    for (const [{ side, index, tick: before }, tick] of counted) {
      if (tick === before) continue
      this.#database.run(
        'UPDATE mentorship_statements SET tick = ? WHERE conversation_id = ? AND side = ? AND chain_index = ?',
        [tick, conversationId, side, index],
      )
    }
  }

  /** What a side stated in an item; `say` is undefined where it was deleted. */
  statement(
    conversationId: ConversationId,
    side: Role,
    index: number,
  ): (Omit<Entry, 'say'> & Partial<Entry>) | undefined {
    const row = this.#database.get<Omit<StatementRow, 'body'> & { body: Bytes | null }>(
      `SELECT side, chain_index AS "index", seen, lost, tick, at, mentorship_id AS "of", body FROM mentorship_statements
       WHERE conversation_id = ? AND side = ? AND chain_index = ?`,
      [conversationId, side, index],
    )
    if (row === undefined) return undefined
    const { body, lost, ...entry } = row
    return { ...entry, lost: indicesOf(lost), ...(body === null ? {} : { say: decodeStatement(body) }) }
  }

  setDocument(id: string, { state, used }: Kept & { readonly state: Bytes }): void {
    this.#database.run('UPDATE mentorships SET document = ?, used_seeker = ?, used_mentor = ? WHERE id = ?', [
      state,
      used.seeker,
      used.mentor,
      id,
    ])
  }

  /** Something was done by either: a check-in is far again. */
  moved(id: string, now: number): void {
    this.#database.run('UPDATE mentorships SET moved_at = ?, check_in_seen = 0 WHERE id = ?', [now, id])
  }

  /** What both edit, and all that was said in it. Own notes and hours stay. */
  eraseContents(id: string): void {
    this.#read = undefined
    this.#database.run('UPDATE mentorships SET document = NULL, erased = 1 WHERE id = ?', [id])
    this.#database.run('DELETE FROM mentorship_edits WHERE mentorship_id = ?', [id])
    this.#database.run(
      `UPDATE mentorship_statements SET body = NULL WHERE mentorship_id = ? AND kind NOT IN ${skeleton}`,
      [id],
    )
  }

  /** Nothing of it is left here but places in the order of things. */
  forget(id: string): void {
    this.#read = undefined
    const { run } = { run: (sql: string) => this.#database.run(sql, [id]) }
    run('UPDATE mentorship_statements SET body = NULL WHERE mentorship_id = ?')
    run('DELETE FROM mentorship_edits WHERE mentorship_id = ?')
    run('DELETE FROM mentorship_hours WHERE mentorship_id = ?')
    run('DELETE FROM mentorship_reminders WHERE mentorship_id = ?')
    run(`UPDATE mentorships SET document = NULL, erased = 1, forgotten = 1, untold_end = 0, untold_erase = 0, owed_workspace = 0,
      owed_files = 0, notes = '', debrief = '{}' WHERE id = ?`)
  }

  eraseConversation(id: ConversationId): void {
    this.#read = undefined
    for (const table of ['mentorships', 'mentorship_statements']) {
      this.#database.run(`DELETE FROM ${table} WHERE conversation_id = ?`, [id])
    }
  }

  owe(id: string, { workspace, files }: { readonly workspace: boolean; readonly files: boolean }): void {
    this.#database.run(
      'UPDATE mentorships SET owed_workspace = max(owed_workspace, ?), owed_files = max(owed_files, ?) WHERE id = ?',
      [workspace ? 1 : 0, files ? 1 : 0, id],
    )
  }

  /** The other was told what is done here. */
  paid(id: string): void {
    this.#database.run('UPDATE mentorships SET owed_workspace = 0, owed_files = 0 WHERE id = ?', [id])
  }

  setUntold(id: string, untold: Partial<StoredMentorship['untold']>): void {
    const { end, erase } = { ...this.get(id).untold, ...untold }
    this.#database.run('UPDATE mentorships SET untold_end = ?, untold_erase = ? WHERE id = ?', [
      end ? 1 : 0,
      erase ? 1 : 0,
      id,
    ])
  }

  setOwn(
    id: string,
    own: Partial<Pick<StoredMentorship, 'notes' | 'debrief' | 'reminder' | 'checkIns' | 'checkInSeen'>>,
  ): void {
    const now = { ...this.get(id), ...own }
    this.#database.run(
      'UPDATE mentorships SET notes = ?, debrief = ?, reminder = ?, check_ins = ?, check_in_seen = ? WHERE id = ?',
      [now.notes, now.debrief, now.reminder, now.checkIns ? 1 : 0, now.checkInSeen ? 1 : 0, id],
    )
  }
}

function fromRow(row: Row): StoredMentorship {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    kept: { state: row.document ?? undefined, used: { seeker: row.used_seeker, mentor: row.used_mentor } },
    erased: row.erased === 1,
    owed: { workspace: row.owed_workspace === 1, files: row.owed_files === 1 },
    untold: { end: row.untold_end === 1, erase: row.untold_erase === 1 },
    forgotten: row.forgotten === 1,
    movedAt: row.moved_at,
    checkIns: row.check_ins === 1,
    checkInSeen: row.check_in_seen === 1,
    reminder: row.reminder,
    notes: row.notes,
    debrief: row.debrief,
  }
}

/** Of this vault, not of a contact. */
export function indicesOf(json: string): number[] {
  return JSON.parse(json) as number[]
}
