import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import type { OfferId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/** Where a copy of an edition may lie on nodes. */
export interface Spot {
  readonly offerId: OfferId
  readonly epoch: number
  readonly topic: string
  /** Of the board's shards. */
  readonly group: number
  readonly place: Bytes
  /** The highest that was made for this place. */
  readonly sequence: number
}

export interface LeftSpot extends Spot {
  /** To be taken off now, and not only when the offer is. */
  readonly bury: boolean
}

/** One copy of an edition: on one board, in the vault's table of boxes. */
export interface EditionBox extends Spot {
  /** Mined and encoded, or null before that. */
  readonly box: Bytes | null
  readonly stored: boolean
  readonly refusals: number
  readonly dueAt: number
}

/** Whether a box may lie on nodes: with sequence 1 and not mined, none was ever sent. */
export function wasSent({ box, sequence }: Pick<EditionBox, 'box' | 'sequence'>): boolean {
  return box !== null || sequence > 1
}

/**
 * The tables of boxes: one copy of an edition on each of its boards, and the
 * places where one may lie that is no longer meant to. Synchronous: callers may
 * be inside a transaction.
 */
export class EditionBoxes {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  /** All boxes of an offer, the earliest epoch first. */
  of(offerId: OfferId): EditionBox[] {
    return this.#database
      .all<{
        epoch: number
        topic: string
        board_group: number
        place: Bytes
        sequence: number
        box: Bytes | null
        stored: number
        refusals: number
        due_at: number
      }>(
        `SELECT epoch, topic, board_group, place, sequence, box, stored, refusals, due_at FROM offer_boxes
         WHERE offer_id = ? ORDER BY epoch, rowid`,
        [offerId],
      )
      .map(({ board_group: group, stored, due_at: dueAt, ...row }) => ({
        ...row,
        offerId,
        group,
        stored: stored !== 0,
        dueAt,
      }))
  }

  /** Places that boxes of an offer went on from, or were taken out of. */
  left(offerId: OfferId): LeftSpot[] {
    return this.#database
      .all<{ epoch: number; topic: string; board_group: number; place: Bytes; sequence: number; bury: number }>(
        `SELECT epoch, topic, board_group, place, sequence, bury FROM offer_boxes_left
         WHERE offer_id = ? ORDER BY epoch, rowid`,
        [offerId],
      )
      .map(({ board_group: group, bury, ...row }) => ({ ...row, offerId, group, bury: bury !== 0 }))
  }

  /** It was taken off now; where it lay is remembered, for a node may take the box late. */
  setBuried(spot: Spot): void {
    this.leave(spot, false)
  }

  /** A box that is to be made and stored once more. */
  setAnew(box: EditionBox): void {
    const sequence = wasSent(box) ? box.sequence + 1 : box.sequence
    this.#update(box, 'box = NULL, stored = 0, refusals = 0, sequence = ?, due_at = ?', [sequence, this.#clock.now()])
  }

  /** One that is to be made, in the first group of its board. */
  insert({ offerId, epoch, topic, place, sequence }: Omit<Spot, 'group'>): void {
    this.#database.run(
      `INSERT INTO offer_boxes (offer_id, epoch, topic, board_group, place, sequence, box, stored, refusals, due_at)
       VALUES (?, ?, ?, 0, ?, ?, NULL, 0, 0, ?)`,
      [offerId, epoch, topic, place, sequence, this.#clock.now()],
    )
  }

  /** One that goes on to another group, and is to be made anew there. */
  setGroup(of: EditionBox, { group, place, sequence }: Pick<Spot, 'group' | 'place' | 'sequence'>): void {
    this.#update(of, 'board_group = ?, place = ?, sequence = ?, box = NULL', [group, place, sequence])
  }

  /** A box that was mined; it is on disk before it is sent. */
  setBox(of: EditionBox, box: Bytes): void {
    this.#update(of, 'box = ?', [box])
  }

  setStored(of: EditionBox, dueAt: number): void {
    this.#update(of, 'stored = 1, refusals = 0, due_at = ?', [dueAt])
  }

  /** Nodes will not have the box as it is: a new one replaces it. */
  setRefused(of: EditionBox): void {
    this.#update(of, 'box = NULL, sequence = sequence + 1, refusals = refusals + 1', [])
  }

  /** Lets all of an offer's unstored boxes be tried anew. */
  forgetRefusals(offerId: OfferId): void {
    this.#database.run('UPDATE offer_boxes SET refusals = 0, due_at = ? WHERE offer_id = ? AND stored = 0', [
      this.#clock.now(),
      offerId,
    ])
  }

  removeLeft({ offerId, epoch, topic, group }: Pick<Spot, 'offerId' | 'epoch' | 'topic' | 'group'>): void {
    this.#database.run(
      'DELETE FROM offer_boxes_left WHERE offer_id = ? AND epoch = ? AND topic = ? AND board_group = ?',
      [offerId, epoch, topic, group],
    )
  }

  removeBox({ offerId, epoch, topic }: EditionBox): void {
    this.#database.run('DELETE FROM offer_boxes WHERE offer_id = ? AND epoch = ? AND topic = ?', [
      offerId,
      epoch,
      topic,
    ])
  }

  /** A place from which a box goes on, or out of which it is taken. */
  leave({ offerId, epoch, topic, group, place, sequence }: Spot, bury: boolean): void {
    this.#database.run(
      `INSERT OR REPLACE INTO offer_boxes_left (offer_id, epoch, topic, board_group, place, sequence, bury)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [offerId, epoch, topic, group, place, sequence, bury ? 1 : 0],
    )
  }

  #update({ offerId, epoch, topic }: EditionBox, set: string, values: (Bytes | number)[]): void {
    this.#database.run(`UPDATE offer_boxes SET ${set} WHERE offer_id = ? AND epoch = ? AND topic = ?`, [
      ...values,
      offerId,
      epoch,
      topic,
    ])
  }
}
