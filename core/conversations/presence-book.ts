import type { ConversationId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { acknowledge } from './acknowledging.ts'
import { markHeard } from './create.ts'
import type { Desk } from './desk.ts'
import { decodePresence, type Presence } from './presence-content.ts'
import { getConversation } from './store.ts'

export interface SeenPresence extends Presence {
  /** When it was written, by the writer's clock; a later one is higher. */
  readonly sequence: number
}

/** What the contacts told last of where they are. Addresses are kept in memory only: they die with the session. */
export class PresenceBook {
  readonly #desk: Desk
  readonly #seen = new Map<ConversationId, SeenPresence>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get(id: ConversationId): SeenPresence | undefined {
    return this.#seen.get(id)
  }

  /**
   * Reads a presence box that was found at its place and signed by its author.
   * A node may serve an old one again: consent and addresses come from the
   * newest only, and an acknowledgement never goes back.
   *
   * @returns whether anything in the vault changed
   * @throws Fault `unknown-version`, `malformed`, `too-large`
   */
  read(id: ConversationId, box: OpenedBox): boolean {
    const presence = decodePresence(box.content)
    // ms since 1970 fit a number; what does not was not written by this app
    const sequence = Number(box.sequence)
    if (!Number.isSafeInteger(sequence)) return false
    const { database, clock } = this.#desk
    const last = this.#seen.get(id)
    if (last === undefined || sequence > last.sequence) this.#seen.set(id, { ...presence, sequence })
    return database.transaction(() => {
      markHeard(database, id)
      const { presenceSeen, sendNext, direct } = getConversation(database, id)
      const count = Math.min(presence.ack, sendNext)
      const delivered = acknowledge(database, id, { count, live: false, now: clock.now() })
      if (sequence <= presenceSeen) return delivered
      database.run('UPDATE conversations SET presence_seen = ?, direct_theirs = ? WHERE id = ?', [
        sequence,
        presence.direct ? 1 : 0,
        id,
      ])
      return delivered || direct.theirs !== presence.direct
    })
  }
}
