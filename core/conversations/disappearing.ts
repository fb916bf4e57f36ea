import type { Clock } from '../base/clock.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Database } from '../database/database.ts'
import { Bell } from './bell.ts'
import { scrub } from './scrubbing.ts'

/** After a failure (a full disk, for one) it is tried again. */
const again = 60_000

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
  readonly #bell = new Bell()
  /** At first later than any: times from before a restart are looked at too. */
  #lastNow = Infinity
  #running: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined

  constructor(options: DisappearingOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const stop = new AbortController()
    this.#running = { stop, ended: this.#run(stop.signal).catch(() => {}) }
  }

  async stop(): Promise<void> {
    this.#running?.stop.abort()
    await this.#running?.ended
    this.#running = undefined
  }

  /** A time may have begun to run. */
  readonly notice = (): void => this.#bell.ring()

  async #run(signal: AbortSignal): Promise<never> {
    const { clock, log } = this.#options
    let cut = false
    for (;;) {
      let sleep = again
      try {
        // the power may have failed between a deletion and this
        if (!cut) this.#options.database.scrub()
        cut = true
        sleep = this.#deleteDue()
      } catch {
        log.write('error', 'disappearing.failed')
      }
      await this.#bell.wait(sleep, clock, signal)
    }
  }

  /** @returns ms until the next is due */
  #deleteDue(): number {
    const { database, clock, changed } = this.#options
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
