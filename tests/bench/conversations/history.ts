import { systemClock as clock } from '../../../core/base/clock.ts'
import { silentLog } from '../../../core/base/log.ts'
import { Conversations } from '../../../core/conversations/conversations.ts'
import type { Database } from '../../../core/database/database.ts'
import { Ratchet } from '../../../core/ratchet/ratchet.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { fillHistory } from '../../support/long-history.ts'
import { introduce, pairSchema } from '../../support/pair.ts'
import { scratch } from '../../support/scratch.ts'
import { interleaved } from '../interleaved.ts'

const count = 100_000
/** As the page asks. */
const screen = 50
const target = 2
/** One after the other, before it is the other side's turn. */
const burst = 20

const bareSchema = [
  {
    name: 'bench/1',
    sql: `
      CREATE TABLE messages (
        conversation INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, mine INTEGER NOT NULL,
        kind TEXT NOT NULL, text TEXT NOT NULL, sent_at INTEGER NOT NULL, delivery TEXT,
        PRIMARY KEY (conversation, position)
      ) STRICT, WITHOUT ROWID;
    `,
  },
]

/** Opening a conversation of 100,000 messages at its end, beside the query for them in a database that holds nothing else. */
export async function historyRow(): Promise<Figure[]> {
  const files = scratch()
  try {
    const open = (): Database => files.database('seeker', pairSchema)
    const vault = open()
    const { seeker } = await introduce(vault, files.database('mentor', pairSchema), clock)
    fillHistory(seeker, { count })
    const bare = (): Database => files.database('bare', bareSchema)
    const alone = bare()
    copyMessages(vault, alone)
    const ours = (database: Database): number => {
      const ratchet = new Ratchet(database, clock)
      const parts = { database, ratchet, clock, emit: () => {}, log: silentLog, members: () => undefined }
      const conversations = new Conversations(parts)
      return conversations.messages({ conversationId: seeker.id, limit: screen }).length
    }
    const theirs = (database: Database): number =>
      database.all(
        `SELECT id, position, mine, kind, text, sent_at, delivery FROM messages
         WHERE conversation = 1 ORDER BY position DESC LIMIT ?`,
        [screen],
      ).length
    const full = (read: number): void => {
      if (read !== screen) throw new Error('A screen that is not full')
    }
    const often = async (read: () => number): Promise<void> => {
      for (let i = 0; i < burst; i++) full(read())
    }
    const warm = await interleaved(40, 5, {
      ours: () => often(() => ours(vault)),
      theirs: () => often(() => theirs(alone)),
    })
    vault.close()
    alone.close()
    // opening the file is part of it on both sides
    const afresh = (database: Database, read: (database: Database) => number): void => {
      full(read(database))
      database.close()
    }
    const cold = await interleaved(30, 5, {
      ours: async () => afresh(open(), ours),
      theirs: async () => afresh(bare(), theirs),
    })
    const name = 'the bare query'
    return [
      figure('opening a conversation of 100,000 messages', median(warm.ours) / burst, {
        name,
        value: median(warm.theirs) / burst,
        target,
      }),
      figure('the same, with the vault opened for it', median(cold.ours), { name, value: median(cold.theirs) }),
    ]
  } finally {
    files.remove()
  }
}

function copyMessages(from: Database, to: Database): void {
  to.transaction(() => {
    for (let position = 0; position < count; position += 1_000) {
      const rows = from.all(
        `SELECT position, id, mine, kind, text, sent_at, delivery FROM messages
         WHERE position >= ? AND position < ? ORDER BY position`,
        [position, position + 1_000],
      )
      for (const row of rows) to.run('INSERT INTO messages VALUES (1, ?, ?, ?, ?, ?, ?, ?)', Object.values(row))
    }
  })
}
