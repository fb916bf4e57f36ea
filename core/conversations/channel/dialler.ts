import type { Clock } from '../../base/clock.ts'
import type { ConversationId } from '../../base/ids.ts'
import type { Job } from '../../base/jobs.ts'
import type { MemberNode } from '../../network/member-node.ts'
import { dialPlan, type DialPlan } from '../dial-plan.ts'
import type { PresenceBook } from '../presence-book.ts'
import type { Conversation } from '../store.ts'
import type { Switchboard } from './switchboard.ts'

/** For one presence, with Jobs' growing pauses between: about a minute in all. */
const mostTries = 6
/** Whoever is there tells so every day. */
const freshMs = 26 * 3_600_000

export interface DiallerOptions {
  readonly switchboard: Switchboard
  readonly presences: PresenceBook
  readonly clock: Clock
  readonly conversations: () => readonly Conversation[]
  readonly node: Pick<MemberNode, 'dialable'>
  /** Addresses of community nodes. */
  readonly knownNodes: () => readonly string[]
}

/** Tries for a presence: how often, and which (by when it was written). */
interface Tries {
  readonly at: number
  count: number
}

/** Decides whom to dial: those whose presence is fresh, and who have no channel, or a relayed one that may be direct. */
export class Dialler {
  readonly #options: DiallerOptions
  readonly #tries = new Map<string, Tries>()

  constructor(options: DiallerOptions) {
    this.#options = options
  }

  /** A good channel ended: the same presence is worth other tries. */
  again(id: ConversationId): void {
    for (const way of ['relayed', 'direct']) this.#tries.delete(`${way} ${id}`)
  }

  /** The network came back. */
  againAll(): void {
    this.#tries.clear()
  }

  jobs(): Job[] {
    const now = this.#options.clock.now()
    return this.#options.conversations().flatMap((conversation) => {
      const way = this.#way(conversation, now)
      if (way === undefined) return []
      const { at, plan, direct } = way
      const key = `${direct ? 'direct' : 'relayed'} ${conversation.id}`
      const tries = this.#tries.get(key)
      if (tries?.at === at && tries.count >= mostTries) return []
      const run = async (signal: AbortSignal): Promise<void> => {
        const before = this.#tries.get(key)
        this.#tries.set(key, { at, count: before?.at === at ? before.count + 1 : 1 })
        const addresses = direct ? plan.direct : plan.relayed
        await this.#options.switchboard.open(conversation, { peer: plan.peer, addresses, direct }, signal)
      }
      return [{ key: `${key} ${at}`, subject: conversation.id, dueAt: 0, run }]
    })
  }

  #way(conversation: Conversation, now: number): { at: number; plan: DialPlan; direct: boolean } | undefined {
    const { switchboard, presences, node, knownNodes } = this.#options
    const { id, direct } = conversation
    const open = switchboard.channels.get(id)
    if (open?.direct === true) return undefined
    const seen = presences.get(id)
    if (seen === undefined || seen.at < now - freshMs) return undefined
    const plan = dialPlan(seen.addresses, { node, knownNodes: knownNodes(), agreed: direct.mine && direct.theirs })
    if (plan === undefined) return undefined
    const tried = this.#tries.get(`direct ${id}`)
    const exhausted = tried?.at === seen.at && tried.count >= (open === undefined ? 1 : mostTries)
    if (plan.direct.length > 0 && !exhausted) return { at: seen.at, plan, direct: true }
    if (open !== undefined || plan.relayed.length === 0) return undefined
    return { at: seen.at, plan, direct: false }
  }
}
