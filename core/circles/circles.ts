import type { CircleMessageView, CircleView } from '../api/circles.ts'
import type { AppEvent } from '../api/events.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CircleId, CircleMemberId, CommunityId, ConversationId, MessageId } from '../base/ids.ts'
import { Jobs } from '../base/jobs.ts'
import { Locks } from '../base/locks.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { BoxClient } from '../boxes/client.ts'
import type { Poller, Watch } from '../boxes/poller.ts'
import type { RecordHandler } from '../conversations/records.ts'
import { openConversations, type Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { SenderKeys } from '../ratchet/sender-keys.ts'
import type { CircleContent } from './content.ts'
import type { Desk } from './desk.ts'
import { hasStrangers } from './guests.ts'
import { createCircle, endCircle, invite, removeMember, withdrawInvitation, type CircleWish } from './hosting.ts'
import { Letters, type Say } from './letters.ts'
import { findMessage, lastNumber, readMessages, readResources } from './messages.ts'
import { Posting, postingSubject } from './posting.ts'
import { CircleRecords } from './records.ts'
import { encodeCircleRecord } from './record.ts'
import { say, withdrawResource } from './saying.ts'
import { closeCircle, findCircle, getCircle, getMember, listCircles, requireState, setState } from './store.ts'
import { Telling } from './telling.ts'
import { defaultTiming, type CircleTiming } from './timing.ts'
import { circleView, messageView } from './views.ts'
import { Absence, Looked, watchesOf } from './watches.ts'

/** What a running membership has that circles use. */
export interface CircleMember {
  readonly client: BoxClient
  readonly poller: Pick<Poller, 'check'>
  readonly reached: () => boolean
}

export interface CirclesOptions {
  readonly database: Database
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  /** Saves a record of area `circle` in a conversation, and sends it. */
  readonly say: Say
  /** By what name a conversation's persona is known to the contact. */
  readonly names: (conversation: Conversation) => string
  /** The running parts of a community, undefined while it is not running. */
  readonly members: (communityId: CommunityId) => CircleMember | undefined
  readonly timing?: Partial<CircleTiming>
}

/** The circles of this vault: who is in them, what is said there, and how it travels. */
export class Circles implements Service {
  readonly #options: CirclesOptions
  readonly #desk: Desk
  readonly #timing: CircleTiming
  readonly records: RecordHandler
  readonly #upkeep: Jobs
  readonly #posting = new Map<CommunityId, Jobs>()
  readonly #looked = new Looked()
  readonly #busy = new Set<Promise<void>>()
  readonly #epochs = new Map<CircleId, number>()

  constructor(options: CirclesOptions) {
    this.#options = options
    const { database, clock, log, say, names, timing } = options
    this.#timing = { ...defaultTiming, ...timing }
    this.#desk = {
      database,
      clock,
      senderKeys: new SenderKeys(database),
      locks: new Locks(),
      changed: (id) => this.#changed(id),
    }
    this.records = new CircleRecords(this.#desk, {
      together: this.#timing.together,
      names,
      told: (ids) => {
        for (const id of ids) this.#leaveEpoch(id)
        this.#wake()
      },
    })
    const letters = new Letters(this.#desk, say)
    this.#upkeep = new Jobs({ name: 'circles', list: () => letters.jobs(), clock, log })
  }

  /** Communities are attached one by one, as their nodes start. */
  async start(): Promise<void> {
    await this.#upkeep.start()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#posting.keys()].map((id) => this.detach(id)))
    await Promise.allSettled(this.#busy)
    await this.#upkeep.stop()
  }

  /** The member node of a community has started. Idempotent. */
  async attach(communityId: CommunityId): Promise<void> {
    const member = this.#options.members(communityId)
    if (member === undefined || this.#posting.has(communityId)) return
    const { clock, log } = this.#options
    const parts = { desk: this.#desk, communityId, client: member.client }
    const posting = new Posting(parts)
    const telling = new Telling({ ...parts, timing: this.#timing })
    const jobs = new Jobs({ name: 'circle-post', list: () => [...posting.jobs(), ...telling.jobs()], clock, log })
    this.#posting.set(communityId, jobs)
    await jobs.start()
  }

  /** Stops what is under way; it stays in the vault. Idempotent. */
  async detach(communityId: CommunityId): Promise<void> {
    const jobs = this.#posting.get(communityId)
    this.#posting.delete(communityId)
    await jobs?.stop()
  }

  /** Conversations may have been forgotten: whoever was in a circle by one of them is to be in it no more. */
  notice(): void {
    const { database } = this.#desk
    if (listCircles(database).some(({ id, state }) => state === 'active' && hasStrangers(database, id)))
      this.#upkeep.wake()
  }

  /** The network is there again: what had failed is tried at once. */
  wake(): void {
    for (const jobs of this.#posting.values()) jobs.wake()
  }

  /** What to look for on the nodes of a community. Call once for each poller. */
  sources(communityId: CommunityId): () => Iterable<Watch> {
    const absence = new Absence()
    return () => {
      const { clock } = this.#desk
      const reached = this.#options.members(communityId)?.reached() ?? false
      const lookBack = absence.looksBack(clock.now(), reached)
      return watchesOf(this.#desk, this.#looked, { communityId, lookBack, more: () => this.#lookAgain(communityId) })
    }
  }

  /** The last active first. */
  list(): CircleView[] {
    const views = listCircles(this.#desk.database)
      .filter(({ state }) => state !== 'declining')
      .map((circle) => circleView(this.#desk.database, circle, this.#desk.clock.now()))
    const at = ({ lastMessage, createdAt }: CircleView): number => lastMessage?.sentAt ?? createdAt
    return views.toSorted((a, b) => at(b) - at(a))
  }

  /** @throws Fault `not-found` */
  view(id: CircleId): CircleView {
    return circleView(this.#desk.database, getCircle(this.#desk.database, id), this.#desk.clock.now())
  }

  /** @throws Fault as `createCircle` */
  create(wish: CircleWish): CircleView {
    return this.#did(createCircle(this.#desk, wish))
  }

  /** @throws Fault as `invite` in hosting.ts */
  invite(id: CircleId, conversations: readonly ConversationId[]): CircleView {
    invite(this.#desk, id, conversations)
    return this.#did(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  withdrawInvitation(id: CircleId, conversationId: ConversationId): CircleView {
    withdrawInvitation(this.#desk, id, conversationId)
    return this.#did(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  accept(id: CircleId, ownName: string): CircleView {
    const { database } = this.#desk
    requireState(getCircle(database, id), 'invited')
    database.run(`UPDATE circles SET state = 'accepting', own_name = ? WHERE id = ?`, [ownName, id])
    return this.#did(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  decline(id: CircleId): void {
    requireState(getCircle(this.#desk.database, id), 'invited')
    setState(this.#desk.database, id, 'declining')
    this.#did(id)
  }

  /** @throws Fault `not-found` */
  messages(query: { circleId: CircleId; before?: MessageId | undefined; limit: number }): CircleMessageView[] {
    const circle = getCircle(this.#desk.database, query.circleId)
    return readMessages(this.#desk.database, query).map((message) => messageView(this.#desk.database, circle, message))
  }

  /** @throws Fault `not-found` */
  resources(circleId: CircleId): CircleMessageView[] {
    const circle = getCircle(this.#desk.database, circleId)
    return readResources(this.#desk.database, circleId).map((each) => messageView(this.#desk.database, circle, each))
  }

  /** Saved when it returns. The same `clientId` again is the same message. @throws Fault `not-found`, `wrong-state`, `bad-input`, `message-too-long` */
  send(circleId: CircleId, clientId: MessageId, text: string): CircleMessageView {
    return this.#say(circleId, clientId, { kind: 'text', text })
  }

  /** @throws Fault as `send`; `wrong-state` where there are as many as there may be */
  addResource(circleId: CircleId, clientId: MessageId, said: { title: string; text: string }): CircleMessageView {
    return this.#say(circleId, clientId, { kind: 'resource', ...said })
  }

  /** @throws Fault `not-found`, `wrong-state` */
  withdrawResource(messageId: MessageId): void {
    this.#did(withdrawResource(this.#desk, messageId))
  }

  /** @throws Fault `not-found` */
  read(id: CircleId): void {
    const { database } = this.#desk
    const news = database.run('UPDATE circles SET read_upto = $last WHERE id = $id AND read_upto < $last', {
      id: getCircle(database, id).id,
      last: lastNumber(database, id),
    })
    if (news > 0) this.#changed(id)
  }

  /** @throws Fault `not-found` */
  setMuted(id: CircleId, memberId: CircleMemberId, muted: boolean): CircleView {
    const { database } = this.#desk
    database.run('UPDATE circle_members SET muted = ? WHERE id = ?', [
      muted ? 1 : 0,
      getMember(database, id, memberId).id,
    ])
    this.#changed(id)
    return this.view(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  remove(id: CircleId, memberId: CircleMemberId): CircleView {
    removeMember(this.#desk, id, memberId)
    return this.#did(id)
  }

  /** Saved, and on its way to the host, when it resolves. @throws Fault `not-found`, `wrong-state` */
  async report(id: CircleId, memberId: CircleMemberId, text: string): Promise<void> {
    const { conversationId, wireId: circle, ...standing } = getCircle(this.#desk.database, id)
    const { key: about } = getMember(this.#desk.database, id, memberId)
    if (conversationId === undefined || standing.state !== 'active') {
      throw new Fault('wrong-state', 'Nobody who could be told')
    }
    await this.#options.say(conversationId, () => encodeCircleRecord({ kind: 'report', circle, about, text }))
  }

  /** @throws Fault `not-found`, `wrong-state` */
  leave(id: CircleId): CircleView {
    const { database } = this.#desk
    const circle = getCircle(database, id)
    if (circle.conversationId === undefined) throw new Fault('wrong-state', 'A host does not leave: the circle ends')
    requireState(circle, 'accepting', 'joining', 'active')
    // nothing is read or written from here on, however long it takes to tell the host
    database.transaction(() => closeCircle(database, id, 'leaving'))
    return this.#did(id)
  }

  /** @throws Fault `not-found`, `wrong-state` */
  end(id: CircleId): CircleView {
    endCircle(this.#desk, id)
    return this.#did(id)
  }

  /** @throws Fault `not-found`, `wrong-state` (not over, or not told yet) */
  forget(id: CircleId): void {
    const { database } = this.#desk
    const circle = getCircle(database, id)
    const isOpen = circle.conversationId !== undefined && openConversations(database).includes(circle.conversationId)
    // whom nobody can tell is not waited for
    requireState(circle, 'left', 'removed', 'ended', ...(isOpen ? [] : ['leaving' as const]))
    const waits = database.get(`SELECT 1 AS waits FROM circle_guests WHERE circle_id = ? AND state = 'removing'`, [id])
    if (waits !== undefined) throw new Fault('wrong-state', 'Members are still to be told that the circle has ended')
    database.run('DELETE FROM circles WHERE id = ?', [id])
    this.#changed(id)
  }

  #say(circleId: CircleId, clientId: MessageId, said: CircleContent): CircleMessageView {
    const { database } = this.#desk
    if (say(this.#desk, circleId, clientId, said)) this.#did(circleId)
    const message = findMessage(database, clientId)
    if (message === undefined) throw new Fault('not-found', 'No such message')
    return messageView(database, getCircle(database, circleId), message)
  }

  /** A wish was saved: what there is to do about it begins. */
  #did(id: CircleId): CircleView {
    this.#changed(id)
    this.#wake()
    this.#leaveEpoch(id)
    return this.view(id)
  }

  /** What is on its way to an epoch that another has followed is on its way to those who were taken out: it ends. */
  #leaveEpoch(id: CircleId): void {
    const circle = findCircle(this.#desk.database, id)
    if (circle?.epoch === this.#epochs.get(id)) return
    if (circle === undefined) this.#epochs.delete(id)
    else this.#epochs.set(id, circle.epoch)
    for (const jobs of this.#posting.values()) jobs.cancel(postingSubject(id))
  }

  #wake(): void {
    this.#upkeep.wake()
    this.wake()
  }

  /** There is more than was asked for. Not awaited, since a poll is under way. */
  #lookAgain(communityId: CommunityId): void {
    const poll = this.#options.members(communityId)?.poller.check() ?? Promise.resolve()
    const kept: Promise<void> = poll.catch(() => {}).finally(() => this.#busy.delete(kept))
    this.#busy.add(kept)
  }

  #changed(id: CircleId): void {
    this.#options.emit({ type: 'circle', circleId: id })
  }
}
