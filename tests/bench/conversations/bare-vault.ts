import type { Bytes } from '../../../core/base/bytes.ts'
import { Database } from '../../../core/database/database.ts'
import type { Scratch } from '../../support/scratch.ts'

const schema = [
  {
    name: 'bench/1',
    sql: `
      CREATE TABLE sessions (id INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT;
      INSERT INTO sessions VALUES (1, x'00');
      CREATE TABLE messages (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
    `,
  },
]

/** SQLCipher alone, with the settings of a vault: what it costs that a message is on disk. */
export class BareVault {
  readonly #database: Database

  constructor(files: Pick<Scratch, 'database'>) {
    this.#database = files.database('bare', schema)
  }

  /** One commit of what a message changes at the least: itself, and the session that it went through. */
  commit(text: string, session: Bytes): void {
    this.#database.transaction(() => {
      this.#database.run('UPDATE sessions SET record = ? WHERE id = 1', [session])
      this.#database.run('INSERT INTO messages (text) VALUES (?)', [text])
    })
  }
}
