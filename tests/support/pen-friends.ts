import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach } from 'vitest'
import type { RecordHandlers } from '../../core/conversations/records.ts'
import type { Database } from '../../core/database/database.ts'
import type { Migration } from '../../core/database/migrations.ts'
import { ManualClock } from './manual-clock.ts'
import { pairSchema } from './pair.ts'
import { penFriends, type PenFriend } from './pen-friend.ts'
import { scratch } from './scratch.ts'

export interface Fresh {
  readonly seeker: PenFriend
  readonly mentor: PenFriend
  readonly clock: ManualClock
  /** Brings all that was said to the other side, both ways. */
  readonly exchange: () => Promise<void>
  /** A vault's files as they lie on the disk; these are not encrypted, so that they can be read. */
  readonly bytesOf: (side: 'seeker' | 'mentor') => Buffer
}

/** Gives each test two who have been introduced, with new vaults and their apps running. */
export function eachWithPenFriends(
  begin: (fresh: Fresh) => void,
  more?: {
    readonly schema: readonly Migration[]
    readonly records: (database: Database, clock: ManualClock) => RecordHandlers
    /** Before the vaults are closed. */
    readonly stop?: () => Promise<unknown>
  },
): void {
  const files = scratch()
  let nth = 0
  let both: readonly PenFriend[] = []

  beforeEach(async () => {
    nth++
    const clock = new ManualClock()
    const nameOf = (side: string): string => `${side}-${nth}`
    const vault = (side: string) => files.database(nameOf(side), [...pairSchema, ...(more?.schema ?? [])], 'in-clear')
    const { seeker, mentor } = await penFriends([vault('seeker'), vault('mentor')], clock, more?.records)
    both = [seeker, mentor]
    for (const { app } of both) await app.start()
    begin({
      seeker,
      mentor,
      clock,
      async exchange() {
        await seeker.deliver(mentor)
        await mentor.deliver(seeker)
      },
      bytesOf: (side) => bytesAt(join(files.directory, `${nameOf(side)}.db`)),
    })
  })

  afterEach(async () => {
    await more?.stop?.()
    for (const { app, database } of both) {
      await app.stop()
      database.close()
    }
  })

  afterAll(() => files.remove())
}

function bytesAt(path: string): Buffer {
  const parts = [path, `${path}-wal`].flatMap((each) => {
    try {
      return [readFileSync(each)]
    } catch {
      return []
    }
  })
  return Buffer.concat(parts)
}
