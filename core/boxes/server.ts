import type { Connection, PeerId, Stream } from '@libp2p/interface'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { PrivateNode } from '../network/libp2p.ts'
import { boxProtocol } from '../network/protocols.ts'
import type { AcceptanceOptions } from './acceptance.ts'
import { zeroCounts, type Counts } from './counts.ts'
import { Frames } from './frames.ts'
import { keptSince } from './hours.ts'
import * as limits from './limits.ts'
import { decodeRequest, encodeAnswer, type Answer, type Request } from './messages.ts'
import { isNearer, positionOf, positionOfPlace } from './nearness.ts'
import { isOffence, Offences } from './offences.ts'
import { inPieces } from './parts.ts'
import { perMinute, Rate } from './rate.ts'
import { refusals, refused, type RefusalReason } from './refusal.ts'
import { ServerStream, type Rates } from './server-stream.ts'
import type { BoxStore } from './store.ts'
import { WriteQueue } from './write-queue.ts'

/** What one connection or the whole node may ask; production values in limits.ts. */
export interface ServerLimits {
  readonly storesPerMinute: number
  readonly fetchesPerMinute: number
  readonly getsPerMinute: number
  readonly deletesPerMinute: number
  readonly havesPerMinute: number
  readonly nodeStoresPerSecond: number
  /** How much later an offence is answered, in ms. */
  readonly refusalPause: number
}

export interface BoxServerOptions {
  readonly node: PrivateNode
  readonly store: BoxStore
  readonly workBits: number
  /** Takes boxes for every place: true for a node that invites name. */
  readonly anchor: boolean
  /** Other community nodes that this one is connected with. */
  readonly neighbours: () => readonly PeerId[]
  readonly limits: ServerLimits
  /** Called when the store turns out to be damaged: it may be called again. */
  readonly onDamage?: () => void
  readonly clock: Clock
  readonly log: Log
}

/** One connection, with all of its streams. */
interface Client {
  readonly rates: Rates
  readonly offences: Offences
}

/** A community node's side of the box protocol. PROTOCOL.md section "The box protocol". */
export class BoxServer implements Service {
  readonly #options: BoxServerOptions
  readonly #clients = new WeakMap<Connection, Client>()
  readonly #writes: WriteQueue
  readonly #acceptance: AcceptanceOptions
  readonly #serving = new Set<Promise<void>>()
  readonly #counts = zeroCounts()
  #stopping: AbortController | undefined

  constructor(options: BoxServerOptions) {
    this.#options = options
    const { store, clock, limits } = options
    this.#writes = new WriteQueue(store)
    this.#acceptance = {
      store,
      clock,
      workBits: () => this.workBits,
      isResponsible: (place) => this.#isResponsible(place),
      rate: new Rate(clock, { burst: limits.nodeStoresPerSecond, perSecond: limits.nodeStoresPerSecond }),
    }
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) return
    const stopping = new AbortController()
    this.#stopping = stopping
    const serve = (stream: Stream, connection: Connection): void => {
      const served = this.#serve(stream, connection, stopping.signal).finally(() => this.#serving.delete(served))
      this.#serving.add(served)
    }
    await this.#options.node.handle(boxProtocol, serve, { maxInboundStreams: limits.streamsPerConnection })
    const swept = this.#sweep(stopping.signal).finally(() => this.#serving.delete(swept))
    this.#serving.add(swept)
  }

  async stop(): Promise<void> {
    if (this.#stopping === undefined) return
    await this.#options.node.unhandle(boxProtocol)
    this.#stopping.abort(new Fault('cancelled', 'The node stops'))
    await Promise.all(this.#serving)
    this.#stopping = undefined
  }

  get counts(): Counts {
    return this.#counts
  }

  countHandedOff(): void {
    this.#counts.handedOff++
  }

  /** Proof of work that is asked for now. */
  get workBits(): number {
    return this.#options.workBits + this.#options.store.extraBits
  }

  async #serve(stream: Stream, connection: Connection, stopping: AbortSignal): Promise<void> {
    const { clock, log } = this.#options
    const frames = new Frames(stream, { longest: limits.maxRequest, buffer: 2 * limits.maxRequest })
    const client = this.#clientOf(connection)
    const served = new ServerStream({
      store: this.#options.store,
      clock,
      rates: client.rates,
      node: this.#options.node.peerId.toMultihash().bytes,
      writes: this.#writes,
      acceptance: this.#acceptance,
    })
    const tell = async (answers: Iterable<Answer>): Promise<void> => {
      for (const some of inPieces(answers)) {
        for (const answer of some) {
          if (answer.type !== 'refused') continue
          this.#refused(answer.reason, connection, client)
          const { refusalPause } = this.#options.limits
          if (refusalPause > 0 && isOffence(answer.reason)) await clock.wait(refusalPause, stopping)
        }
        if (frames.send(some.map(encodeAnswer))) continue
        await withDeadline(clock, limits.requestTime, stopping, (signal) => frames.drained(signal))
      }
    }
    try {
      await tell([{ type: 'hello', nonce: served.nonce, workBits: this.workBits }])
      for (;;) {
        const request = decodeRequest(await this.#read(frames, stopping))
        this.#counts.requests[request.type]++
        await tell(this.#counted(request, await served.handle(request)))
      }
    } catch (error) {
      if (isFault(error, 'vault-damaged')) this.#options.onDamage?.()
      if (isFault(error, 'malformed', 'unknown-version')) await tell([refused(error.code)]).catch(() => {})
      else if (!isFault(error, 'timeout', 'cancelled') && frames.open) log.write('warn', 'box.stream-failed')
      frames.abort()
    }
  }

  *#counted(request: Request, answers: Iterable<Answer>): Generator<Answer> {
    for (const answer of answers) {
      if (request.type === 'store' && answer.type === 'done') this.#counts.stored++
      yield answer
    }
  }

  async #read(frames: Frames, stopping: AbortSignal): Promise<Bytes> {
    const { clock } = this.#options
    const first = await withDeadline(clock, limits.idleStream, stopping, (signal) => frames.readFirst(signal))
    return frames.readRest(first, (read) => withDeadline(clock, limits.requestTime, stopping, read), stopping)
  }

  #refused(reason: RefusalReason, connection: Connection, { offences }: Client): void {
    this.#counts.refusals[reason]++
    this.#options.log.write('debug', 'box.refused', { reason: refusals[reason] })
    if (!offences.count(reason)) return
    this.#counts.offenders++
    this.#options.log.write('info', 'box.offender')
    connection.abort(new Error('The connection is closed for what came over it'))
  }

  /** Whether fewer than 20 of the nodes that we know are nearer to the place than we are. */
  #isResponsible(place: Uint8Array): boolean {
    const { anchor, neighbours, node } = this.#options
    if (anchor) return true
    const target = positionOfPlace(place)
    const own = positionOf(node.peerId)
    const nearer = neighbours().filter((peer) => isNearer(target, positionOf(peer), own))
    return nearer.length < limits.responsibleNodes
  }

  #clientOf(connection: Connection): Client {
    const known = this.#clients.get(connection)
    if (known !== undefined) return known
    const { clock, limits } = this.#options
    const fetch = perMinute(clock, limits.fetchesPerMinute)
    const rates: Rates = {
      store: perMinute(clock, limits.storesPerMinute),
      fetch,
      read: fetch,
      get: perMinute(clock, limits.getsPerMinute),
      delete: perMinute(clock, limits.deletesPerMinute),
      have: perMinute(clock, limits.havesPerMinute),
    }
    const client = { rates, offences: new Offences(clock) }
    this.#clients.set(connection, client)
    return client
  }

  async #sweep(stopping: AbortSignal): Promise<void> {
    const { store, clock, log } = this.#options
    while (!stopping.aborted) {
      try {
        let swept = 0
        for (let some = 1; some > 0 && !stopping.aborted; swept += some) {
          some = await this.#writes.add(() => store.sweep(keptSince(clock)))
        }
        this.#counts.swept += swept
        if (swept > 0) log.write('info', 'box.swept', { boxes: swept })
      } catch (error) {
        if (isFault(error, 'vault-damaged')) this.#options.onDamage?.()
        log.write('error', 'box.sweep-failed')
      }
      await clock.wait(limits.sweepInterval, stopping).catch(() => {})
    }
  }
}
