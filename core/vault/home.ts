import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Database } from '../database/database.ts'
import { migrate, type Migration } from '../database/migrations.ts'
import { diskFault, ownDirectory, readSmall, sync, writeNew, writeWhole } from './files.ts'
import { decodeKeyFile, encodeKeyFile, longestKeyFile, type KeyFile } from './key-file.ts'

const halfMade = 'vault.new-'
const keyFileIn = (home: string): string => join(home, 'key')
const databaseIn = (home: string): string => join(home, 'database')

export interface VaultPlan {
  readonly directory: string
  /** A name in `directory`. */
  readonly home: string
  readonly keyFile: KeyFile
  readonly databaseKey: Bytes
  readonly migrations: readonly Migration[]
}

/**
 * Makes a vault and opens it.
 *
 * @throws Fault `vault-exists`, `disk-full`; there is no new vault then
 */
export function makeVault(plan: VaultPlan): Database {
  buildVault(plan)
  try {
    return openStore(plan.home, plan.databaseKey, plan.migrations)
  } catch (error) {
    // the last free page went: it is still empty, and its maker was not told of it
    const gone = join(plan.directory, `${halfMade}gone`)
    renameSync(plan.home, gone)
    rmSync(gone, { recursive: true, force: true })
    throw error
  }
}

/**
 * Builds a vault under another name and gives it its own by one rename, which
 * is refused where a vault is there. All of it synchronous: nothing comes in
 * between, and a crash leaves a vault or a half-made one that nobody looks at.
 */
function buildVault({ directory, home, keyFile, databaseKey, migrations }: VaultPlan): void {
  let made: string | undefined
  let building: string | undefined
  try {
    made = mkdirSync(directory, { recursive: true, mode: ownDirectory })
    chmodSync(directory, ownDirectory)
    for (const name of readdirSync(directory)) {
      if (name.startsWith(halfMade)) rmSync(join(directory, name), { recursive: true, force: true })
    }
    building = mkdtempSync(join(directory, halfMade))
    // SQLite gives its other files the permissions of this one
    writeNew(databaseIn(building), new Uint8Array(0))
    const database = Database.open(databaseIn(building), databaseKey)
    try {
      migrate(database, migrations)
    } finally {
      database.close()
    }
    sync(databaseIn(building))
    writeWhole(keyFileIn(building), encodeKeyFile(keyFile))
    renameSync(building, home)
    sync(directory)
  } catch (error) {
    if (building !== undefined) rmSync(building, { recursive: true, force: true })
    if (made !== undefined) removeIfEmpty(directory)
    if (building !== undefined && !isFault(error) && lstatSync(home, { throwIfNoEntry: false }) !== undefined) {
      throw new Fault('vault-exists', 'There is a vault already')
    }
    throw diskFault(error)
  }
}

/** @throws Fault `vault-damaged`, `vault-newer` */
export function readKeyFile(home: string): KeyFile {
  let bytes: Bytes | undefined
  try {
    bytes = readSmall(keyFileIn(home), longestKeyFile)
  } catch {
    // a vault without a readable key file is still one, and must not be made anew
  }
  if (bytes === undefined) throw new Fault('vault-damaged', 'The key file cannot be read')
  return decodeKeyFile(bytes)
}

/** @throws Fault `vault-damaged`, `vault-newer`, `disk-full` */
export function openStore(home: string, databaseKey: Bytes, migrations: readonly Migration[]): Database {
  const path = databaseIn(home)
  // SQLite would make a new, empty database of a missing or empty file
  const file = lstatSync(path, { throwIfNoEntry: false })
  if (file === undefined || !file.isFile() || file.size === 0) throw damaged()
  const database = Database.open(path, databaseKey)
  try {
    const known = database.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    if (known === undefined) throw damaged()
    migrate(database, migrations)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory)
  } catch {
    // something else is in it
  }
}

function damaged(): Fault {
  return new Fault('vault-damaged', 'The database of the vault is damaged')
}
