import type { Database } from '../../../core/database/database.ts'
import { migrations } from '../../../core/session/migrations.ts'
import { Vault } from '../../../core/vault/vault.ts'
import type { Person } from './person.ts'

type Change = string | ((database: Database) => void)

/** What a failing disk, a copy of the vault that is put back, or months of use can do to a person whose app does not run. */
export async function damage({ directory, passphrase }: Person, ...changes: readonly Change[]): Promise<void> {
  const vault = new Vault({ directory, migrations })
  const database = await vault.unlock(passphrase)
  try {
    for (const change of changes) {
      if (typeof change === 'string') database.run(change)
      else change(database)
    }
  } finally {
    vault.lock()
  }
}
