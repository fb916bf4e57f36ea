import { equal, type Bytes } from '../../base/bytes.ts'
import type { Clock } from '../../base/clock.ts'
import { withDeadline } from '../../base/deadline.ts'
import { Fault } from '../../base/fault.ts'
import { Bell } from '../../base/bell.ts'
import type { Item } from '../outbox.ts'
import { receiveWindow } from '../receiving.ts'
import type { Timing } from '../timing.ts'
import type { Frame } from './frames.ts'
import type { Wire } from './wire.ts'

/** An item with the generation of keys that its sender used. */
export interface Arrived extends Item {
  readonly generation: number
}

/** What a channel asks of the conversation that it carries. */
export interface Carried {
  /** Counters as they are in the vault now. */
  counters(): {
    readonly sendAcked: number
    readonly sendNext: number
    readonly receiveNext: number
    readonly direct: boolean
  }
  /** Unacknowledged items from an index on. */
  items(from: number, limit: number): readonly Item[]
  /**
   * Resolves once the items are in the vault, or were there already, and what
   * the other has acknowledged is noted.
   */
  save(items: readonly Arrived[], acknowledged: number): Promise<void>
  consented(direct: boolean): void
  /** Which generation of keys is in use here, and what is to be told of a session reset. */
  keys(): { readonly generation: number; readonly told: Bytes | undefined }
  /** The other uses this generation. Resolves once that is noted. */
  keysHeard(generation: number): Promise<void>
  /** Resolves once what the other told of a reset was looked at. */
  resetHeard(record: Bytes): Promise<void>
}

const closing = 2_000
/** Consent, a reset and its keys, and one more. What else changes in a channel has to wait a little, each. */
const changesAtOnce = 4

/**
 * A live channel whose handshake is done: sends what is unacknowledged, in
 * order and at most a window ahead, and acknowledges what it saved.
 */
export class Channel {
  readonly #wire: Wire
  readonly #carried: Carried
  readonly #clock: Clock
  readonly #timing: Timing
  readonly #stop = new AbortController()
  readonly #toWrite = new Bell()
  readonly #toWatch = new Bell()
  readonly #toSave = new Bell()
  readonly #toRead = new Bell()
  #frames: Frame[] = []
  /** Generations of keys, as told here and by the other. Items go out only while they are the same. */
  readonly #generation = { own: 0, other: 0 }
  #told: Bytes | undefined
  /** Read, and not in the vault yet. */
  #arrived: Arrived[] = []
  /** How much the other says that it has; the vault may hear of it a moment later. */
  #acked = 0
  #ackDue = true
  /** Nothing is sent before the other has said what it has. */
  #greeted = false
  /** Index of the next item to go over this channel. */
  #sendNext = 0
  /** Since when the oldest item, or the first frame of all, waits for its acknowledgement. */
  #waitingSince: number
  /** How often the other has told of consent, keys or a reset. */
  #changes = 0
  #heardAt: number
  #saidAt: number

  constructor(options: {
    readonly wire: Wire
    readonly carried: Carried
    readonly clock: Clock
    readonly timing: Timing
  }) {
    this.#wire = options.wire
    this.#carried = options.carried
    this.#clock = options.clock
    this.#timing = options.timing
    this.#waitingSince = this.#heardAt = this.#saidAt = this.#clock.now()
  }

  /**
   * Runs until one side ends it.
   *
   * @returns why, undefined where `close` was called
   */
  async run(): Promise<unknown> {
    const { signal } = this.#stop
    this.tellConsent()
    this.tellKeys()
    const loops = [this.#read(signal), this.#save(signal), this.#write(signal), this.#watch(signal)]
    const failure = await Promise.race(loops.map((loop) => loop.catch((error: unknown) => error)))
    const closed = signal.aborted
    this.#stop.abort()
    if (closed) await withDeadline(this.#clock, closing, undefined, (late) => this.#wire.close(late)).catch(() => {})
    this.#wire.abort()
    await Promise.allSettled(loops)
    return closed ? undefined : failure
  }

  /** There may be new items. */
  readonly fill = (): void => {
    if (!this.#greeted || this.#generation.own !== this.#generation.other) return
    const sendAcked = this.#sendAcked()
    this.#sendNext = Math.max(this.#sendNext, sendAcked)
    const room = sendAcked + receiveWindow - this.#sendNext
    if (room <= 0) return
    for (const { index, ciphertext } of this.#carried.items(this.#sendNext, room)) {
      if (this.#sendNext === sendAcked) this.#waitingSince = this.#clock.now()
      this.#sendNext = index + 1
      this.#frames.push({ kind: 'item', index, ciphertext })
    }
    this.#toWrite.ring()
    this.#toWatch.ring()
  }

  #sendAcked(): number {
    return Math.max(this.#acked, this.#carried.counters().sendAcked)
  }

  /** A session reset has come further. Items of keys that are gone are not sent any more, and all that waits is sent anew. */
  tellKeys(): void {
    const { generation, told } = this.#carried.keys()
    if (told !== undefined && (this.#told === undefined || !equal(told, this.#told))) {
      this.#told = told
      this.#frames.push({ kind: 'reset', record: told })
    }
    if (generation !== this.#generation.own) {
      this.#generation.own = generation
      this.#frames = this.#frames.filter(({ kind }) => kind !== 'item')
      this.#frames.push({ kind: 'keys', generation })
      this.#sendNext = 0
    }
    this.#toWrite.ring()
    this.fill()
  }

  tellConsent(): void {
    this.#frames.push({ kind: 'consent', direct: this.#carried.counters().direct })
    this.#toWrite.ring()
  }

  close(): void {
    this.#stop.abort(new Fault('cancelled', 'The channel was closed'))
  }

  async #read(signal: AbortSignal): Promise<never> {
    for (;;) {
      const frame = await this.#wire.read(signal)
      this.#heardAt = this.#clock.now()
      await this.#take(frame, signal)
    }
  }

  async #take(frame: Frame, signal: AbortSignal): Promise<void> {
    // each of these is a transaction of its own: a contact does not set their pace
    const isChange = frame.kind === 'consent' || frame.kind === 'keys' || frame.kind === 'reset'
    if (isChange && ++this.#changes > changesAtOnce) await this.#clock.wait(this.#timing.together, signal)
    switch (frame.kind) {
      case 'item':
        // no more than a window waits in memory: the stream holds the rest back
        while (this.#arrived.length >= receiveWindow) await this.#toRead.wait(Infinity, this.#clock, signal)
        this.#arrived.push({ ...frame, generation: this.#generation.other })
        this.#toSave.ring()
        break
      case 'ack':
        this.#acknowledged(frame.count)
        break
      case 'consent':
        this.#carried.consented(frame.direct)
        break
      case 'keys':
        if (frame.generation <= this.#generation.other) throw new Fault('malformed', 'Keys that were left behind')
        this.#generation.other = frame.generation
        this.#sendNext = 0
        this.fill()
        await this.#carried.keysHeard(frame.generation)
        break
      case 'reset':
        await this.#carried.resetHeard(frame.record)
        break
      default:
        throw new Fault('malformed', 'A frame of the handshake after it')
    }
  }

  #acknowledged(count: number): void {
    const { sendAcked, sendNext } = this.#carried.counters()
    if (count > sendNext) {
      throw new Fault('malformed', 'An acknowledgement of what was not sent')
    }
    if (count > this.#sendAcked()) {
      this.#acked = count
      this.#waitingSince = this.#clock.now()
      this.#toSave.ring()
      // not taken when it was told first: a changed key waited for the person
    } else if (count > sendAcked) this.#toSave.ring()
    this.#greeted = true
    this.fill()
  }

  /** What arrives while one transaction is written goes into the next. */
  async #save(signal: AbortSignal): Promise<never> {
    for (;;) {
      await this.#toSave.wait(Infinity, this.#clock, signal)
      // an acknowledgement alone can wait: its answer is often close behind
      if (this.#arrived.length === 0) await this.#toSave.wait(this.#timing.together, this.#clock, signal)
      const items = this.#arrived
      this.#arrived = []
      await this.#carried.save(items, this.#acked)
      this.#toRead.ring()
      if (items.length === 0) continue
      this.#ackDue = true
      this.#toWrite.ring()
    }
  }

  async #write(signal: AbortSignal): Promise<never> {
    for (;;) {
      for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
        await this.#say(frame, signal)
      }
      if (this.#ackDue) {
        this.#ackDue = false
        await this.#say({ kind: 'ack', count: this.#carried.counters().receiveNext }, signal)
        continue
      }
      await this.#toWrite.wait(this.#timing.heartbeat, this.#clock, signal)
      const since = this.#clock.now() - this.#saidAt
      if (since < 0 || since >= this.#timing.heartbeat) this.#ackDue = true
    }
  }

  async #say(frame: Frame, signal: AbortSignal): Promise<void> {
    await this.#wire.write(frame, signal)
    this.#saidAt = this.#clock.now()
  }

  /** Gives the channel up when the other side is silent, or takes too long to acknowledge. */
  async #watch(signal: AbortSignal): Promise<never> {
    for (;;) {
      const now = this.#clock.now()
      // where the clock was set back, the time begins anew instead of standing still
      this.#heardAt = Math.min(this.#heardAt, now)
      this.#waitingSince = Math.min(this.#waitingSince, now)
      const silent = this.#heardAt + this.#timing.silence
      const waiting = !this.#greeted || this.#sendNext > this.#sendAcked()
      const late = waiting ? this.#waitingSince + this.#timing.acknowledge : Infinity
      const deadline = Math.min(silent, late)
      if (now >= deadline) throw new Fault('timeout', 'The other side of the channel is silent', { retryable: true })
      await this.#toWatch.wait(deadline - now, this.#clock, signal)
    }
  }
}
