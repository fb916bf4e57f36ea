import type { Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import type { CommunityId, ReportId } from '../../base/ids.ts'
import { u64 } from '../../base/bytes.ts'
import { Reader } from '../../base/reader.ts'
import type { Database } from '../../database/database.ts'
import type { Addressee } from './places.ts'

export type SentState = 'preparing' | 'sent' | 'failed' | 'over' | 'cancelled'

/** Evidence that this person passes to a guardian. */
export interface SentReport {
  readonly id: ReportId
  readonly communityId: CommunityId
  readonly guardian: Addressee & { readonly name: string }
  /** The contact's pseudonym. */
  readonly about: string
  /** Whether a persona stands for it. */
  readonly signed: boolean
  readonly state: SentState
  readonly createdAt: number
  /** The week whose place the letter lies at. */
  readonly epoch: number
  /** Gone once its boxes have expired. */
  readonly secrets: { readonly evidence: Bytes; readonly root: Bytes; readonly authorSeed: Bytes } | undefined
  /** Nonce of the letter's memory-hard work, once it is done. */
  readonly work: bigint | undefined
  readonly dueAt: number
}

/** One box of a report; `part` -1 is the letter. */
export interface ReportBox {
  readonly part: number
  readonly sequence: number
  readonly box: Bytes | undefined
  readonly stored: boolean
  readonly refusals: number
}

export const letterPart = -1

type Row = {
  id: ReportId
  community_id: CommunityId
  guardian_name: string
  sign_key: Bytes
  box_key: Bytes
  about: string
  signed: number
  state: SentState
  created_at: number
  epoch: number
  evidence: Bytes | null
  root: Bytes | null
  author_seed: Bytes | null
  work: Bytes | null
  due_at: number
}
type BoxRow = { part: number; sequence: number; box: Bytes | null; stored: number; refusals: number }

/** The tables of reports that were sent. Synchronous: callers may be inside a transaction. */
export class SentReports {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @param parts how many the evidence has */
  insert(report: SentReport & { readonly secrets: NonNullable<SentReport['secrets']> }, parts: number): void {
    const { guardian, secrets } = report
    this.#database.run(
      `INSERT INTO sent_reports (id, community_id, guardian_name, sign_key, box_key, about, signed, state, created_at,
         epoch, evidence, root, author_seed, work, due_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)`,
      [
        report.id,
        report.communityId,
        guardian.name,
        guardian.signKey,
        guardian.boxKey,
        report.about,
        report.signed ? 1 : 0,
        report.state,
        report.createdAt,
        report.epoch,
        secrets.evidence,
        secrets.root,
        secrets.authorSeed,
        report.dueAt,
      ],
    )
    for (let part = letterPart; part < parts; part++) {
      this.#database.run(
        'INSERT INTO sent_report_boxes (report_id, part, sequence, box, stored, refusals) VALUES (?, ?, 1, NULL, 0, 0)',
        [report.id, part],
      )
    }
  }

  /** @throws Fault `not-found` */
  get(id: ReportId): SentReport {
    const row = this.#database.get<Row>('SELECT * FROM sent_reports WHERE id = ?', [id])
    if (row === undefined) throw new Fault('not-found', 'No such report')
    return reportOf(row)
  }

  /** Newest first. */
  list(): SentReport[] {
    return this.#database.all<Row>('SELECT * FROM sent_reports ORDER BY created_at DESC, rowid DESC').map(reportOf)
  }

  /** The parts in their order, and the letter last: who reads it finds all that it tells of. */
  boxes(id: ReportId): ReportBox[] {
    return this.#database
      .all<BoxRow>(
        `SELECT part, sequence, box, stored, refusals FROM sent_report_boxes WHERE report_id = ?
         ORDER BY part = ${letterPart}, part`,
        [id],
      )
      .map(({ box, stored, ...row }) => ({ ...row, box: box ?? undefined, stored: stored === 1 }))
  }

  setState(id: ReportId, state: SentState, dueAt: number): void {
    this.#database.run('UPDATE sent_reports SET state = ?, due_at = ? WHERE id = ?', [state, dueAt, id])
  }

  setWork(id: ReportId, work: bigint): void {
    this.#database.run('UPDATE sent_reports SET work = ? WHERE id = ?', [u64(work), id])
  }

  setBox(id: ReportId, part: number, change: Omit<ReportBox, 'part'>): void {
    const { sequence, box, stored, refusals } = change
    this.#database.run(
      'UPDATE sent_report_boxes SET sequence = ?, box = ?, stored = ?, refusals = ? WHERE report_id = ? AND part = ?',
      [sequence, box ?? null, stored ? 1 : 0, refusals, id, part],
    )
  }

  /** Before another try. */
  forgetRefusals(id: ReportId): void {
    this.#database.run('UPDATE sent_report_boxes SET refusals = 0 WHERE report_id = ?', [id])
  }

  /** Every one is stored again the next time. */
  setUnstored(id: ReportId): void {
    this.#database.run('UPDATE sent_report_boxes SET stored = 0 WHERE report_id = ?', [id])
  }

  /** No node has it any more: only that it was sent is remembered. */
  setOver(id: ReportId): void {
    this.#database.run('DELETE FROM sent_report_boxes WHERE report_id = ?', [id])
    this.#database.run(
      `UPDATE sent_reports SET state = 'over', evidence = NULL, root = NULL, author_seed = NULL, work = NULL WHERE id = ?`,
      [id],
    )
  }

  delete(id: ReportId): void {
    this.#database.run('DELETE FROM sent_reports WHERE id = ?', [id])
  }
}

function reportOf(row: Row): SentReport {
  const { evidence, root, author_seed: authorSeed } = row
  return {
    id: row.id,
    communityId: row.community_id,
    guardian: { name: row.guardian_name, signKey: row.sign_key, boxKey: row.box_key },
    about: row.about,
    signed: row.signed === 1,
    state: row.state,
    createdAt: row.created_at,
    epoch: row.epoch,
    secrets: evidence === null || root === null || authorSeed === null ? undefined : { evidence, root, authorSeed },
    work: row.work === null ? undefined : new Reader(row.work).u64(),
    dueAt: row.due_at,
  }
}
