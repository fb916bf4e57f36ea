import type { AppEvent } from '../../core/api/events.ts'
import type { MessageView, PrivacyMode } from '../../core/api/views.ts'
import { systemClock } from '../../core/base/clock.ts'
import { freshId, type ConversationId, type MessageId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { Poller } from '../../core/boxes/poller.ts'
import { Circles } from '../../core/circles/circles.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Timing } from '../../core/conversations/timing.ts'
import type { Database } from '../../core/database/database.ts'
import { Files } from '../../core/files/files.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { circleSchema } from './circle-friend.ts'
import { communityId, introduce, pairSchema } from './pair.ts'
import type { Scratch } from './scratch.ts'
import type { TestMember, Testnet } from './testnet.ts'

/** What runs while a talker is online. */
interface Online {
  readonly member: TestMember
  readonly poller: Poller
  readonly conversations: Conversations
  readonly files: Files | undefined
  readonly circles: Circles | undefined
}

export interface TalkerOptions {
  readonly net: Pick<Testnet, 'member' | 'addresses'>
  readonly files: Pick<Scratch, 'database'>
  readonly name: string
  readonly timing?: Partial<Timing>
  /** Of the community nodes, where they are not the net's own. */
  readonly addresses?: readonly string[]
  /** Of a profile: where the contents of files are kept. None are without it. */
  readonly profile?: string
  /** Whether they are in circles. */
  readonly circles?: true
}

/** One person with conversations, over a real vault, a real ratchet and real libp2p nodes; no personas, no offers. */
export class Talker {
  readonly events: AppEvent[] = []
  /** Told of every event besides. */
  onEvent: (event: AppEvent) => void = () => {}
  readonly #options: TalkerOptions
  #database: Database
  #online: Online | undefined

  constructor(options: TalkerOptions) {
    this.#options = options
    this.#database = this.#open()
  }

  #open(): Database {
    return this.#options.files.database(this.#options.name, this.#options.circles === true ? circleSchema : pairSchema)
  }

  /** @throws Error without them */
  get circles(): Circles {
    const { circles } = this.#running
    if (circles === undefined) throw new Error(`${this.#options.name} is in no circles`)
    return circles
  }

  get database(): Database {
    return this.#database
  }

  get conversations(): Conversations {
    return this.#running.conversations
  }

  /** @throws Error without a profile */
  get files(): Files {
    const { files } = this.#running
    if (files === undefined) throw new Error(`${this.#options.name} keeps no files`)
    return files
  }

  get node(): TestMember['node'] {
    return this.#running.member.node
  }

  get #running(): Online {
    if (this.#online === undefined) throw new Error(`${this.#options.name} is away`)
    return this.#online
  }

  readonly #emit = (event: AppEvent): void => {
    this.events.push(event)
    this.onEvent(event)
  }

  async start(privacyMode: PrivacyMode = 'relay'): Promise<void> {
    const { net, timing, addresses = net.addresses, profile } = this.#options
    const clock = systemClock
    const member = await net.member({ privacyMode, addresses })
    const poller = new Poller({ client: member.client, clock, log: silentLog })
    const parts = { database: this.#database, clock, log: silentLog }
    const files =
      profile === undefined
        ? undefined
        : new Files({
            ...parts,
            directory: profile,
            emit: this.#emit,
            fetchVoice: () => false,
          })
    const circles = this.#options.circles === true ? this.#circles(member, poller) : undefined
    const conversations = new Conversations({
      ...parts,
      ...(circles === undefined ? {} : { records: new Map([['circle', circles.records]]) }),
      ratchet: new Ratchet(this.#database, clock),
      emit: (event) => {
        this.#emit(event)
        files?.notice()
      },
      connected: () => files?.wake(),
      members: () => ({ node: member.node, client: member.client, poller, nodes: () => addresses }),
      ...(timing === undefined ? {} : { timing }),
    })
    await conversations.start()
    poller.addSource(conversations.sources(communityId))
    await poller.start()
    conversations.attach(communityId)
    if (circles !== undefined) poller.addSource(circles.sources(communityId))
    await files?.start()
    const lines = conversations.lines(communityId)
    if (lines !== undefined) await files?.attach(communityId, lines)
    this.#online = { member, poller, conversations, files, circles }
    await circles?.start()
    await circles?.attach(communityId)
  }

  #circles({ client, node }: TestMember, poller: Poller): Circles {
    return new Circles({
      database: this.#database,
      clock: systemClock,
      log: silentLog,
      emit: this.#emit,
      say: (id, body) => this.conversations.actions.record(id, 'circle', body),
      names: () => this.#options.name,
      members: () => ({ client, poller, reached: () => node.status().state === 'reached' }),
      timing: { together: 500, tell: 200 },
    })
  }

  /** Goes away in an orderly way. */
  async stop(): Promise<void> {
    const online = this.#online
    if (online === undefined) return
    this.#online = undefined
    await online.circles?.stop()
    await online.files?.stop()
    await online.conversations.stop()
    await online.poller.stop()
    await online.member.stop()
  }

  /** Goes away as a killed process does: its connections break, nothing is said; the vault stays as it is. */
  async kill(): Promise<void> {
    const online = this.#online
    if (online === undefined) return
    for (const connection of online.member.node.libp2p.getConnections()) connection.abort(new Error('killed'))
    await online.member.stop()
    this.#online = undefined
    await online.poller.stop()
    await online.circles?.stop()
    await online.files?.stop()
    await online.conversations.stop()
    this.#database.close()
    this.#database = this.#open()
  }

  /** Looks at the nodes now. */
  async check(): Promise<void> {
    await this.#running.poller.check()
  }

  say(conversationId: ConversationId, text: string): Promise<MessageView> {
    return this.conversations.send({ conversationId, clientId: freshId<MessageId>(), text })
  }

  messages(conversationId: ConversationId, mine: boolean): MessageView[] {
    return this.conversations.messages({ conversationId, limit: 200 }).filter((message) => message.mine === mine)
  }

  heard(conversationId: ConversationId): string[] {
    return this.messages(conversationId, false).map(({ text }) => text)
  }

  delivery(conversationId: ConversationId): (string | null)[] {
    return this.messages(conversationId, true).map(({ delivery }) => delivery)
  }

  channel(conversationId: ConversationId): 'none' | 'relay' | 'direct' {
    return this.conversations.view(conversationId).channel
  }
}

/** Two talkers who know each other; neither is online yet. */
export async function acquaint(
  seeker: Talker,
  mentor: Talker,
): Promise<{ readonly here: ConversationId; readonly there: ConversationId }> {
  const pair = await introduce(seeker.database, mentor.database, systemClock)
  return { here: pair.seeker.id, there: pair.mentor.id }
}
