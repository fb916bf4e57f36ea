import { concat, u64, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { freshId, type CommunityId, type ReportId } from '../../base/ids.ts'
import { Reader } from '../../base/reader.ts'
import type { OpenedBox } from '../../boxes/client.ts'
import type { Database } from '../../database/database.ts'
import type { Letter } from './letter.ts'

/** What somebody passed to this person as a guardian. */
export interface ReceivedReport {
  readonly id: ReportId
  readonly communityId: CommunityId
  readonly root: Bytes
  readonly length: number
  readonly hash: Bytes
  /** Undefined while some of it is still to come. */
  readonly evidence: Bytes | undefined
  readonly receivedAt: number
  readonly expiresAt: number
  readonly opened: boolean
  /** How often its parts were looked for. */
  readonly tries: number
}

/** A letter whose work is good, and for whose report there is no room, or no more. */
export interface WaitingLetter {
  readonly root: Bytes
  /** How often the parts were looked for before it had to make room. */
  readonly tries: number
}

/** Letters remembered: a forgotten one would only be checked once more. */
const maxLooked = 5_000

type Row = {
  id: ReportId
  community_id: CommunityId
  root: Bytes
  length: number
  hash: Bytes
  evidence: Bytes | null
  received_at: number
  expires_at: number
  opened: number
  tries: number
}

/** The tables of a guardian. Synchronous: callers may be inside a transaction. */
export class ReceivedReports {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Newest first. */
  here(): (ReceivedReport & { readonly evidence: Bytes })[] {
    return this.#select('evidence IS NOT NULL', []).flatMap((report) => {
      const { evidence } = report
      return evidence === undefined ? [] : [{ ...report, evidence }]
    })
  }

  coming(communityId?: CommunityId): ReceivedReport[] {
    return this.#select('evidence IS NULL AND (:community IS NULL OR community_id = :community)', {
      community: communityId ?? null,
    })
  }

  countHere(): number {
    return (
      this.#database.get<{ count: number }>('SELECT count(*) AS count FROM received_reports WHERE evidence IS NOT NULL')
        ?.count ?? 0
    )
  }

  /** Of those that are coming: how many, and how often the parts of the one were looked for that was tried most. */
  crowd(): { readonly count: number; readonly mostTries: number } {
    const row = this.#database.get<{ count: number; most: number | null }>(
      'SELECT count(*) AS count, max(tries) AS most FROM received_reports WHERE evidence IS NULL',
    )
    return { count: row?.count ?? 0, mostTries: row?.most ?? 0 }
  }

  get(id: ReportId): ReceivedReport | undefined {
    return this.#select('id = ?', [id])[0]
  }

  /**
   * @param tries that were made of it before, in vain
   * @returns false where the same one was told of already, and is here or was put away
   */
  insert(
    communityId: CommunityId,
    { root, length, hash }: Letter,
    { now, expiresAt, tries }: { readonly now: number; readonly expiresAt: number; readonly tries: number },
  ): boolean {
    return (
      this.#database.run(
        `INSERT OR IGNORE INTO received_reports (id, community_id, root, length, hash, received_at, expires_at, tries)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [freshId<ReportId>(), communityId, root, length, hash, now, expiresAt, tries],
      ) === 1
    )
  }

  /** Its parts are looked for once more. */
  addTry(id: ReportId): void {
    this.#database.run('UPDATE received_reports SET tries = tries + 1 WHERE id = ?', [id])
  }

  /** The one that was tried most makes room; its letter waits again. */
  putBackWorst(): void {
    const [worst] = this.#select('evidence IS NULL', [], 'tries DESC, rowid')
    if (worst === undefined) return
    const { id, root, tries } = worst
    this.delete(id)
    this.#database.run('UPDATE looked_letters SET waits = 1, tries = ? WHERE root = ?', [tries, root])
  }

  putPart(id: ReportId, part: number, content: Bytes): void {
    this.#database.run('INSERT OR IGNORE INTO received_report_parts (report_id, part, content) VALUES (?, ?, ?)', [
      id,
      part,
      content,
    ])
  }

  partsHere(id: ReportId): ReadonlySet<number> {
    const rows = this.#database.all<{ part: number }>('SELECT part FROM received_report_parts WHERE report_id = ?', [
      id,
    ])
    return new Set(rows.map(({ part }) => part))
  }

  joined(id: ReportId): Bytes {
    const rows = this.#database.all<{ content: Bytes }>(
      'SELECT content FROM received_report_parts WHERE report_id = ? ORDER BY part',
      [id],
    )
    return concat(...rows.map(({ content }) => content))
  }

  complete(id: ReportId, evidence: Bytes, now: number): void {
    this.#database.run('DELETE FROM received_report_parts WHERE report_id = ?', [id])
    this.#database.run('UPDATE received_reports SET evidence = ?, received_at = ? WHERE id = ?', [evidence, now, id])
  }

  setOpened(id: ReportId): void {
    this.#database.run('UPDATE received_reports SET opened = 1 WHERE id = ?', [id])
  }

  /** @throws Fault `not-found` */
  delete(id: ReportId): void {
    if (this.#database.run('DELETE FROM received_reports WHERE id = ?', [id]) !== 1) {
      throw new Fault('not-found', 'No such report')
    }
  }

  /** What is known of a letter, or of a later one of its author: 'done' is never looked at again. */
  known({ place, author, sequence }: OpenedBox): 'done' | WaitingLetter | undefined {
    const row = this.#database.get<{ sequence: Bytes; root: Bytes | null; waits: number; tries: number }>(
      'SELECT sequence, root, waits, tries FROM looked_letters WHERE place = ? AND author = ?',
      [place, author],
    )
    if (row === undefined || new Reader(row.sequence).u64() < sequence) return undefined
    const { root, tries } = row
    return row.waits === 1 && root !== null ? { root, tries } : 'done'
  }

  /** Whether a report was told of before, by whichever letter, and waits for nothing. */
  isSettled(root: Bytes): boolean {
    return this.#database.get('SELECT 1 FROM looked_letters WHERE root = ? AND waits = 0', [root]) !== undefined
  }

  /** @param good of a letter whose work is good: what it tells of, and whether that waits for room */
  setLooked(
    { place, author, sequence }: OpenedBox,
    until: number,
    good?: { readonly root: Bytes; readonly waits: boolean },
  ): void {
    this.#database.run(
      `INSERT INTO looked_letters (place, author, sequence, expires_at, root, waits) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (place, author) DO UPDATE SET
         sequence = excluded.sequence, expires_at = excluded.expires_at, root = excluded.root, waits = excluded.waits`,
      [place, author, u64(sequence), until, good?.root ?? null, good?.waits === true ? 1 : 0],
    )
    // row ids only rise: there are never more, whatever a flood brings
    this.#database.run('DELETE FROM looked_letters WHERE rowid <= (SELECT max(rowid) FROM looked_letters) - ?', [
      maxLooked,
    ])
  }

  /** Forgets letters, and reports of which not all came in time. */
  purge(now: number): void {
    this.#database.run('DELETE FROM looked_letters WHERE expires_at <= ?', [now])
    this.#database.run('DELETE FROM received_reports WHERE evidence IS NULL AND expires_at <= ?', [now])
  }

  #select(
    where: string,
    values: Parameters<Database['all']>[1],
    order = 'received_at DESC, rowid DESC',
  ): ReceivedReport[] {
    return this.#database
      .all<Row>(`SELECT * FROM received_reports WHERE ${where} ORDER BY ${order}`, values)
      .map((row) => ({
        id: row.id,
        communityId: row.community_id,
        root: row.root,
        length: row.length,
        hash: row.hash,
        evidence: row.evidence ?? undefined,
        receivedAt: row.received_at,
        expiresAt: row.expires_at,
        opened: row.opened === 1,
        tries: row.tries,
      }))
  }
}
