import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isFault } from '../base/fault.ts'
import type { Service } from '../base/service.ts'
import { Database } from '../database/database.ts'
import { codeOf, diskFault, ownDirectory, writeNew } from './files.ts'

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
    const path = join(this.#directory, 'lock')
    try {
      mkdirSync(this.#directory, { recursive: true, mode: ownDirectory })
      this.#held = take(path)
    } catch (error) {
      if (!isFault(error, 'vault-damaged')) throw diskFault(error)
      // it holds nothing, and what SQLite cannot read nobody can have locked
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
      this.#held = take(path)
    }
  }

  async stop(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    held?.close()
  }
}

function take(path: string): Database {
  makeOnce(path)
  const database = Database.open(path)
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * With our permissions, and only where it is not there: to open and close a file
 * would end every lock that this process holds on it (POSIX).
 */
function makeOnce(path: string): void {
  try {
    writeNew(path, new Uint8Array(0))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
