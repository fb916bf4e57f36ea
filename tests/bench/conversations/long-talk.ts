import { systemClock as clock } from '../../../core/base/clock.ts'
import type { ConversationId } from '../../../core/base/ids.ts'
import { silentLog } from '../../../core/base/log.ts'
import { Conversations } from '../../../core/conversations/conversations.ts'
import type { Database } from '../../../core/database/database.ts'
import { Ratchet } from '../../../core/ratchet/ratchet.ts'
import { fillHistory } from '../../support/long-history.ts'
import { introduce, pairSchema } from '../../support/pair.ts'
import { scratch } from '../../support/scratch.ts'

export const messageCount = 100_000
/** A word that only some hundred messages have. */
export const rareWord = 'persimmon'

/** What a messenger's tables look like at the least: encrypted as a vault is, and nothing else in it. */
const bareSchema = [
  {
    name: 'bench/1',
    sql: `
      CREATE TABLE messages (
        number INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL,
        mine INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, sent_at INTEGER NOT NULL,
        edited INTEGER NOT NULL, reply INTEGER, UNIQUE (conversation, position)
      ) STRICT;
      CREATE TABLE reactions (message INTEGER, mine INTEGER, emoji TEXT NOT NULL, PRIMARY KEY (message, mine)) STRICT;
      CREATE TABLE outbox (message INTEGER PRIMARY KEY, stored INTEGER NOT NULL) STRICT;
      CREATE VIRTUAL TABLE words USING fts5 (text, content = 'messages', content_rowid = 'number');
    `,
  },
]

const bareSelect = `
  SELECT m.*, r.text AS reply_text, a.emoji AS mine, b.emoji AS theirs, o.stored
  FROM messages m LEFT JOIN messages r ON r.number = m.reply
  LEFT JOIN reactions a ON a.message = m.number AND a.mine = 1
  LEFT JOIN reactions b ON b.message = m.number AND b.mine = 0
  LEFT JOIN outbox o ON o.message = m.number`

/** A vault with a conversation of years, and the same messages in a database that knows nothing else. */
export class LongTalk {
  readonly #files: ReturnType<typeof scratch>
  readonly #id: ConversationId
  vault: Database
  bare: Database

  private constructor(files: ReturnType<typeof scratch>, vault: Database, id: ConversationId) {
    this.#files = files
    this.#id = id
    this.vault = vault
    this.bare = this.#openBare()
  }

  static async write(): Promise<LongTalk> {
    const files = scratch()
    const vault = files.database('seeker', pairSchema)
    const { seeker } = await introduce(vault, files.database('mentor', pairSchema), clock)
    const planted = new Map(
      Array.from({ length: 100 }, (_, nth) => [nth * 997, `a ${rareWord} garden ${nth}`] as const),
    )
    fillHistory(seeker, { count: messageCount, planted })
    const talk = new LongTalk(files, vault, seeker.id)
    talk.#copy()
    return talk
  }

  /** As after a restart. */
  reopen(): void {
    this.vault.close()
    this.bare.close()
    this.vault = this.#files.database('seeker', pairSchema)
    this.bare = this.#openBare()
  }

  remove(): void {
    this.#files.remove()
  }

  /** @returns how many messages of the last screen there are */
  open(screen: number): number {
    return this.#conversations().messages({ conversationId: this.#id, limit: screen }).length
  }

  openBare(screen: number): number {
    return this.bare.all(`${bareSelect} WHERE m.conversation = 1 ORDER BY m.position DESC LIMIT ?`, [screen]).length
  }

  search(text: string, limit: number): number {
    return this.#conversations().search({ text, limit }).length
  }

  searchBare(query: string, limit: number): number {
    return this.bare.all(
      `${bareSelect} JOIN words ON words.rowid = m.number WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?`,
      [query, limit],
    ).length
  }

  #conversations(): Conversations {
    const database = this.vault
    const ratchet = new Ratchet(database, clock)
    return new Conversations({ database, ratchet, clock, emit: () => {}, log: silentLog, members: () => undefined })
  }

  #openBare(): Database {
    return this.#files.database('bare', bareSchema)
  }

  #copy(): void {
    this.bare.transaction(() => {
      for (let position = 0; position < messageCount; position += 1_000) {
        const rows = this.vault.all(
          `SELECT position, id, mine, kind, text, sent_at, edited FROM messages
           WHERE position >= ? AND position < ? ORDER BY position`,
          [position, position + 1_000],
        )
        for (const row of rows) {
          this.bare.run(
            `INSERT INTO messages (conversation, position, id, mine, kind, text, sent_at, edited)
             VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
            Object.values(row),
          )
        }
      }
      this.bare.exec("INSERT INTO words (words) VALUES ('rebuild')")
    })
  }
}
