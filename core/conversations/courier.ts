import { Jobs } from '../base/jobs.ts'
import type { CommunityId, ConversationId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { startAll, stopAll, type Service } from '../base/service.ts'
import type { BoxClient } from '../boxes/client.ts'
import type { Poller } from '../boxes/poller.ts'
import type { Lines } from '../files/lines.ts'
import type { MemberNode } from '../network/member-node.ts'
import type { Carried } from './channel/channel.ts'
import { Dialler } from './channel/dialler.ts'
import { Switchboard } from './channel/switchboard.ts'
import { markHeard } from './create.ts'
import type { Desk } from './desk.ts'
import { isStopped, keyState } from './key-state.ts'
import { Mailbox } from './mailbox.ts'
import { itemsFrom } from './outbox.ts'
import type { PresenceBook } from './presence-book.ts'
import { PresencePublisher, presenceSubject } from './presence-publisher.ts'
import { receiveItems, resumeReceiving } from './receiving.ts'
import type { Security } from './security.ts'
import { countersOf, getConversation, isOver, listConversations } from './store.ts'
import type { Timing } from './timing.ts'

/** What a running membership has that conversations use. */
export interface Member {
  readonly node: MemberNode
  readonly client: BoxClient
  readonly poller: Pick<Poller, 'check'>
  /** Addresses of community nodes that this device was told of. */
  nodes(): readonly string[]
}

export interface CourierOptions {
  readonly communityId: CommunityId
  readonly member: Member
  readonly desk: Desk
  readonly presences: PresenceBook
  readonly security: Pick<Security, 'heard'>
  readonly timing: Timing
  readonly log: Log
  /** Tells the windows; called after the commit. */
  readonly changed: (id: ConversationId) => void
  /** Both sides are on a channel. */
  readonly connected: () => void
  /** As `changed`, where something of the other is in the vault now. */
  readonly received: (id: ConversationId) => void
}

/** Carries the mail of one community while its member node runs: over live channels where it can, else by mailbox. */
export class Courier implements Service {
  readonly #options: CourierOptions
  readonly #switchboard: Switchboard
  readonly #publisher: PresencePublisher
  readonly #dialler: Dialler
  /** Stores, deletes and tells where this device is: everything that mines. */
  readonly #posting: Jobs
  readonly #dialling: Jobs
  #unwatch: (() => void) | undefined
  #known = new Set<ConversationId>()
  #reached = false
  #stopping = new AbortController()
  readonly #looking = new Set<Promise<void>>()
  readonly #leaving = new Set<ConversationId>()

  constructor(options: CourierOptions) {
    this.#options = options
    const { communityId, member, desk, presences, timing, log, changed } = options
    const { node, client } = member
    const { clock } = desk
    const conversations = () =>
      listConversations(desk.database, communityId).filter((each) => !each.blocked && !isOver(each))
    const knownNodes = () => [...new Set([...node.knownNodes(), ...member.nodes()])]
    this.#switchboard = new Switchboard({
      node,
      clock,
      log,
      timing,
      conversations,
      knownNodes,
      carried: (id) => this.#carried(id),
      opened: (id) => this.#opened(id),
      ended: (id, lasted) => this.#ended(id, lasted),
    })
    this.#publisher = new PresencePublisher({
      desk,
      communityId,
      client,
      addresses: (direct) => node.addresses(direct),
    })
    this.#dialler = new Dialler({ switchboard: this.#switchboard, presences, clock, conversations, node, knownNodes })
    const live = (id: ConversationId) => this.#switchboard.channels.get(id) !== undefined
    const mailbox = new Mailbox({ desk, communityId, client, timing, live, changed })
    const list = () => [...mailbox.jobs(), ...this.#publisher.jobs()]
    this.#posting = new Jobs({ name: 'mailbox', list, clock, log })
    this.#dialling = new Jobs({ name: 'channel-dial', list: () => this.#dialler.jobs(), clock, log, width: 4 })
  }

  async start(): Promise<void> {
    if (this.#unwatch !== undefined) return
    this.#stopping = new AbortController()
    const { member, timing } = this.#options
    const { libp2p } = member.node
    await startAll([this.#switchboard, this.#posting, this.#dialling])
    libp2p.addEventListener('self:peer:update', this.#moved)
    const unwatch = member.node.onStatus(this.#reachedAgain)
    this.#unwatch = () => {
      libp2p.removeEventListener('self:peer:update', this.#moved)
      unwatch()
    }
    const { desk, communityId } = this.#options
    // told once there is an address to tell, and not before and again
    this.#known = new Set(listConversations(desk.database, communityId).map(({ id }) => id))
    this.#publisher.markAll(timing.firstPresence)
    this.#posting.wake()
    await this.#resume()
  }

  async stop(): Promise<void> {
    if (this.#unwatch === undefined) return
    this.#unwatch()
    this.#unwatch = undefined
    this.#stopping.abort()
    await Promise.all(this.#looking)
    await stopAll([this.#switchboard, this.#posting, this.#dialling])
  }

  /** How a conversation is connected now. */
  channel(id: ConversationId): 'none' | 'relay' | 'direct' {
    const open = this.#switchboard.channels.get(id)
    if (open === undefined) return 'none'
    return open.direct ? 'direct' : 'relay'
  }

  /** What files move over. */
  lines(): Lines {
    const { channels } = this.#switchboard
    return {
      libp2p: this.#options.member.node.libp2p,
      over: (connection) => channels.over(connection),
      connection: (id) => channels.get(id)?.connection,
    }
  }

  /** There is a new message to send. */
  post(id: ConversationId): void {
    const open = this.#switchboard.channels.get(id)
    if (open === undefined) this.#posting.wake()
    else open.channel.fill()
  }

  /** Conversations may have been added: tells their contacts where we are. */
  notice(): void {
    const { desk, communityId } = this.#options
    const known = new Set(listConversations(desk.database, communityId).map(({ id }) => id))
    const fresh = [...known].filter((id) => !this.#known.has(id))
    this.#known = known
    if (fresh.length === 0) return
    for (const id of fresh) this.#publisher.mark(id, 0)
    this.#posting.wake()
    this.#lookFor(fresh)
  }

  /** A new contact is about to say where they are: looking at once spares both the wait for the next poll. */
  #lookFor(fresh: readonly ConversationId[]): void {
    const { desk, member, timing } = this.#options
    const { signal } = this.#stopping
    const look = async (): Promise<void> => {
      for (const delay of timing.firstLooks) {
        await desk.clock.wait(delay, signal)
        await member.poller.check(signal).catch(() => {})
        if (fresh.every((id) => this.#switchboard.channels.get(id) !== undefined)) return
      }
    }
    this.#keep(look())
  }

  /** This side's consent to direct connections changed. */
  consented(id: ConversationId): void {
    const open = this.#switchboard.channels.get(id)
    open?.channel.tellConsent()
    this.#consentChanged(id, 0)
  }

  /** A session reset has come further: the other is told, over the channel where there is one. */
  keysChanged(id: ConversationId): void {
    this.#switchboard.channels.get(id)?.channel.tellKeys()
    this.#publisher.mark(id, 0)
    this.#posting.wake()
  }

  /** Messages arrived by mailbox: they are acknowledged by presence, and their boxes deleted. */
  collected(id: ConversationId): void {
    this.#publisher.mark(id, this.#options.timing.settle)
    this.#posting.wake()
  }

  /** Nothing comes from a blocked contact, and nothing goes to them; afterwards all goes on where it stood. */
  blocked(id: ConversationId, blocked: boolean): void {
    if (blocked) {
      this.#switchboard.channels.get(id)?.channel.close()
      this.#cancel(id)
    } else {
      this.#publisher.mark(id, 0)
      this.#posting.wake()
      this.#dialler.again(id)
      this.#dialling.wake()
    }
  }

  /** The conversation is no longer in the vault. */
  forgotten(id: ConversationId): void {
    this.#switchboard.channels.get(id)?.channel.close()
    this.#known.delete(id)
    this.#publisher.forget(id)
    this.#cancel(id)
  }

  #cancel(id: ConversationId): void {
    this.#posting.cancel(id)
    this.#posting.cancel(presenceSubject(id))
    this.#dialling.cancel(id)
  }

  /** When storing this conversation's messages, which failed, is tried again; undefined where nothing has failed. */
  nextTry(id: ConversationId): number | undefined {
    return this.#posting.nextTry(id)
  }

  /** A presence was read. */
  saw(): void {
    this.#dialling.wake()
  }

  #carried(id: ConversationId): Carried {
    const { desk, changed, received, security } = this.#options
    const { database } = desk
    return {
      counters: () => countersOf(database, id),
      items: (from, limit) => (isStopped(database, id) ? [] : itemsFrom(database, id, from, limit)),
      save: async (items, acknowledged) => {
        const before = countersOf(database, id)
        await receiveItems(desk, id, items, { acknowledged })
        const after = countersOf(database, id)
        if (after.receiveNext > before.receiveNext || after.sendAcked > before.sendAcked) received(id)
        if (isOver(getConversation(database, id))) this.#leave(id)
      },
      keys: () => ({
        generation: getConversation(database, id).generation,
        told: keyState(database, id).attempt?.told,
      }),
      keysHeard: (generation) => security.heard(id, { keys: generation }),
      resetHeard: (reset) => security.heard(id, { reset }),
      consented: (direct) => {
        const theirs = direct ? 1 : 0
        const news = database.run(
          'UPDATE conversations SET direct_theirs = $theirs WHERE id = $id AND direct_theirs <> $theirs',
          { theirs, id },
        )
        if (news === 0) return
        changed(id)
        this.#consentChanged(id, this.#options.timing.settle)
      },
    }
  }

  /** It is over. The last acknowledgement is still to go out. */
  #leave(id: ConversationId): void {
    const { desk, timing } = this.#options
    if (this.#leaving.has(id)) return
    this.#leaving.add(id)
    const leave = async (): Promise<void> => {
      await desk.clock.wait(timing.settle, this.#stopping.signal)
      this.#switchboard.channels.get(id)?.channel.close()
    }
    this.#keep(leave().finally(() => this.#leaving.delete(id)))
  }

  #keep(work: Promise<void>): void {
    const kept: Promise<void> = work.catch(() => {}).finally(() => this.#looking.delete(kept))
    this.#looking.add(kept)
  }

  #consentChanged(id: ConversationId, settle: number): void {
    const { direct } = getConversation(this.#options.desk.database, id)
    const open = this.#switchboard.channels.get(id)
    if (open?.direct === true && !(direct.mine && direct.theirs)) open.channel.close()
    this.#publisher.mark(id, settle)
    this.#posting.wake()
    this.#dialler.again(id)
    this.#dialling.wake()
  }

  #opened(id: ConversationId): void {
    markHeard(this.#options.desk.database, id)
    this.#options.changed(id)
    this.#options.connected()
  }

  #ended(id: ConversationId, lasted: number): void {
    const { changed, timing } = this.#options
    changed(id)
    // the last acknowledgements may not have come through
    this.#publisher.mark(id, timing.settle)
    this.#posting.wake()
    // one that breaks as soon as it is open is not opened for ever: its tries are counted on
    if (lasted >= timing.acknowledge) this.#dialler.again(id)
    this.#dialling.wake()
  }

  /** The addresses at which this device can be reached have changed. */
  readonly #moved = (): void => {
    this.#publisher.markAll(500)
    this.#posting.wake()
  }

  readonly #reachedAgain = (): void => {
    const before = this.#reached
    this.#reached = this.#options.member.node.status().state === 'reached'
    if (before || !this.#reached) return
    this.#posting.wake()
    this.#dialler.againAll()
    this.#dialling.wake()
  }

  /** After a crash there may be messages that wait although their turn has come. */
  async #resume(): Promise<void> {
    const { desk, communityId, received } = this.#options
    for (const { id } of listConversations(desk.database, communityId)) {
      if ((await resumeReceiving(desk, id)) > 0) received(id)
    }
  }
}
