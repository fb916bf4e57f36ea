import type { Database } from '../database/database.ts'

/** Takes the words of all messages that came since the last time into the index. */
export function indexWords(database: Database): void {
  const row = database.get<{ next: number; last: number | null }>(
    'SELECT number AS next, (SELECT max(number) FROM messages) AS last FROM message_words_next',
  )
  const { next = 0, last = null } = row ?? {}
  if (last === null || last < next) return
  database.transaction(() => {
    database.run(
      `INSERT INTO message_words (rowid, text) SELECT number, text FROM messages WHERE number >= ? AND text <> ''`,
      [next],
    )
    database.run('UPDATE message_words_next SET number = ?', [last + 1])
  })
}
