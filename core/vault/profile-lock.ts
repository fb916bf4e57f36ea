import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Service } from '../base/service.ts'
import { Database } from '../database/database.ts'
import { diskFault, ownDirectory } from './files.ts'

/**
 * Makes sure that a profile is open once: an exclusive transaction on a small
 * SQLite file in the profile's directory, held from `start` to `stop`. Its lock
 * is the operating system's, so it ends with the process, however that ends.
 *
 * The file stays: to remove it could take it from under another process.
 */
export class ProfileLock implements Service {
  readonly #directory: string
  #held: Database | undefined

  constructor(directory: string) {
    this.#directory = directory
  }

  /** @throws Fault `profile-in-use`, `disk-full` */
  async start(): Promise<void> {
    if (this.#held !== undefined) return
    let database: Database | undefined
    try {
      mkdirSync(this.#directory, { recursive: true, mode: ownDirectory })
      database = Database.open(join(this.#directory, 'lock'))
      database.exec('BEGIN EXCLUSIVE')
      this.#held = database
    } catch (error) {
      database?.close()
      throw diskFault(error)
    }
  }

  async stop(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    held?.close()
  }
}
