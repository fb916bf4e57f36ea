import type { Bytes } from '../base/bytes.ts'
import type { CommunityId } from '../base/ids.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'

/** One box that this device may have stored: of a document, in an epoch. */
export interface Copy {
  readonly document: number
  readonly epoch: number
  /** Of the body from 0 on; -1 and lower are the places of the head. */
  readonly part: number
}

export interface CopyState {
  /** Mined and encoded, or null before that. */
  readonly box: Bytes | null
  readonly refusals: number
  readonly stored: boolean
  readonly dueAt: number
}

/** The table of copies. A document that went in the meantime takes no copy any more. */
export class Copies {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** What the authors of this device's copies are derived from; made when it is first asked for. 32 bytes. */
  keeper(communityId: CommunityId): Bytes {
    this.#database.run('INSERT OR IGNORE INTO document_keepers (community_id, secret) VALUES (?, ?)', [
      communityId,
      random(32),
    ])
    const row = this.#database.get<{ secret: Bytes }>('SELECT secret FROM document_keepers WHERE community_id = ?', [
      communityId,
    ])
    if (row === undefined) throw new TypeError('A secret that was just made is not here')
    return row.secret
  }

  get({ document, epoch, part }: Copy): CopyState | undefined {
    const row = this.#database.get<{ box: Bytes | null; refusals: number; stored: number; due_at: number }>(
      'SELECT box, refusals, stored, due_at FROM document_boxes WHERE document = ? AND epoch = ? AND part = ?',
      [document, epoch, part],
    )
    if (row === undefined) return undefined
    return { box: row.box, refusals: row.refusals, stored: row.stored === 1, dueAt: row.due_at }
  }

  set({ document, epoch, part }: Copy, { box, refusals, stored, dueAt }: CopyState): void {
    this.#database.run(
      `INSERT OR REPLACE INTO document_boxes (document, epoch, part, refusals, box, stored, due_at)
       SELECT number, ?, ?, ?, ?, ?, ? FROM documents WHERE number = ?`,
      [epoch, part, refusals, box, stored ? 1 : 0, dueAt, document],
    )
  }

  /** How many of a document's copies of an epoch are out. */
  stored(document: number, epoch: number): number {
    return (
      this.#database.get<{ count: number }>(
        'SELECT count(*) AS count FROM document_boxes WHERE document = ? AND epoch = ? AND stored = 1',
        [document, epoch],
      )?.count ?? 0
    )
  }

  /** Those of epochs that are over, or that a wrong clock took for the present. */
  purge(present: number): void {
    this.#database.run('DELETE FROM document_boxes WHERE epoch < ? OR epoch > ?', [present - 1, present + 2])
  }
}
