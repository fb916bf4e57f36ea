import type { AppEvent } from '../../core/api/events.ts'
import type { CircleView } from '../../core/api/circles.ts'
import {
  freshId,
  type CircleId,
  type CircleMemberId,
  type ConversationId,
  type MessageId,
} from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import type { BoxClient } from '../../core/boxes/client.ts'
import { Poller } from '../../core/boxes/poller.ts'
import { Circles } from '../../core/circles/circles.ts'
import { schema as circlesSchema } from '../../core/circles/schema.ts'
import { acknowledge } from '../../core/conversations/acknowledging.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import type { RecordHandlers } from '../../core/conversations/records.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { getConversation, listConversations } from '../../core/conversations/store.ts'
import type { Database } from '../../core/database/database.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import type { ManualClock } from './manual-clock.ts'
import { communityId, pairSchema } from './pair.ts'

/** What a vault needs for circles. */
export const circleSchema = [...pairSchema, ...circlesSchema]

/** One person with circles: real vault, real ratchet, real poller and jobs, over whatever client they are given. */
export class CircleFriend implements Desk {
  readonly name: string
  readonly database: Database
  readonly clock: ManualClock
  readonly ratchet: Ratchet
  readonly records: RecordHandlers
  readonly conversations: Conversations
  readonly circles: Circles
  readonly poller: Poller
  readonly events: AppEvent[] = []

  constructor(options: { name: string; database: Database; clock: ManualClock; client: BoxClient }) {
    const { name, database, clock, client } = options
    this.name = name
    this.database = database
    this.clock = clock
    this.ratchet = new Ratchet(database, clock)
    this.poller = new Poller({ client, clock, log: silentLog })
    const parts = { database, clock, log: silentLog, emit: this.#emit }
    this.circles = new Circles({
      ...parts,
      say: (id, body) => this.conversations.actions.record(id, 'circle', body),
      names: () => name,
      members: () => ({ client, poller: this.poller, reached: () => true }),
    })
    this.records = new Map([['circle', this.circles.records]])
    this.conversations = new Conversations({
      ...parts,
      ratchet: this.ratchet,
      members: () => undefined,
      records: this.records,
    })
    this.poller.addSource(this.circles.sources(communityId))
  }

  readonly #emit = (event: AppEvent): void => {
    this.events.push(event)
    if (event.type === 'conversations') this.circles.notice()
  }

  async start(): Promise<void> {
    await this.conversations.start()
    await this.circles.start()
    await this.circles.attach(communityId)
  }

  async stop(): Promise<void> {
    await this.circles.stop()
    await this.conversations.stop()
  }

  /** The one that there is. */
  get circle(): CircleView {
    const [circle] = this.circles.list()
    if (circle === undefined) throw new Error(`${this.name} has no circle`)
    return circle
  }

  get circleId(): CircleId {
    return this.circle.id as CircleId
  }

  say(text: string): MessageId {
    const id = freshId<MessageId>()
    this.circles.send(this.circleId, id, text)
    return id
  }

  /** What is shown, each with who said it. */
  shown(): string[] {
    return this.circles
      .messages({ circleId: this.circleId, limit: 200 })
      .map(({ author, kind, title, text, missing }) => {
        const said = kind === 'resource' ? `${title}: ${text}` : text
        return `${author.name}: ${kind === 'text' || kind === 'resource' ? said : `(${kind}${missing > 0 ? ` ${missing}` : ''})`}`
      })
  }

  memberId(name: string): CircleMemberId {
    const member = this.circle.members.find((each) => each.name === name)
    if (member === undefined) throw new Error(`${name} is not in it`)
    return member.id as CircleMemberId
  }

  present(): string[] {
    return this.circle.members.filter(({ present }) => present).map(({ name }) => name)
  }

  /** Everything that this side's conversations have not brought over yet. */
  get isSilent(): boolean {
    return listConversations(this.database).every(({ sendNext, sendAcked }) => sendNext === sendAcked)
  }

  /** Looks for all there is. */
  async check(): Promise<void> {
    await this.poller.check()
  }
}

/** Brings what one side of a pair said to the other. @returns whether there was anything */
export async function carry(from: Desk, fromId: ConversationId, to: Desk, toId: ConversationId): Promise<boolean> {
  const items = itemsFrom(from.database, fromId, 0, 1000)
  if (items.length === 0) return false
  await receiveItems(to, toId, items)
  const { receiveNext: count } = getConversation(to.database, toId)
  acknowledge(from.database, fromId, { count, live: true, now: from.clock.now() })
  for (const handler of to.records?.values() ?? []) handler.committed?.(toId)
  return true
}
