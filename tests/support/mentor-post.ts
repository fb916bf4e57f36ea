import { isFault } from '../../core/base/fault.ts'
import type { ConversationId, PersonaId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { createConversation } from '../../core/conversations/create.ts'
import type { Role } from '../../core/conversations/chain.ts'
import { schema as conversationsSchema } from '../../core/conversations/schema.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { Database } from '../../core/database/database.ts'
import { migrate } from '../../core/database/migrations.ts'
import { schema as filesSchema } from '../../core/files/schema.ts'
import { Mentorships } from '../../core/mentorships/mentorships.ts'
import { area } from '../../core/mentorships/records.ts'
import { schema } from '../../core/mentorships/schema.ts'
import { schema as ratchetSchema } from '../../core/ratchet/schema.ts'
import type { ManualClock } from './manual-clock.ts'
import { communityId } from './pair.ts'

/** A conversation whose keys nobody uses. */
export const nobody = {
  personaId: '0a'.repeat(16) as PersonaId,
  communityId,
  role: 'seeker',
  session: { identityId: 'i', remote: 'r' },
  root: new Uint8Array(64),
  contact: { pseudonym: 'Quiet Heron', key: new Uint8Array(32) },
  offerTitle: 'Bookbinding',
  offerKind: 'offer',
} as const

interface Sent {
  readonly body: Uint8Array
  readonly at: number
}

/**
 * One of a pair whose records travel without a ratchet: a real vault, real
 * transactions, and chains that a test moves as it likes. Thousands of these cost
 * what one exchange over a ratchet does.
 */
export class MentorPost {
  readonly database = Database.open(':memory:')
  readonly id: ConversationId
  readonly role: Role
  readonly clock: ManualClock
  /** All that this side said, by its index in the chain. */
  readonly sent: Sent[] = []
  app: Mentorships
  /** What was refused of the other. */
  refused = 0
  /** So many of the next transactions fail at their end. */
  failing = 0

  constructor(role: Role, clock: ManualClock) {
    this.role = role
    this.clock = clock
    migrate(this.database, [...ratchetSchema, ...conversationsSchema, ...filesSchema, ...schema])
    this.id = createConversation(this.database, { ...nobody, role, createdAt: clock.now() })
    this.app = this.#begin()
  }

  /** Nothing but the vault stays. */
  restart(): void {
    this.app = this.#begin()
  }

  /**
   * Takes in up to `count` items of the other, each in a transaction of its own.
   *
   * @param isLost which of them cannot be read
   */
  receive(from: MentorPost, count: number, isLost: () => boolean = () => false): void {
    for (let nth = 0; nth < count; nth++) {
      const { receiveNext: index } = getConversation(this.database, this.id)
      const next = from.sent[index]
      if (next === undefined) return
      this.#inTransaction(() => {
        this.database.run('UPDATE conversations SET receive_next = ? WHERE id = ?', [index + 1, this.id])
        if (isLost()) this.app.records[1].lost(this.id, index, this.clock.now())
        else this.#apply({ ...next, mine: false, index })
      })
    }
  }

  /** As a hostile app would: whatever it is. */
  forge(body: Uint8Array): void {
    this.sent.push({ body, at: this.clock.now() })
    this.database.run('UPDATE conversations SET send_next = send_next + 1 WHERE id = ?', [this.id])
  }

  /** What is owed is said, and what is missing. */
  async settle(): Promise<void> {
    await this.app.settle(this.id)
  }

  #begin(): Mentorships {
    const actions = {
      record: async (_id: ConversationId, _area: string, make: () => Uint8Array | undefined): Promise<void> => {
        const body = make()
        if (body === undefined) return
        const sent = { body, at: this.clock.now() }
        const index = this.sent.length
        this.#inTransaction(() => {
          this.#apply({ ...sent, mine: true, index })
          this.database.run('UPDATE conversations SET send_next = ? WHERE id = ?', [index + 1, this.id])
        })
        this.sent.push(sent)
      },
    }
    return new Mentorships({
      database: this.database,
      clock: this.clock,
      emit: () => {},
      log: silentLog,
      conversations: () => ({ actions, setBlocked: () => {} }) as never,
    })
  }

  #apply({ body, at, mine, index }: Sent & { readonly mine: boolean; readonly index: number }): void {
    const [name, handler] = this.app.records
    if (name !== area) throw new Error('another area')
    try {
      handler.apply(getConversation(this.database, this.id), body, {
        mine,
        index,
        at,
        now: this.clock.now(),
      })
    } catch (error) {
      if (mine || !isFault(error, 'malformed', 'too-large', 'unknown-version')) throw error
      this.refused++
      handler.lost(this.id, index, this.clock.now())
    }
  }

  #inTransaction(body: () => void): void {
    this.database.transaction(() => {
      body()
      if (this.failing === 0) return
      this.failing--
      throw new Crash()
    })
  }
}

/** The power failed before the commit. */
export class Crash extends Error {}
