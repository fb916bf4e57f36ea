import { copy, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { decodeHead, digestOf, type Document } from './document.ts'

/** A document as this device has it. */
export interface Held {
  readonly number: number
  readonly communityId: CommunityId
  readonly document: Document
  readonly head: Bytes
  readonly digest: Bytes
  /** Whether its body is here: see `body`. */
  readonly whole: boolean
  /** It was signed on this device. */
  readonly mine: boolean
  /** When this device had it first, milliseconds since 1970. */
  readonly since: number
}

type Row = {
  number: number
  community_id: CommunityId
  head: Bytes
  digest: Bytes
  whole: number
  mine: number
  since: number
}

/** Editions remembered of signers who are not followed any more; more than all editors of several charters have. */
export const maxEditions = 10_000

const columns = 'number, community_id, head, digest, whole, mine, since'

/** SQLite's binding takes an empty array for NULL: whether there is a body is said beside it. */
const bodyOf = (parameter: string): string => `CASE WHEN ${parameter} THEN coalesce(${parameter}, x'') END`

interface Rank {
  readonly version: number
  readonly digest: Bytes
}

/**
 * Whether one edition counts more than another: the higher version, and of two
 * with one number, which an honest signer does not make, the one whose digest
 * is lower, so that everybody ends with the same one in whatever order they came.
 */
export function outranks(one: Rank, other: Rank): boolean {
  if (one.version !== other.version) return one.version > other.version
  return Buffer.compare(one.digest, other.digest) < 0
}

/**
 * The table of documents. Synchronous: callers may be inside a transaction.
 * What is put here was verified before, and its signer is one whom the area follows.
 */
export class Documents {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Those that are here whole. */
  whole(communityId: CommunityId, area: string): Held[] {
    return this.#select('community_id = ? AND area = ? AND whole = 1', [communityId, area])
  }

  /** Those whose body is still to come. */
  waiting(communityId: CommunityId, area: string): Held[] {
    return this.#select('community_id = ? AND area = ? AND whole = 0 AND useless = 0', [communityId, area])
  }

  /** All whole ones of a key, by whomever. */
  ofKey(communityId: CommunityId, area: string, key: Bytes): Held[] {
    return this.#select('community_id = ? AND area = ? AND key = ? AND whole = 1', [communityId, area, key])
  }

  /** Whatever counted of a key, whole or not, here or no more, and by whom. */
  versions(communityId: CommunityId, area: string, key: Bytes): { readonly version: number; readonly signer: Bytes }[] {
    const where = 'WHERE community_id = $communityId AND area = $area AND key = $key'
    return this.#database.all<{ version: number; signer: Bytes }>(
      `SELECT version, signer FROM documents ${where} UNION ALL SELECT version, signer FROM document_editions ${where}`,
      { communityId, area, key },
    )
  }

  get(number: number): Held | undefined {
    return this.#select('number = ?', [number])[0]
  }

  /** Of one that is here whole. @throws Fault `not-found` */
  body(number: number): Bytes {
    const row = this.#database.get<{ body: Bytes }>('SELECT body FROM documents WHERE number = ? AND whole = 1', [
      number,
    ])
    if (row === undefined) throw new Fault('not-found', 'No such document')
    return copy(row.body)
  }

  /** How many keys a signer has something under. */
  count(communityId: CommunityId, area: string, signer: Bytes): number {
    return (
      this.#database.get<{ count: number }>(
        'SELECT count(DISTINCT key) AS count FROM documents WHERE community_id = ? AND area = ? AND signer = ?',
        [communityId, area, signer],
      )?.count ?? 0
    )
  }

  /** Whether this very head is here. */
  has(communityId: CommunityId, digest: Bytes): boolean {
    return (
      this.#database.get('SELECT 1 FROM documents WHERE community_id = ? AND digest = ?', [communityId, digest]) !==
      undefined
    )
  }

  /** Whether a signer has something under a key. */
  hasKey(communityId: CommunityId, { area, key, signer }: Pick<Document, 'area' | 'key' | 'signer'>): boolean {
    return (
      this.#database.get('SELECT 1 FROM documents WHERE community_id = ? AND area = ? AND key = ? AND signer = ?', [
        communityId,
        area,
        key,
        signer,
      ]) !== undefined
    )
  }

  /** Whether a head is here already, or one that counts more, or was before its signer went. */
  hasAsGood(communityId: CommunityId, { area, key, signer, version }: Document, digest: Bytes): boolean {
    const offered = { version, digest }
    const ranks = (table: 'documents' | 'document_editions'): Rank[] =>
      this.#database.all<{ version: number; digest: Bytes }>(
        `SELECT version, digest FROM ${table} WHERE community_id = ? AND area = ? AND key = ? AND signer = ?`,
        [communityId, area, key, signer],
      )
    return (
      ranks('documents').some((held) => !outranks(offered, held)) ||
      ranks('document_editions').some((last) => outranks(last, offered))
    )
  }

  /**
   * Puts a head in, and with it its body where that is known. An earlier edition
   * stays until the body of the later one is here.
   *
   * @returns the number of the row; undefined where one that counts as much is here
   */
  put(
    communityId: CommunityId,
    head: Bytes,
    { body, mine, now }: { readonly body: Bytes | undefined; readonly mine: boolean; readonly now: number },
  ): number | undefined {
    const document = decodeHead(head)
    const digest = digestOf(head)
    if (this.hasAsGood(communityId, document, digest)) return undefined
    const { area, key, signer, version } = document
    return this.#database.transaction(() => {
      // a whole one takes the place of both: nothing earlier is wanted any more
      this.#database.run(
        `DELETE FROM documents WHERE community_id = ? AND area = ? AND key = ? AND signer = ? AND (whole = 0 OR ?)`,
        [communityId, area, key, signer, body === undefined ? 0 : 1],
      )
      this.#database.run(
        `INSERT INTO documents (community_id, area, key, signer, version, digest, head, body, whole, mine, since)
         VALUES (?, ?, ?, ?, ?, ?, ?, ${bodyOf('?')}, ?, ?, ?)`,
        [
          communityId,
          area,
          key,
          signer,
          version,
          digest,
          head,
          body === undefined ? 0 : 1,
          body ?? null,
          body === undefined ? 0 : 1,
          mine ? 1 : 0,
          now,
        ],
      )
      return this.#database.get<{ number: number }>('SELECT last_insert_rowid() AS number')?.number
    })
  }

  /** The body came: the earlier edition goes. */
  complete({ number, communityId, document: { area, key, signer } }: Held, body: Bytes): void {
    this.#database.transaction(() => {
      this.#database.run(
        'DELETE FROM documents WHERE community_id = ? AND area = ? AND key = ? AND signer = ? AND number <> ?',
        [communityId, area, key, signer, number],
      )
      this.#database.run(`UPDATE documents SET body = ${bodyOf('?')}, whole = 1 WHERE number = ?`, [1, body, number])
    })
  }

  /** Its signer signed what makes no sense: the earlier edition stays, and this one is not asked for again. */
  setUseless(number: number): void {
    this.#database.run('UPDATE documents SET useless = 1 WHERE number = ?', [number])
  }

  /**
   * What was signed by others than these goes, except what was signed here. What
   * counted of it is remembered: who is named again brings nothing earlier along.
   *
   * @returns the keys of which something else may count now
   */
  keepSigners(communityId: CommunityId, area: string, signers: readonly Bytes[]): Bytes[] {
    const others = `signer NOT IN (${signers.map(() => '?').join(', ')})`
    return this.#database.transaction(() => {
      const keys = this.#database.all<{ key: Bytes }>(
        `SELECT DISTINCT key FROM documents WHERE community_id = ? AND area = ? AND (${others} OR mine = 1)`,
        [communityId, area, ...signers],
      )
      const gone = `community_id = ? AND area = ? AND ${others} AND mine = 0`
      this.#database.run(
        `INSERT OR REPLACE INTO document_editions (community_id, area, key, signer, version, digest)
         SELECT community_id, area, key, signer, version, digest FROM documents WHERE ${gone} AND whole = 1`,
        [communityId, area, ...signers],
      )
      // row ids only rise: there are never more, whomever a founder names and removes
      this.#database.run(
        'DELETE FROM document_editions WHERE rowid <= (SELECT max(rowid) FROM document_editions) - ?',
        [maxEditions],
      )
      this.#database.run(`DELETE FROM documents WHERE ${gone}`, [communityId, area, ...signers])
      return keys.map(({ key }) => copy(key))
    })
  }

  #select(where: string, values: readonly (string | number | Bytes)[]): Held[] {
    return this.#database
      .all<Row>(`SELECT ${columns} FROM documents WHERE ${where} ORDER BY number`, [...values])
      .map((row) => ({
        number: row.number,
        communityId: row.community_id,
        document: decodeHead(row.head),
        head: copy(row.head),
        digest: copy(row.digest),
        whole: row.whole === 1,
        mine: row.mine === 1,
        since: row.since,
      }))
  }
}
