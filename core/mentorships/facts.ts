import { Fault } from '../base/fault.ts'
import type { Clock } from '../base/clock.ts'
import type { ConversationId } from '../base/ids.ts'
import { getConversation, type Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { tell, type Life } from './life.ts'
import type { MentorshipStore, StoredMentorship } from './store.ts'
import { Workspace, type Written } from './workspace.ts'

/** Everything that is known of a mentorship. */
export interface Facts {
  readonly stored: StoredMentorship
  readonly life: Life
  readonly written: Written
  readonly conversation: Conversation
  readonly now: number
}

/** Reads what the vault holds. What follows from statements is kept until something is stated. */
export class FactBook {
  readonly #parts: { readonly database: Database; readonly store: MentorshipStore; readonly clock: Clock }
  readonly #lives = new Map<ConversationId, ReadonlyMap<string, Life>>()

  constructor(parts: { readonly database: Database; readonly store: MentorshipStore; readonly clock: Clock }) {
    this.#parts = parts
  }

  /** Something of it has changed, or may have. */
  forget(id: ConversationId): void {
    this.#lives.delete(id)
  }

  /** @throws Fault `not-found` */
  of(id: string): Facts {
    return this.#facts(this.#parts.store.get(id))
  }

  /** In the order in which they were proposed here. */
  list(conversationId?: ConversationId): Facts[] {
    return this.#parts.store.list(conversationId).map((stored) => this.#facts(stored))
  }

  /** What follows from all that was stated there, also of those that were forgotten. */
  lives(id: ConversationId): ReadonlyMap<string, Life> {
    return this.#livesOf(id)
  }

  #facts(stored: StoredMentorship): Facts {
    const { database, clock } = this.#parts
    const life = this.#livesOf(stored.conversationId).get(stored.id)
    if (life === undefined) throw new Fault('not-found', 'No such mentorship')
    const conversation = getConversation(database, stored.conversationId)
    return { stored, life, conversation, written: new Workspace(stored.kept.state).read(), now: clock.now() }
  }

  #livesOf(id: ConversationId): ReadonlyMap<string, Life> {
    const known = this.#lives.get(id)
    if (known !== undefined) return known
    const { lives } = tell(this.#parts.store.entries(id))
    this.#lives.set(id, lives)
    return lives
  }
}
