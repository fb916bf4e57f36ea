import { migrations } from '../../../core/session/migrations.ts'
import { Vault } from '../../../core/vault/vault.ts'
import type { Person } from './person.ts'

/** What a failing disk, or a copy of the vault that is put back, can do to a person whose app does not run. */
export async function damage({ directory, passphrase }: Person, statement: string): Promise<void> {
  const vault = new Vault({ directory, migrations })
  const database = await vault.unlock(passphrase)
  try {
    database.run(statement)
  } finally {
    vault.lock()
  }
}
