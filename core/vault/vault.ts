import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { limits } from '../api/views.ts'
import { Fault, isFault } from '../base/fault.ts'
import { defaultCost, stretch, type PassphraseCost } from '../crypto/passphrase.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrations.ts'
import { makeVault, openStore, readKeyFile } from './home.ts'
import { databaseKeyLength, emptyKeyFile, openSlot, withSlot, type KeyFile } from './key-file.ts'
import { requireStrong } from './strength.ts'

export interface VaultOptions {
  /** The profile's directory. The vault is the directory `vault` in it. */
  readonly directory: string
  readonly migrations: readonly Migration[]
  /** For vaults made here; the key file remembers it. */
  readonly cost?: PassphraseCost
}

/**
 * The encrypted database of one profile, and the passphrase in front of it.
 * Nothing but this class knows the database's key, and not for long.
 *
 * Only the holder of the profile's lock (ProfileLock) may use it.
 */
export class Vault {
  readonly #options: VaultOptions
  readonly #home: string
  #database: Database | undefined
  /** How often `lock` was called: what was being opened meanwhile stays locked. */
  #locks = 0

  constructor(options: VaultOptions) {
    this.#options = options
    this.#home = join(options.directory, 'vault')
  }

  state(): 'absent' | 'locked' | 'open' {
    if (this.#database !== undefined) return 'open'
    return this.#exists() ? 'locked' : 'absent'
  }

  /** @throws Fault `vault-locked` */
  get database(): Database {
    if (this.#database === undefined) throw new Fault('vault-locked', 'The vault is locked')
    return this.#database
  }

  /**
   * Makes a vault and opens it. It is there whole or not at all, at any instant.
   *
   * @throws Fault `vault-exists`, `weak-passphrase`, `bad-input`, `disk-full`,
   *   `cancelled` where it was locked meanwhile (there is no vault then)
   */
  async create(passphrase: string): Promise<Database> {
    if (this.#exists()) throw new Fault('vault-exists', 'There is a vault already')
    requireStrong(passphrase)
    const empty = emptyKeyFile(this.#options.cost ?? defaultCost)
    const stretched = await this.#stretch(passphrase, empty)
    const databaseKey = random(databaseKeyLength)
    try {
      // slots beyond the first are for later versions
      const keyFile = withSlot(empty, 0, stretched, { store: 0, databaseKey })
      const { directory, migrations } = this.#options
      return (this.#database = makeVault({ directory, home: this.#home, keyFile, databaseKey, migrations }))
    } finally {
      stretched.fill(0)
      databaseKey.fill(0)
    }
  }

  /**
   * Opens the vault and brings its tables up to date. Where it is open already,
   * the passphrase is checked all the same.
   *
   * @throws Fault `vault-absent`, `wrong-passphrase`, `vault-damaged`,
   *   `vault-newer`, `disk-full`, `cancelled` where it was locked meanwhile
   */
  async unlock(passphrase: string): Promise<Database> {
    if (!this.#exists()) throw new Fault('vault-absent', 'There is no vault yet')
    if (passphrase.length > limits.passphrase.max) throw new Fault('wrong-passphrase', 'The passphrase is another one')
    const keyFile = readKeyFile(this.#home)
    const stretched = await this.#stretch(passphrase, keyFile)
    try {
      const { store, databaseKey } = openSlot(keyFile, stretched)
      try {
        if (store !== 0) throw new Fault('vault-newer', 'The vault was written by a newer version')
        return (this.#database ??= openStore(this.#home, databaseKey, this.#options.migrations))
      } finally {
        databaseKey.fill(0)
      }
    } finally {
      stretched.fill(0)
    }
  }

  /** Closes the database and forgets its key. Idempotent. */
  lock(): void {
    this.#locks++
    const database = this.#database
    this.#database = undefined
    database?.close()
  }

  #exists(): boolean {
    return lstatSync(this.#home, { throwIfNoEntry: false }) !== undefined
  }

  async #stretch(passphrase: string, { salt, cost }: KeyFile): Promise<Uint8Array> {
    const locks = this.#locks
    const stretched = await stretch(passphrase, salt, cost).catch((error: unknown) => {
      // only a key file can bring in such a cost
      if (isFault(error, 'bad-input')) throw new Fault('vault-damaged', 'The key file asks for an absurd cost')
      throw error
    })
    if (locks === this.#locks) return stretched
    stretched.fill(0)
    throw new Fault('cancelled', 'The vault was locked meanwhile')
  }
}
