import type { Clock } from '../base/clock.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { Rounds } from '../base/rounds.ts'
import type { Service } from '../base/service.ts'
import type { Database } from '../database/database.ts'
import { scrub } from './scrubbing.ts'

export interface DisappearingOptions {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** Tells the windows; called after the commit. */
  readonly changed: (id: ConversationId) => void
}

/** Deletes what has had its time, from the tables, the words that are searched, and the free pages of the file. */
export class Disappearing implements Service {
  readonly #options: DisappearingOptions
  readonly #rounds: Rounds
  /** At first later than any: times from before a restart are looked at too. */
  #lastNow = Infinity
  /** The power may have failed between a deletion and this. */
  #isScrubbed = false

  constructor(options: DisappearingOptions) {
    this.#options = options
    const { clock, log } = options
    this.#rounds = new Rounds({ clock, log, failure: 'disappearing.failed', round: () => this.#deleteDue() })
  }

  start(): Promise<void> {
    this.#isScrubbed = false
    return this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** A time may have begun to run. */
  readonly notice = (): void => this.#rounds.notice()

  /** @returns ms until the next is due */
  #deleteDue(): number {
    const { database, clock, changed } = this.#options
    if (!this.#isScrubbed) database.scrub()
    this.#isScrubbed = true
    const now = clock.now()
    if (now < this.#lastNow) {
      // the clock was ahead when some time began to run: nothing stays longer than it was to
      database.run('UPDATE messages SET expires_at = $now + timer * 1000 WHERE expires_at > $now + timer * 1000', {
        now,
      })
    }
    this.#lastNow = now
    const first = firstExpiry(database)
    if (first > now) return first - now
    const due = database.all<{ id: ConversationId }>(
      'SELECT DISTINCT conversation_id AS id FROM messages WHERE expires_at <= ?',
      [now],
    )
    database.transaction(() => {
      // a change of it may not have been delivered yet
      database.run(
        `UPDATE conversation_outbox SET plaintext = NULL WHERE about IS NOT NULL AND EXISTS (SELECT 1 FROM messages m
           WHERE m.conversation_id = conversation_outbox.conversation_id AND m.mine = 1 AND m.chain_index = about
             AND m.expires_at <= ?)`,
        [now],
      )
      database.run('DELETE FROM messages WHERE expires_at <= ?', [now])
    })
    scrub(database)
    for (const { id } of due) changed(id)
    return Math.max(0, firstExpiry(database) - now)
  }
}

/** Infinity where nothing disappears. */
function firstExpiry(database: Database): number {
  const row = database.get<{ at: number | null }>(
    'SELECT min(expires_at) AS at FROM messages WHERE expires_at IS NOT NULL',
  )
  return row?.at ?? Infinity
}
