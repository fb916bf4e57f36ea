import type { AppEvent } from '../api/events.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { Rounds } from '../base/rounds.ts'
import type { Service } from '../base/service.ts'
import type { Database } from '../database/database.ts'
import { remindAt, sessionEnd } from './calendar.ts'
import type { FactBook, Facts } from './facts.ts'
import type { Session } from './sessions.ts'
import { checkInDue } from './waits.ts'

export interface RemindingOptions {
  readonly database: Database
  readonly facts: FactBook
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
}

/**
 * Tells windows of what is near: each proposal of a session once, also where the
 * app was closed at the time and the session is not over; and that it is time to
 * ask how it goes. What was told is in the vault.
 */
export class Reminding implements Service {
  readonly #options: RemindingOptions
  readonly #rounds: Rounds
  /** Check-ins and beginnings that windows were told of: they look again by themselves after a start. */
  readonly #told = new Set<string>()

  constructor(options: RemindingOptions) {
    this.#options = options
    const { clock, log } = options
    this.#rounds = new Rounds({ clock, log, failure: 'reminding.failed', round: () => this.#remind() - clock.now() })
  }

  start(): Promise<void> {
    return this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Times may have changed. */
  readonly notice = (): void => this.#rounds.notice()

  /** @returns when there is something to do again, ms since 1970 */
  #remind(): number {
    let next = Infinity
    for (const facts of this.#options.facts.list()) {
      const { life, stored, conversation, now } = facts
      if (life.state !== 'active' || stored.untold.end) continue
      const checkIn = checkInDue(facts)
      if (checkIn > now) next = Math.min(next, checkIn)
      else if (this.#isNews(`${life.id} ${stored.movedAt}`)) this.#look(conversation.id)
      for (const session of life.sessions.values()) {
        if (session.state === 'accepted') next = Math.min(next, this.#remindOf(facts, session))
      }
    }
    return next
  }

  /** @returns when this session needs it again */
  #remindOf({ life, stored: { reminder }, conversation, now }: Facts, session: Session): number {
    const end = sessionEnd(session)
    if (end <= now) {
      // whether it took place is asked from now on
      if (this.#isNews(`${session.id} ${session.plan}`)) this.#look(conversation.id)
      return Infinity
    }
    const due = reminder === null ? Infinity : remindAt(session, reminder)
    if (due > now) return Math.min(due, end)
    const { database, emit } = this.#options
    const fresh = database.run(
      `INSERT INTO mentorship_reminders (mentorship_id, session_id, plan) VALUES (?, ?, ?)
       ON CONFLICT (mentorship_id, session_id) DO UPDATE SET plan = excluded.plan WHERE plan <> excluded.plan`,
      [life.id, session.id, session.plan],
    )
    if (fresh > 0) {
      emit({ type: 'reminder', mentorshipId: life.id, sessionId: session.id, at: session.at })
      this.#look(conversation.id)
    }
    return end
  }

  #isNews(what: string): boolean {
    if (this.#told.has(what)) return false
    this.#told.add(what)
    return true
  }

  #look(conversationId: string): void {
    this.#options.emit({ type: 'mentorships', conversationId })
  }
}
