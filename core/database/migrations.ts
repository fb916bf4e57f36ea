import { Fault } from '../base/fault.ts'
import type { Database } from './database.ts'

/** One step of the schema. The name never changes once released, and neither does the SQL. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * Runs the steps that this database has not seen, in one transaction.
 *
 * @throws Fault `vault-newer` where the database has seen a step that this version does not know
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  database.transaction(() => {
    database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT')
    const seen = new Set(database.all<{ name: string }>('SELECT name FROM migrations').map((row) => row.name))
    const known = new Set(migrations.map((migration) => migration.name))
    if ([...seen].some((name) => !known.has(name)))
      throw new Fault('vault-newer', 'The vault was written by a newer version')
    for (const { name, sql } of migrations) {
      if (seen.has(name)) continue
      database.exec(sql)
      database.run('INSERT INTO migrations (name) VALUES (?)', [name])
    }
  })
}
