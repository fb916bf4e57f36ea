import { existsSync, renameSync, rmSync } from 'node:fs'
import { Fault, isFault } from '../base/fault.ts'
import { Database } from '../database/database.ts'
import { diskFault, sync, writeNew } from '../vault/files.ts'
import { BoxStore } from './store.ts'

/** A database and what SQLite keeps beside it. */
const files = ['', '-wal', '-shm']

/** What a store that cannot be read is renamed to: the last one is kept, so that a failing disk does not fill up. */
export const damagedSuffix = '.damaged'
/** An empty file beside a store that failed while it was used. */
const suspectSuffix = '.suspect'

/**
 * Opens a store, and where SQLite cannot read the file puts it aside and begins
 * an empty one: boxes come back from other nodes and from their authors, but a
 * node that does not start is missing from every invite.
 *
 * @throws Fault `vault-newer`, `disk-full`, `profile-in-use`
 */
export function openStore(path: string, quota: number): { store: BoxStore; setAside: boolean } {
  const suspect = path + suspectSuffix
  try {
    if (existsSync(suspect)) throw damaged()
    // a process that was killed, or a machine that lost power, leaves a log behind: only then all of it is read
    if (existsSync(`${path}-wal`)) checkPages(path)
    return { store: BoxStore.open(path, quota), setAside: false }
  } catch (error) {
    if (!isFault(error, 'vault-damaged') || !existsSync(path)) throw error
  }
  putAside(path)
  rmSync(suspect, { force: true })
  return { store: BoxStore.open(path, quota), setAside: true }
}

/**
 * Notes that a store failed while it was used, which the next opening may not find.
 *
 * @returns whether that was not known before, and could be noted
 */
export function suspectStore(path: string): boolean {
  try {
    writeNew(path + suspectSuffix, new Uint8Array(0))
    return true
  } catch {
    return false
  }
}

function damaged(): Fault {
  return new Fault('vault-damaged', 'A store of boxes is damaged')
}

/** Finds what opening does not: 2 s for a full GiB in memory, as long as reading takes otherwise. */
function checkPages(path: string): void {
  const database = Database.open(path)
  try {
    const row = database.get<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (row?.quick_check !== 'ok') throw damaged()
  } finally {
    database.close()
  }
}

function putAside(path: string): void {
  try {
    // the database itself last: until then the next start finds it damaged, and begins here again
    for (const end of files.toReversed()) {
      rmSync(path + damagedSuffix + end, { force: true })
      if (existsSync(path + end)) renameSync(path + end, path + damagedSuffix + end)
    }
  } catch (error) {
    throw diskFault(error)
  }
}

/**
 * A copy of a store, also while a node writes to it: whole, as of one moment,
 * for its owner alone, and on the disk.
 *
 * @param to a file that is not there yet
 * @throws Fault `vault-damaged`, `disk-full`
 */
export function copyStore(path: string, to: string): void {
  // SQLite would make it for everybody to read; an empty file it fills
  writeNew(to, new Uint8Array(0))
  const database = Database.open(path)
  try {
    database.run('VACUUM INTO ?', [to])
  } finally {
    database.close()
  }
  sync(to)
}
