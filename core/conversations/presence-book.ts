import type { ConversationId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { acknowledge } from './acknowledging.ts'
import { markHeard } from './create.ts'
import type { Desk } from './desk.ts'
import { isStopped } from './key-state.ts'
import { decodePresence, type Presence } from './presence-content.ts'
import { getConversation } from './store.ts'

/** What the contacts told last of where they are. Addresses are kept in memory only: they die with the session. */
export class PresenceBook {
  readonly #desk: Desk
  readonly #seen = new Map<ConversationId, Presence>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get(id: ConversationId): Presence | undefined {
    return this.#seen.get(id)
  }

  forget(id: ConversationId): void {
    this.#seen.delete(id)
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
    const { database, clock } = this.#desk
    const last = this.#seen.get(id)
    if (last === undefined || presence.at > last.at) this.#seen.set(id, presence)
    return database.transaction(() => {
      markHeard(database, id)
      const { presenceSeen, sendNext, direct } = getConversation(database, id)
      const count = Math.min(presence.ack, sendNext)
      const delivered = !isStopped(database, id) && acknowledge(database, id, { count, live: false, now: clock.now() })
      if (presence.at <= presenceSeen) return delivered
      database.run('UPDATE conversations SET presence_seen = ?, direct_theirs = ? WHERE id = ?', [
        presence.at,
        presence.direct ? 1 : 0,
        id,
      ])
      return delivered || direct.theirs !== presence.direct
    })
  }
}
