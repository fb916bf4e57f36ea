import { copy, equal, u64, type Bytes } from '../base/bytes.ts'
import { sha256 } from '../crypto/derive.ts'
import { Database } from '../database/database.ts'
import { migrate } from '../database/migrations.ts'
import type { Box } from './box.ts'
import { fullStoreBits, placeFirstCome, placeMostWork, placeTombstones } from './limits.ts'
import { digestLength, type Held, type Listed } from './messages.ts'
import { storeSchema } from './store-schema.ts'
import type { Tombstone } from './tombstone.ts'

/** What SQLite needs besides a record, about: a row's other fields and three indexes. */
const rowOverhead = 400
/** How many expired boxes are deleted in one transaction. */
const sweepBatch = 256

/** A box that came, as the node weighs it. */
export interface Incoming {
  readonly box: Box
  /** The whole of it. */
  readonly record: Bytes
  /** Leading zero bits of its work. */
  readonly work: number
}

type Row = { id: number; sequence: Bytes; tombstone: number; record: Bytes }
type ListedRow = { digest: Bytes; sequence: Bytes; tombstone: number }

/** The boxes of one community node, on disk before anybody is told. All calls are synchronous. */
export class BoxStore {
  readonly #database: Database
  readonly #quota: number
  #bytes: number
  #count: number

  private constructor(database: Database, quota: number) {
    this.#database = database
    this.#quota = quota
    const { count, bytes } = this.#sum()
    this.#count = count
    this.#bytes = bytes
  }

  /**
   * @param path a file, or ':memory:'
   * @param quota bytes
   * @throws Fault `vault-damaged`, `vault-newer`, `disk-full`
   */
  static open(path: string, quota: number): BoxStore {
    const database = Database.open(path)
    try {
      migrate(database, storeSchema)
      return new BoxStore(database, quota)
    } catch (error) {
      database.close()
      throw error
    }
  }

  close(): void {
    this.#database.close()
  }

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  /** How much more work than an empty store this one asks for: a bit for each eighth of it filled above a half. */
  get extraBits(): number {
    const above = Math.floor((this.#bytes / this.#quota - 0.5) * 8)
    return Math.max(0, Math.min(fullStoreBits, above))
  }

  /** Whether there is room: for its bytes on the node, and for one more at its place. */
  hasRoom({ box, record, work }: Incoming): boolean {
    const held = this.#row(box.place, box.author)
    const growth = record.length + rowOverhead - (held === undefined ? 0 : held.record.length + rowOverhead)
    if (this.#bytes + growth > this.#quota) return false
    return (
      held?.tombstone === 0 || this.#countAt(box.place, 0) < placeSize || this.#weakest(box.place, work) !== undefined
    )
  }

  /**
   * Stores a box whose signatures were verified.
   *
   * @returns `stale` where a higher sequence, another box of the same sequence, or a tombstone is held
   */
  put(incoming: Incoming): 'stored' | 'stale' | 'quota' {
    const { box, record, work } = incoming
    return this.#change(() => {
      const held = this.#row(box.place, box.author)
      if (held !== undefined) {
        if (held.tombstone === 0 && equal(held.record, record)) return 'stored'
        if (Buffer.compare(u64(box.sequence), held.sequence) <= 0) return 'stale'
      }
      if (!this.hasRoom(incoming)) return 'quota'
      if (held !== undefined && held.tombstone === 0) this.#forget(held.id, held.record.length)
      else {
        if (held !== undefined) this.#forget(held.id, held.record.length)
        const weakest = this.#countAt(box.place, 0) < placeSize ? undefined : this.#weakest(box.place, work)
        if (weakest !== undefined) this.#forget(weakest.id, weakest.record.length)
      }
      this.#insert({
        // who was here first stays it when a box is renewed
        ...(held?.tombstone === 0 ? { id: held.id } : {}),
        place: box.place,
        author: box.author,
        readPublic: box.readPublic,
        sequence: box.sequence,
        expiryHours: box.expiryHours,
        work,
        tombstone: 0,
        record,
      })
      return 'stored'
    })
  }

  /**
   * Puts a tombstone whose signature was verified where the author's box lay.
   * Where nothing lies nothing is kept, so that nobody can fill a node with them.
   *
   * @returns `stale` where a box with a higher sequence is held
   */
  bury({ place, author, sequence }: Tombstone, record: Bytes): 'done' | 'stale' {
    return this.#change(() => {
      const held = this.#database.get<Row & { read_public: Bytes; expiry_hours: number; work: number }>(
        'SELECT * FROM boxes WHERE place = ? AND author = ?',
        [copy(place), copy(author)],
      )
      if (held === undefined) return 'done'
      const order = Buffer.compare(u64(sequence), held.sequence)
      if (held.tombstone === 1) {
        if (order <= 0) return 'done'
      } else if (order < 0) return 'stale'
      this.#forget(held.id, held.record.length)
      this.#insert({
        id: held.id,
        place,
        author,
        readPublic: held.read_public,
        sequence,
        expiryHours: held.expiry_hours,
        work: held.work,
        tombstone: 1,
        record,
      })
      this.#boundTombstones(place)
      return 'done'
    })
  }

  /** The key that reading at a place is proved with; undefined where nothing lies. */
  readPublic(place: Uint8Array, nowHours: number): Bytes | undefined {
    return this.#database.get<{ read_public: Bytes }>(
      'SELECT read_public FROM boxes WHERE place = ? AND expiry_hours > ? LIMIT 1',
      [copy(place), nowHours],
    )?.read_public
  }

  /** Everything at a place, in order of arrival. */
  list(place: Uint8Array, nowHours: number): Listed[] {
    return this.#database
      .all<ListedRow>(
        'SELECT digest, sequence, tombstone FROM boxes WHERE place = ? AND expiry_hours > ? ORDER BY id',
        [copy(place), nowHours],
      )
      .map(({ digest, sequence, tombstone }) => ({
        digest: copy(digest),
        sequence: Buffer.from(sequence).readBigUInt64BE(),
        kind: tombstone === 1 ? 'tombstone' : 'box',
      }))
  }

  /** One box or tombstone, whole. */
  record(place: Uint8Array, digest: Uint8Array, nowHours: number): Bytes | undefined {
    const row = this.#database.get<{ record: Bytes }>(
      'SELECT record FROM boxes WHERE place = ? AND digest = ? AND expiry_hours > ?',
      [copy(place), copy(digest), nowHours],
    )
    return row === undefined ? undefined : copy(row.record)
  }

  /** Whether a record of this author lies at a place, of this sequence or a later one. */
  holds(place: Uint8Array, digest: Uint8Array, sequence: bigint): boolean {
    const row = this.#database.get<{ sequence: Bytes }>('SELECT sequence FROM boxes WHERE place = ? AND digest = ?', [
      copy(place),
      copy(digest),
    ])
    return row !== undefined && Buffer.compare(row.sequence, u64(sequence)) >= 0
  }

  /** Boxes in order of arrival, without their bytes, for whoever goes through all of them. @param after the last id that was seen; 0 begins */
  page(after: number, nowHours: number, limit: number): (Held & { readonly id: number })[] {
    return this.#database
      .all<{ id: number; place: Bytes; digest: Bytes; sequence: Bytes }>(
        `SELECT id, place, digest, sequence FROM boxes
         WHERE id > ? AND tombstone = 0 AND expiry_hours > ? ORDER BY id LIMIT ?`,
        [after, nowHours, limit],
      )
      .map(({ id, place, digest, sequence }) => ({
        id,
        place: copy(place),
        digest: copy(digest),
        sequence: Buffer.from(sequence).readBigUInt64BE(),
      }))
  }

  /** Deletes some of what has expired, so few that nobody waits long. @returns how many; 0 once nothing is left */
  sweep(nowHours: number): number {
    return this.#change(() => {
      const expired = this.#database.all<{ id: number; length: number }>(
        'SELECT id, length(record) AS length FROM boxes WHERE expiry_hours <= ? LIMIT ?',
        [nowHours, sweepBatch],
      )
      for (const { id, length } of expired) this.#forget(id, length)
      return expired.length
    })
  }

  /** Several changes in one transaction: all are on disk when this returns, or none is done. */
  atOnce(changes: () => void): void {
    this.#change(() => {
      changes()
      return 0
    })
  }

  /** One transaction. Where it fails, what is counted in memory is as it was. */
  #change<Result extends string | number>(body: () => Result): Result {
    const [count, bytes] = [this.#count, this.#bytes]
    try {
      return this.#database.transaction<string | number>(body) as Result
    } catch (error) {
      this.#count = count
      this.#bytes = bytes
      throw error
    }
  }

  #sum(): { count: number; bytes: number } {
    const row = this.#database.get<{ count: number; bytes: number }>(
      'SELECT count(*) AS count, coalesce(sum(length(record)), 0) AS bytes FROM boxes',
    )
    const count = row?.count ?? 0
    return { count, bytes: (row?.bytes ?? 0) + count * rowOverhead }
  }

  #row(place: Bytes, author: Bytes): Row | undefined {
    return this.#database.get<Row>('SELECT id, sequence, tombstone, record FROM boxes WHERE place = ? AND author = ?', [
      place,
      author,
    ])
  }

  #countAt(place: Bytes, tombstone: 0 | 1): number {
    return (
      this.#database.get<{ count: number }>('SELECT count(*) AS count FROM boxes WHERE place = ? AND tombstone = ?', [
        place,
        tombstone,
      ])?.count ?? 0
    )
  }

  /** The box with the least work of those that did not come first, if it has less than `work`. */
  #weakest(place: Bytes, work: number): Row | undefined {
    return this.#database.get<Row>(
      `SELECT id, sequence, tombstone, record FROM (
         SELECT * FROM boxes WHERE place = ? AND tombstone = 0 ORDER BY id LIMIT -1 OFFSET ?
       ) WHERE work < ? ORDER BY work, id DESC LIMIT 1`,
      [place, placeFirstCome, work],
    )
  }

  #boundTombstones(place: Bytes): void {
    if (this.#countAt(place, 1) <= placeTombstones) return
    const first = this.#database.get<Row>(
      `SELECT id, sequence, tombstone, record FROM boxes WHERE place = ? AND tombstone = 1
       ORDER BY expiry_hours, id LIMIT 1`,
      [place],
    )
    if (first !== undefined) this.#forget(first.id, first.record.length)
  }

  #forget(id: number, length: number): void {
    this.#database.run('DELETE FROM boxes WHERE id = ?', [id])
    this.#bytes -= length + rowOverhead
    this.#count--
  }

  #insert(row: {
    readonly id?: number
    readonly place: Bytes
    readonly author: Bytes
    readonly readPublic: Bytes
    readonly sequence: bigint
    readonly expiryHours: number
    readonly work: number
    readonly tombstone: 0 | 1
    readonly record: Bytes
  }): void {
    this.#database.run(
      `INSERT INTO boxes (id, place, author, digest, read_public, sequence, expiry_hours, work, tombstone, record)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        row.id ?? null,
        row.place,
        row.author,
        authorDigest(row.author),
        row.readPublic,
        u64(row.sequence),
        row.expiryHours,
        row.work,
        row.tombstone,
        row.record,
      ],
    )
    this.#bytes += row.record.length + rowOverhead
    this.#count++
  }
}

const placeSize = placeFirstCome + placeMostWork

/** First 8 bytes of SHA256(author.pub): how a reader tells what it holds already. */
export function authorDigest(author: Uint8Array): Bytes {
  return sha256(author).slice(0, digestLength)
}
