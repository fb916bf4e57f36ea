import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MentorshipId } from '../base/ids.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import type { Database } from '../database/database.ts'
import type { Entry } from './order.ts'
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
  tick: number
  at: number
  of: string
  body: Bytes
}

/** Statements about the state of a mentorship stay when what was in it is deleted: that it was, and how it ended. */
const skeleton = "('propose', 'accept', 'pause', 'resume', 'finish', 'go-on', 'end', 'erase', 'erased')"

/** The tables of this folder. Synchronous: callers may be inside a transaction. */
export class MentorshipStore {
  readonly #database: Database

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

  /** Conversations in which the other has to be told something that is done here already. */
  owing(): ConversationId[] {
    const rows = this.#database.all<{ id: ConversationId }>(
      `SELECT DISTINCT conversation_id AS id FROM mentorships
       WHERE forgotten = 0 AND (untold_end = 1 OR untold_erase = 1 OR owed_workspace = 1 OR owed_files = 1)`,
    )
    return rows.map(({ id }) => id)
  }

  /** Everything that was stated in a conversation and is still there. */
  entries(conversationId: ConversationId): Entry[] {
    const rows = this.#database.all<StatementRow>(
      `SELECT side, chain_index AS "index", seen, tick, at, mentorship_id AS "of", body FROM mentorship_statements
       WHERE conversation_id = ? AND body IS NOT NULL`,
      [conversationId],
    )
    return rows.map(({ body, ...row }) => ({ ...row, say: decodeStatement(body) }))
  }

  /** @param seen how many of the other's items the writer had @returns what the next statement of a side comes after */
  before(conversationId: ConversationId, side: Role, seen: number) {
    const own = this.#database.get<{
      tick: number | null
      seen: number | null
      count: number
      proposals: number | null
    }>(
      `SELECT max(tick) AS tick, max(seen) AS seen, count(*) AS count, sum(kind = 'propose') AS proposals
       FROM mentorship_statements WHERE conversation_id = ? AND side = ?`,
      [conversationId, side],
    )
    const other = this.#database.get<{ tick: number | null }>(
      `SELECT max(tick) AS tick FROM mentorship_statements
       WHERE conversation_id = ? AND side = ? AND chain_index < ?`,
      [conversationId, otherRole(side), seen],
    )
    return {
      count: own?.count ?? 0,
      proposals: own?.proposals ?? 0,
      seen: own?.seen ?? 0,
      tick: Math.max(own?.tick ?? 0, other?.tick ?? 0),
    }
  }

  /** @param isKept false: its place alone */
  addStatement(conversationId: ConversationId, { side, index, seen, tick, at, of, say }: Entry, isKept: boolean): void {
    this.#database.run(
      `INSERT INTO mentorship_statements (conversation_id, side, chain_index, seen, tick, at, mentorship_id, kind, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [conversationId, side, index, seen, tick, at, of, say.kind, isKept ? encodeStatement(say) : null],
    )
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
    this.#database.run('UPDATE mentorships SET document = NULL, erased = 1 WHERE id = ?', [id])
    this.#database.run(
      `UPDATE mentorship_statements SET body = NULL WHERE mentorship_id = ? AND kind NOT IN ${skeleton}`,
      [id],
    )
  }

  /** Nothing of it is left here but places in the order of things. */
  forget(id: string): void {
    const { run } = { run: (sql: string) => this.#database.run(sql, [id]) }
    run('UPDATE mentorship_statements SET body = NULL WHERE mentorship_id = ?')
    run('DELETE FROM mentorship_hours WHERE mentorship_id = ?')
    run('DELETE FROM mentorship_reminders WHERE mentorship_id = ?')
    run(`UPDATE mentorships SET document = NULL, erased = 1, forgotten = 1, untold_end = 0, untold_erase = 0, owed_workspace = 0,
      owed_files = 0, notes = '', debrief = '{}' WHERE id = ?`)
  }

  eraseConversation(id: ConversationId): void {
    this.#database.run('DELETE FROM mentorships WHERE conversation_id = ?', [id])
    this.#database.run('DELETE FROM mentorship_statements WHERE conversation_id = ?', [id])
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
