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

  get(id: ReportId): ReceivedReport | undefined {
    return this.#select('id = ?', [id])[0]
  }

  /** @returns false where the same one was told of already */
  insert(communityId: CommunityId, { root, length, hash }: Letter, now: number, expiresAt: number): boolean {
    return (
      this.#database.run(
        `INSERT OR IGNORE INTO received_reports (id, community_id, root, length, hash, received_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        [freshId<ReportId>(), communityId, root, length, hash, now, expiresAt],
      ) === 1
    )
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

  /** Whether a letter, or a later one of its author, is never looked at again. */
  wasLooked({ place, author, sequence }: OpenedBox): boolean {
    const row = this.#database.get<{ sequence: Bytes }>(
      'SELECT sequence FROM looked_letters WHERE place = ? AND author = ?',
      [place, author],
    )
    return row !== undefined && new Reader(row.sequence).u64() >= sequence
  }

  setLooked({ place, author, sequence }: OpenedBox, until: number): void {
    this.#database.run(
      `INSERT INTO looked_letters (place, author, sequence, expires_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (place, author) DO UPDATE SET sequence = excluded.sequence, expires_at = excluded.expires_at`,
      [place, author, u64(sequence), until],
    )
    // row ids only rise: there are never more, whatever a flood brings
    this.#database.run('DELETE FROM looked_letters WHERE rowid <= (SELECT max(rowid) FROM looked_letters) - ?', [
      maxLooked,
    ])
  }

  /** Forgets letters, and reports of which not all came in time. @returns whether there was such a report */
  purge(now: number): void {
    this.#database.run('DELETE FROM looked_letters WHERE expires_at <= ?', [now])
    this.#database.run('DELETE FROM received_reports WHERE evidence IS NULL AND expires_at <= ?', [now])
  }

  #select(where: string, values: Parameters<Database['all']>[1]): ReceivedReport[] {
    return this.#database
      .all<Row>(`SELECT * FROM received_reports WHERE ${where} ORDER BY received_at DESC, rowid DESC`, values)
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
      }))
  }
}
