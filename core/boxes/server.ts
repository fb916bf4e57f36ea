import type { Connection, PeerId, Stream } from '@libp2p/interface'
import { hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { random } from '../crypto/random.ts'
import type { PrivateNode } from '../network/libp2p.ts'
import { boxProtocol } from '../network/protocols.ts'
import { acceptBox, acceptTombstone } from './acceptance.ts'
import { zeroCounts, type Counts } from './counts.ts'
import { Frames } from './frames.ts'
import { nowHours } from './hours.ts'
import * as limits from './limits.ts'
import {
  decodeRequest,
  encodeAnswer,
  helloNonceLength,
  type Answer,
  type PlaceProof,
  type RecordName,
  type Request,
} from './messages.ts'
import { isNearer, positionOf, positionOfPlace } from './nearness.ts'
import { inParts } from './parts.ts'
import { isFetchSigned } from './proof.ts'
import { perMinute, Rate } from './rate.ts'
import { refusals, refused } from './refusal.ts'
import type { BoxStore } from './store.ts'

/** What one connection or the whole node may ask; production values in limits.ts. */
export interface ServerLimits {
  readonly storesPerMinute: number
  readonly fetchesPerMinute: number
  readonly getsPerMinute: number
  readonly deletesPerMinute: number
  readonly nodeStoresPerSecond: number
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

type Rates = Record<Request['type'], Rate>

/** A community node's side of the box protocol. PROTOCOL.md section "The box protocol". */
export class BoxServer implements Service {
  readonly #options: BoxServerOptions
  readonly #rates = new WeakMap<Connection, Rates>()
  readonly #nodeRate: Rate
  readonly #serving = new Set<Promise<void>>()
  readonly #counts = zeroCounts()
  #stopping: AbortController | undefined

  constructor(options: BoxServerOptions) {
    this.#options = options
    const perSecond = options.limits.nodeStoresPerSecond
    this.#nodeRate = new Rate(options.clock, { burst: perSecond, perSecond })
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

  /** Proof of work that is asked for now. */
  get workBits(): number {
    return this.#options.workBits + this.#options.store.extraBits
  }

  async #serve(stream: Stream, connection: Connection, stopping: AbortSignal): Promise<void> {
    const { clock, log } = this.#options
    const frames = new Frames(stream, { longest: limits.maxRequest, buffer: 2 * limits.maxRequest })
    const session = new Session(this.#options, this.#ratesOf(connection))
    const answer = (answers: Iterable<Answer>): Promise<void> =>
      withDeadline(clock, limits.requestTime, stopping, async (signal) => {
        for (const each of answers) await frames.write(encodeAnswer(each), signal)
      })
    try {
      await answer([{ type: 'hello', nonce: session.nonce, workBits: this.workBits }])
      for (;;) {
        const frame = await withDeadline(clock, limits.idleStream, stopping, (signal) => frames.read(signal))
        const request = decodeRequest(frame)
        this.#counts.requests[request.type]++
        await answer(
          this.#counted(
            request,
            session.handle(request, () => this.#accept()),
          ),
        )
      }
    } catch (error) {
      if (isFault(error, 'vault-damaged')) this.#options.onDamage?.()
      if (isFault(error, 'malformed', 'unknown-version')) {
        const reason = error.code === 'malformed' ? 'malformed' : 'unknown-version'
        this.#counts.refusals[reason]++
        log.write('debug', 'box.bad-frame')
        await answer([refused(reason)]).catch(() => {})
      } else if (!isFault(error, 'timeout', 'cancelled') && frames.open) log.write('warn', 'box.stream-failed')
      frames.abort()
    }
  }

  #counted(request: Request, answers: Answer[]): Answer[] {
    for (const answer of answers) {
      if (answer.type === 'refused') {
        this.#counts.refusals[answer.reason]++
        this.#options.log.write('debug', 'box.refused', { reason: refusals[answer.reason] })
      } else if (request.type === 'store') this.#counts.stored++
    }
    return answers
  }

  #accept(): Parameters<typeof acceptBox>[1] {
    const { store, clock } = this.#options
    return {
      store,
      clock,
      workBits: () => this.workBits,
      isResponsible: (place) => this.#isResponsible(place),
      rate: this.#nodeRate,
    }
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

  #ratesOf(connection: Connection): Rates {
    const known = this.#rates.get(connection)
    if (known !== undefined) return known
    const { clock, limits } = this.#options
    const rates: Rates = {
      store: perMinute(clock, limits.storesPerMinute),
      fetch: perMinute(clock, limits.fetchesPerMinute),
      get: perMinute(clock, limits.getsPerMinute),
      delete: perMinute(clock, limits.deletesPerMinute),
    }
    this.#rates.set(connection, rates)
    return rates
  }

  async #sweep(stopping: AbortSignal): Promise<void> {
    const { store, clock, log } = this.#options
    while (!stopping.aborted) {
      try {
        const swept = store.sweep(nowHours(clock))
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

/** One stream: its nonce, and what its client has proved. */
class Session {
  readonly nonce = random(helloNonceLength)
  readonly #options: BoxServerOptions
  readonly #rates: Rates
  /** Places for which a good signature was seen, the last used last. */
  readonly #proved = new Set<string>()

  constructor(options: BoxServerOptions, rates: Rates) {
    this.#options = options
    this.#rates = rates
  }

  handle(request: Request, acceptance: () => Parameters<typeof acceptBox>[1]): Answer[] {
    const wait = this.#rates[request.type].take()
    if (wait > 0) return [refused('busy', wait)]
    switch (request.type) {
      case 'store':
        return [acceptBox(request.box, acceptance())]
      case 'delete':
        return [acceptTombstone(request.tombstone, this.#options)]
      case 'fetch':
        return this.#fetch(request.places)
      default:
        return request.names.map((name) => ({ type: 'record', record: this.#get(name) }))
    }
  }

  /** A place without a good signature looks like one at which nothing lies. */
  #fetch(places: readonly PlaceProof[]): Answer[] {
    const { store, clock } = this.#options
    const now = nowHours(clock)
    const found = places.flatMap(({ place, signature }, index) => {
      const readPublic = store.readPublic(place, now)
      if (readPublic === undefined || !this.#isProved(place, signature, readPublic)) return []
      this.#remember(place)
      return [{ index, listed: store.list(place, now) }]
    })
    return inParts(found)
  }

  #get({ place, digest }: RecordName): Bytes | undefined {
    const { store, clock } = this.#options
    return this.#proved.has(hex(place)) ? store.record(place, digest, nowHours(clock)) : undefined
  }

  #isProved(place: Uint8Array, signature: Uint8Array, readPublic: Uint8Array): boolean {
    const node = this.#options.node.peerId.toMultihash().bytes
    return isFetchSigned(signature, { nonce: this.nonce, node, place }, readPublic)
  }

  #remember(place: Uint8Array): void {
    const key = hex(place)
    this.#proved.delete(key)
    this.#proved.add(key)
    const [oldest] = this.#proved
    if (this.#proved.size > limits.rememberedPlaces && oldest !== undefined) this.#proved.delete(oldest)
  }
}
