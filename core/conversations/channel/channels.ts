import type { Connection } from '@libp2p/interface'
import type { ConversationId } from '../../base/ids.ts'
import type { Channel } from './channel.ts'
import { replaces, type Standing } from './preference.ts'

export interface OpenChannel extends Standing {
  readonly channel: Channel
  readonly connection: Connection
}

/** The open channels of a community: one for each conversation. */
export class Channels {
  readonly #open = new Map<ConversationId, OpenChannel>()

  get(id: ConversationId): OpenChannel | undefined {
    return this.#open.get(id)
  }

  /** @returns whether the channel is the conversation's now; the one before it is closed then */
  admit(id: ConversationId, fresh: OpenChannel): boolean {
    const present = this.#open.get(id)
    if (present !== undefined && !replaces(fresh, present)) return false
    this.#open.set(id, fresh)
    present?.channel.close()
    return true
  }

  /** @returns whether it was the conversation's channel until now */
  remove(id: ConversationId, ended: OpenChannel): boolean {
    return this.#open.get(id) === ended && this.#open.delete(id)
  }

  /** Whether a connection carries any channel. */
  uses(connection: Connection): boolean {
    return [...this.#open.values()].some((open) => open.connection === connection)
  }

  /** The conversations whose channels a connection carries. */
  over(connection: Connection): ConversationId[] {
    return [...this.#open].flatMap(([id, open]) => (open.connection === connection ? [id] : []))
  }

  closeAll(): void {
    for (const { channel } of this.#open.values()) channel.close()
  }
}
