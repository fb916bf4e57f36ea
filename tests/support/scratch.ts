import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { random } from '../../core/crypto/random.ts'
import { Database } from '../../core/database/database.ts'
import { migrate, type Migration } from '../../core/database/migrations.ts'

/** A directory of its own for one test. */
export interface Scratch {
  readonly directory: string
  /**
   * An encrypted database in it, at the given schema. Opening it again after `close` is a restart.
   *
   * @param form `in-clear`: not encrypted, so that a test can look for words in its files
   */
  database(name: string, schema: readonly Migration[], form?: 'in-clear'): Database
  /** Closes what is open and removes everything. */
  remove(): void
}

export function scratch(): Scratch {
  const directory = mkdtempSync(join(tmpdir(), 'staffetta-'))
  const keys = new Map<string, Uint8Array>()
  const open: Database[] = []
  return {
    directory,
    database(name, schema, form) {
      const key = keys.get(name) ?? random(32)
      keys.set(name, key)
      const database = Database.open(join(directory, `${name}.db`), form === 'in-clear' ? undefined : key)
      migrate(database, schema)
      open.push(database)
      return database
    },
    remove() {
      for (const database of open) database.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
