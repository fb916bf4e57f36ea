import { isFault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'

/**
 * What was deleted stays in no file. The deletion is saved by then: a disk that
 * is full is no failure of it, and the log is cut with the next one, or at the
 * next start.
 */
export function scrub(database: Database): void {
  try {
    database.scrub()
  } catch (error) {
    if (!isFault(error, 'disk-full')) throw error
  }
}
