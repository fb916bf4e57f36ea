import type { Connection, Stream } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '../../base/clock.ts'
import { withDeadline } from '../../base/deadline.ts'
import { Fault, isFault } from '../../base/fault.ts'
import type { ConversationId } from '../../base/ids.ts'
import type { Log } from '../../base/log.ts'
import type { Service } from '../../base/service.ts'
import type { MemberNode } from '../../network/member-node.ts'
import { protocolPrefix } from '../../network/protocols.ts'
import { directionOf, otherRole, type Role } from '../chain.ts'
import { agreed, type Conversation } from '../store.ts'
import type { Timing } from '../timing.ts'
import { Channel, type Carried } from './channel.ts'
import { Channels, type OpenChannel } from './channels.ts'
import { initiate, respond } from './opening.ts'
import { Wire } from './wire.ts'

export const channelProtocol = `${protocolPrefix}/channel`

/** Streams whose handshake is not done, over all connections. One more and the oldest has to go. */
const mostUnknown = 16
/** Of one connection: both sides may dial at once, and a pair may have more than one conversation. */
const streamsEach = 4

export interface SwitchboardOptions {
  readonly node: Pick<MemberNode, 'libp2p'>
  /** Addresses of community nodes. */
  readonly knownNodes: () => readonly string[]
  readonly clock: Clock
  readonly log: Log
  readonly timing: Timing
  /** All conversations of the community. */
  readonly conversations: () => readonly Conversation[]
  readonly carried: (id: ConversationId) => Carried
  /** The other has shown that they hold the conversation's secret, and a channel is open. */
  readonly opened: (id: ConversationId) => void
  /** @param lasted for how long the last channel was open, in ms */
  readonly ended: (id: ConversationId, lasted: number) => void
}

/** Opens live channels, answers those that others open, and runs them. */
export class Switchboard implements Service {
  readonly channels = new Channels()
  readonly #options: SwitchboardOptions
  readonly #busy = new Set<Promise<void>>()
  #running: { readonly libp2p: MemberNode['libp2p']; readonly stopping: AbortController } | undefined
  /** Oldest first. */
  readonly #unknown = new Set<Stream>()

  constructor(options: SwitchboardOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#running !== undefined) return
    const { libp2p } = this.#options.node
    this.#running = { libp2p, stopping: new AbortController() }
    await libp2p.handle(channelProtocol, this.#inbound, {
      maxInboundStreams: streamsEach,
      maxOutboundStreams: streamsEach,
      runOnLimitedConnection: true,
      force: true,
    })
  }

  async stop(): Promise<void> {
    const running = this.#running
    if (running === undefined) return
    this.#running = undefined
    running.stopping.abort(new Fault('cancelled', 'The channels are closed'))
    await running.libp2p.unhandle(channelProtocol).catch(() => {})
    this.channels.closeAll()
    await Promise.allSettled(this.#busy)
  }

  /**
   * Opens a channel to where a contact is.
   *
   * @param addresses all of one kind: through relays, or direct
   * @throws Fault `unreachable`, `timeout`, `bad-signature`, `cancelled`
   */
  async open(
    conversation: Conversation,
    { peer, addresses, direct }: { peer: string; addresses: readonly Multiaddr[]; direct: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, timing } = this.#options
    const { libp2p } = this.#options.node
    const connection = await withDeadline(clock, timing.dial, signal, async (signal) => {
      const present = libp2p
        .getConnections(peerIdFromString(peer))
        .find((c) => c.status === 'open' && c.direct === direct)
      return present ?? (await libp2p.dial([...addresses], { signal, force: true }))
    }).catch(unreachable(signal))
    const secret = { channelKey: conversation.channelKey, initiatorWrites: directionOf(conversation.role) }
    const ends = { initiator: libp2p.peerId.toMultihash().bytes, responder: connection.remotePeer.toMultihash().bytes }
    let stream: Stream | undefined
    try {
      const wire = await withDeadline(clock, timing.handshake, signal, async (signal) => {
        stream = await connection.newStream(channelProtocol, { signal, runOnLimitedConnection: true })
        const wire = new Wire(stream)
        await initiate(wire, secret, ends, signal)
        return wire
      })
      this.#begin(conversation, { wire, connection, initiator: conversation.role })
    } catch (error) {
      stream?.abort(new Fault('cancelled', 'The handshake failed'))
      this.#release(connection)
      throw isFault(error) ? error : unreachable(signal)(error)
    }
  }

  readonly #inbound = (stream: Stream, connection: Connection): void => {
    const running = this.#running
    if (running === undefined) {
      stream.abort(new Fault('cancelled', 'The channels are closed'))
      return
    }
    const [oldest] = this.#unknown
    if (this.#unknown.size >= mostUnknown) oldest?.abort(new Fault('cancelled', 'No room for another channel'))
    this.#unknown.add(stream)
    this.#keep(this.#answer(stream, connection, running.stopping.signal).finally(() => this.#unknown.delete(stream)))
  }

  async #answer(stream: Stream, connection: Connection, signal: AbortSignal): Promise<void> {
    const { node, clock, timing, log } = this.#options
    const ends = {
      initiator: connection.remotePeer.toMultihash().bytes,
      responder: node.libp2p.peerId.toMultihash().bytes,
    }
    const known = this.#options
      .conversations()
      // the others are not there at all
      .filter((conversation) => mayUse(conversation, connection))
      .map((conversation) => ({
        channelKey: conversation.channelKey,
        initiatorWrites: directionOf(otherRole(conversation.role)),
        conversation,
      }))
    const wire = new Wire(stream)
    try {
      const found = await withDeadline(clock, timing.handshake, signal, (signal) => respond(wire, known, ends, signal))
      if (found === undefined) throw new Fault('not-found', 'A channel for nobody here')
      this.#begin(found.conversation, { wire, connection, initiator: otherRole(found.conversation.role) })
    } catch {
      log.write('debug', 'channel.not-answered')
      wire.abort()
      this.#release(connection)
    }
  }

  #begin(
    { id }: Conversation,
    { wire, connection, initiator }: { wire: Wire; connection: Connection; initiator: Role },
  ): void {
    const { clock, timing, carried, log } = this.#options
    const channel = new Channel({ wire, carried: carried(id), clock, timing })
    const open: OpenChannel = {
      channel,
      connection,
      initiator,
      peer: connection.remotePeer.toString(),
      direct: connection.direct,
      since: clock.now(),
    }
    // blocked, forgotten, or consent taken back while the other side was waited for
    const meant = this.#options.conversations().some((each) => each.id === id && mayUse(each, connection))
    if (this.#running === undefined || !meant || !this.channels.admit(id, open)) {
      wire.abort()
      this.#release(connection)
      return
    }
    log.write('debug', 'channel.opened', { direct: open.direct })
    this.#keep(this.#run(id, open))
  }

  async #run(id: ConversationId, open: OpenChannel): Promise<void> {
    const { opened, ended, clock, log } = this.#options
    try {
      opened(id)
      const failure = await open.channel.run()
      if (failure !== undefined && !isFault(failure)) log.write('error', 'channel.failed')
      log.write('debug', 'channel.ended', { closed: failure === undefined })
    } finally {
      const last = this.channels.remove(id, open)
      this.#release(open.connection)
      if (last) ended(id, clock.now() - open.since)
    }
  }

  /** A connection to a contact is there for its channels; one to a community node is not ours to close. */
  #release(connection: Connection): void {
    const peer = connection.remotePeer.toString()
    if (this.channels.uses(connection) || this.#options.knownNodes().some((node) => node.endsWith(peer))) return
    this.#keep(connection.close().catch(() => connection.abort(new Fault('cancelled', 'No channel is left'))))
  }

  #keep(work: Promise<void>): void {
    const kept: Promise<void> = work
      .catch(() => this.#options.log.write('error', 'channel.failed'))
      .finally(() => this.#busy.delete(kept))
    this.#busy.add(kept)
  }
}

/** A direct connection shows an address: it is for those whose both sides agreed to one. */
function mayUse({ direct }: Conversation, connection: Connection): boolean {
  return !connection.direct || agreed(direct)
}

/** libp2p's words hold addresses and peer ids: they are not kept. */
function unreachable(signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    signal.throwIfAborted()
    if (isFault(error)) throw error
    throw new Fault('unreachable', 'The contact cannot be reached now', { retryable: true })
  }
}
