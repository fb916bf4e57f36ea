import type { Job } from '../base/jobs.ts'
import type { CommunityId, ConversationId } from '../base/ids.ts'
import type { BoxClient } from '../boxes/client.ts'
import { nowHours } from '../boxes/hours.ts'
import { jittered } from '../crypto/random.ts'
import { signingKey } from '../crypto/sign.ts'
import { dayOf, directionOf, presenceAt } from './chain.ts'
import type { Desk } from './desk.ts'
import { keyState } from './key-state.ts'
import { encodePresence, maxAddresses, maxAddressLength, type Presence } from './presence-content.ts'
import { agreed, getConversation, isOver, listConversations, openConversations, type Conversation } from './store.ts'
import { boxLifeHours } from './timing.ts'

export interface PresencePublisherOptions {
  readonly desk: Desk
  readonly communityId: CommunityId
  readonly client: BoxClient
  /** Where this device can be reached now; its own addresses only where asked for. */
  readonly addresses: (direct: boolean) => readonly string[]
}

const dayMs = 86_400_000
/** After midnight, so that not all devices tell at once; the day before is read too. */
const pastMidnightMs = 15 * 60_000

/** What its jobs are cancelled by. */
export function presenceSubject(id: ConversationId): string {
  return `presence ${id}`
}

/**
 * Tells each contact, in a box that only the pair can find and read, how to
 * reach this device and what was received.
 */
export class PresencePublisher {
  readonly #options: PresencePublisherOptions
  /** When to look again whether there is something to tell. */
  readonly #dueAt = new Map<ConversationId, number>()
  /** How often something was marked: a mark that comes while telling is under way is not lost with it. */
  readonly #marks = new Map<ConversationId, number>()
  /** What was told last, in this session. */
  readonly #told = new Map<ConversationId, string>()

  constructor(options: PresencePublisherOptions) {
    this.#options = options
  }

  /** Something changed that the other should know, `settle` ms from now at the latest. */
  mark(id: ConversationId, settle: number): void {
    const at = this.#options.desk.clock.now() + settle
    this.#dueAt.set(id, Math.min(at, this.#dueAt.get(id) ?? at))
    this.#marks.set(id, (this.#marks.get(id) ?? 0) + 1)
  }

  /** The conversation is gone. */
  forget(id: ConversationId): void {
    for (const map of [this.#dueAt, this.#marks, this.#told]) map.delete(id)
  }

  markAll(settle: number): void {
    for (const { id } of listConversations(this.#options.desk.database, this.#options.communityId)) {
      this.mark(id, settle)
    }
  }

  jobs(): Job[] {
    const now = this.#options.desk.clock.now()
    const open = new Set(openConversations(this.#options.desk.database))
    const due = [...this.#dueAt].filter(([id]) => open.has(id))
    return due.map(([id, dueAt]) => ({
      key: `presence ${id}`,
      subject: presenceSubject(id),
      // before all mail: it may open a channel, and then the mail needs no boxes
      dueAt: dueAt <= now ? 0 : dueAt,
      run: (signal) => this.#publish(id, signal),
    }))
  }

  async #publish(id: ConversationId, signal: AbortSignal): Promise<void> {
    const { desk, client } = this.#options
    const { database, clock } = desk
    const conversation = getConversation(database, id)
    const now = clock.now()
    const day = dayOf(now)
    const presence = this.#present(conversation)
    const told = JSON.stringify([day, presence])
    const marks = this.#marks.get(id)
    if (this.#told.get(id) !== told) {
      const { capability, authorSeed } = presenceAt(conversation.presenceKey, directionOf(conversation.role), day)
      // both rise even where the clock was set back
      const at = Math.max(conversation.presenceSent + 1, now)
      const sequence = day > conversation.presenceDay ? 1 : conversation.presenceCount + 1
      const box = await client.prepare(
        {
          capability,
          author: signingKey(authorSeed),
          sequence: BigInt(sequence),
          expiryHours: nowHours(clock) + boxLifeHours,
          content: encodePresence({ ...presence, at }),
        },
        { signal },
      )
      // mining is slow: what the contact is no longer to learn is not told; what they are, at the next run
      const { blocked, direct } = getConversation(database, id)
      if (blocked || agreed(direct) !== agreed(conversation.direct)) return
      database.run('UPDATE conversations SET presence_sent = ?, presence_day = ?, presence_count = ? WHERE id = ?', [
        at,
        Math.max(day, conversation.presenceDay),
        sequence,
        id,
      ])
      await client.store(box, { signal })
      this.#told.set(id, told)
    }
    // the place changes with the day; what changed while this was under way is told next
    if (this.#marks.get(id) === marks) this.#dueAt.set(id, (day + 1) * dayMs + jittered(pastMidnightMs, 0.9))
  }

  #present(conversation: Conversation): Omit<Presence, 'at'> {
    const { id, receiveNext, direct, generation } = conversation
    const all = isOver(conversation) ? [] : this.#options.addresses(agreed(direct))
    const addresses = all.filter((address) => address.length <= maxAddressLength).slice(0, maxAddresses)
    const { attempt } = keyState(this.#options.desk.database, id)
    return {
      addresses,
      ack: receiveNext,
      direct: direct.mine,
      ...(generation === 0 ? {} : { keys: generation }),
      ...(attempt === undefined ? {} : { reset: attempt.told }),
    }
  }
}
