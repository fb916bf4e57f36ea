import Sqlite, { type Statement } from '@signalapp/sqlcipher'
import { hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

export type SqlValue = string | number | Bytes | null
export type SqlParameters = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/**
 * The only importer of SQLite. Encrypted where a key is given (SQLCipher 4).
 *
 * All calls are synchronous: what runs inside `transaction` is on disk together
 * or not at all, and nothing can come in between.
 */
export class Database {
  readonly #sqlite: Sqlite
  readonly #statements = new Map<string, Statement>()
  #depth = 0
  #closed = false

  private constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite
  }

  /**
   * @param path a file, or ':memory:'
   * @param key 32 random bytes; without one the file is not encrypted
   * @throws Fault `vault-damaged` where the key is another one or the file is no database, `disk-full`
   */
  static open(path: string, key?: Uint8Array): Database {
    return guarded(() => {
      const sqlite = new Sqlite(path)
      try {
        // it would write to stderr past our log
        sqlite.pragma('cipher_log_level = NONE')
        if (key !== undefined) sqlite.pragma(`key = "x'${hex(key)}'"`)
        sqlite.initTokenizer()
        sqlite.pragma('journal_mode = WAL')
        sqlite.pragma('synchronous = FULL')
        sqlite.pragma('foreign_keys = ON')
        sqlite.pragma('secure_delete = ON')
        sqlite.pragma('temp_store = MEMORY')
        sqlite.pragma('cache_size = -65536')
        sqlite.prepare('SELECT count(*) FROM sqlite_schema').get()
      } catch (error) {
        sqlite.close()
        throw error
      }
      return new Database(sqlite)
    })
  }

  /** Several statements, without parameters. */
  exec(sql: string): void {
    guarded(() => this.#sqlite.exec(sql))
  }

  /** @returns how many rows changed */
  run(sql: string, parameters: SqlParameters = []): number {
    return guarded(() => this.#prepare(sql).run(parameters).changes)
  }

  get<Row extends Record<string, SqlValue>>(sql: string, parameters: SqlParameters = []): Row | undefined {
    const row = guarded(() => this.#prepare(sql).get<Row>(parameters))
    return row === undefined ? undefined : plain(row)
  }

  all<Row extends Record<string, SqlValue>>(sql: string, parameters: SqlParameters = []): Row[] {
    return guarded(() => this.#prepare(sql).all<Row>(parameters)).map(plain)
  }

  /** Runs `body` in a transaction; an inner call joins the outer one. `body` must be synchronous. */
  transaction<Result>(body: () => Result extends PromiseLike<unknown> ? never : Result): Result {
    if (this.#depth > 0) return body()
    guarded(() => this.#sqlite.exec('BEGIN IMMEDIATE'))
    this.#depth++
    try {
      const result = body()
      guarded(() => this.#sqlite.exec('COMMIT'))
      return result
    } catch (error) {
      try {
        this.#sqlite.exec('ROLLBACK')
      } catch {
        // SQLite has rolled back by itself already (a full disk does that)
      }
      throw error
    } finally {
      this.#depth--
    }
  }

  /**
   * Nothing that was deleted stays in the files: pages are overwritten as they
   * become free (`secure_delete`), and the log that still holds their older
   * state is written back and cut. Outside transactions.
   */
  scrub(): void {
    guarded(() => this.#sqlite.pragma('wal_checkpoint(TRUNCATE)'))
  }

  /** Idempotent. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#statements.clear()
    this.#sqlite.close()
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** SQLite gives Buffers for blobs, whose slice() shares memory where a Uint8Array's copies: each becomes what its type says. */
function plain<Row extends Record<string, SqlValue>>(row: Row): Row {
  for (const [name, value] of Object.entries(row)) {
    if (Buffer.isBuffer(value)) {
      Object.assign(row, { [name]: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) })
    }
  }
  return row
}

/** SQLite's words can hold SQL with values in it: only the code is kept. */
function guarded<Result>(call: () => Result): Result {
  try {
    return call()
  } catch (error) {
    if (error instanceof Fault) throw error
    const said = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : ''
    if (/SQLITE_BUSY|database is locked/i.test(said)) {
      throw new Fault('profile-in-use', 'Another process uses this database', { retryable: true })
    }
    if (/SQLITE_FULL|disk is full|SQLITE_IOERR|disk I\/O|SQLITE_READONLY|unable to open/i.test(said)) {
      throw new Fault('disk-full', 'The disk is full or cannot be written', { retryable: true })
    }
    if (/SQLITE_NOTADB|not a database|SQLITE_CORRUPT|malformed/i.test(said)) {
      throw new Fault('vault-damaged', 'The database cannot be read with this key')
    }
    throw error
  }
}
