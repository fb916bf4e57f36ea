import type { Clock } from '../base/clock.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Actions } from '../conversations/actions.ts'
import { getConversation, type Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import type { Gaps } from './gaps.ts'
import { area } from './records.ts'
import { encodeRecord, type AnyRecord, type MentorshipRecord } from './statements.ts'
import type { MentorshipStore } from './store.ts'

export interface ResyncOptions {
  readonly database: Database
  readonly clock: Clock
  readonly store: MentorshipStore
  readonly gaps: Gaps
  readonly actions: () => Pick<Actions, 'record'>
}

/**
 * Heals what was lost on the way: an item that could not be read, and what was
 * refused because of it. A side says which items of the other it has not read; the
 * other says again what was in them, in their old places. PROTOCOL.md section
 * "Lost records"
 */
export class Resync {
  readonly #options: ResyncOptions

  constructor(options: ResyncOptions) {
    this.#options = options
  }

  /** Asks for what is missing here, and tells again what is missing there, as far as it is time. */
  async settle(id: ConversationId): Promise<void> {
    for (let next: AnyRecord | undefined; ;) {
      await this.#options.actions().record(id, area, () => {
        next = this.#next(id)
        return next && encodeRecord(next)
      })
      if (next === undefined) return
    }
  }

  #next(id: ConversationId): AnyRecord | undefined {
    const { database, clock, gaps } = this.#options
    const { role, receiveNext: seen } = getConversation(database, id)
    const lost = gaps.toAsk(id, clock.now())
    if (lost.length > 0) return { seen, lost }
    const owed = gaps.owed(id)
    const nothing: number[] = []
    for (const index of owed) {
      const said = this.#saidIn(id, role, index)
      if (said === undefined) nothing.push(index)
      // in their order: what builds upon another comes behind it
      else return nothing.length > 0 ? { none: nothing } : said
    }
    return nothing.length > 0 ? { none: nothing } : undefined
  }

  #saidIn(id: ConversationId, role: Conversation['role'], index: number): MentorshipRecord | undefined {
    const { store, gaps } = this.#options
    const stated = store.statement(id, role, index)
    const edited = gaps.editAt(id, index)
    const either = stated ?? edited
    if (either === undefined) return undefined
    const { of, seen, lost, at } = either
    return {
      of,
      seen,
      again: { index, at },
      ...(lost.length === 0 ? {} : { lost }),
      ...(stated?.say === undefined ? {} : { say: stated.say }),
      ...(edited === undefined ? {} : { edit: edited.edit }),
    }
  }
}
