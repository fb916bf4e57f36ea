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
  /** Read from the document when it is asked for. */
  readonly written: Written
  readonly conversation: Conversation
  readonly now: number
}

/** What was found out of one conversation. */
interface Known {
  readonly lives: ReadonlyMap<string, Life>
  /** By mentorship. A document of many parts takes a while to read. */
  readonly written: Map<string, Written>
}

/** Reads what the vault holds. What follows from it is kept until something of the conversation changes. */
export class FactBook {
  readonly #parts: { readonly database: Database; readonly store: MentorshipStore; readonly clock: Clock }
  readonly #known = new Map<ConversationId, Known>()

  constructor(parts: { readonly database: Database; readonly store: MentorshipStore; readonly clock: Clock }) {
    this.#parts = parts
  }

  /** Something of it has changed, or may have. */
  forget(id: ConversationId): void {
    this.#known.delete(id)
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
    return this.#knownOf(id).lives
  }

  #facts(stored: StoredMentorship): Facts {
    const { database, clock } = this.#parts
    const { lives, written } = this.#knownOf(stored.conversationId)
    const life = lives.get(stored.id)
    if (life === undefined) throw new Fault('not-found', 'No such mentorship')
    const conversation = getConversation(database, stored.conversationId)
    const read = (): Written => {
      const known = written.get(stored.id) ?? new Workspace(stored.kept.state).read()
      written.set(stored.id, known)
      return known
    }
    return {
      stored,
      life,
      conversation,
      get written() {
        return read()
      },
      now: clock.now(),
    }
  }

  #knownOf(id: ConversationId): Known {
    const known = this.#known.get(id) ?? { lives: tell(this.#parts.store.entries(id)).lives, written: new Map() }
    this.#known.set(id, known)
    return known
  }
}
