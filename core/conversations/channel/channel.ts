import type { Clock } from '../../base/clock.ts'
import { withDeadline } from '../../base/deadline.ts'
import { Fault } from '../../base/fault.ts'
import { Bell } from '../bell.ts'
import type { Item } from '../outbox.ts'
import { receiveWindow } from '../receiving.ts'
import type { Timing } from '../timing.ts'
import type { Frame } from './frames.ts'
import type { Wire } from './wire.ts'

/** What a channel asks of the conversation that it carries. */
export interface Carried {
  /** Counters as they are in the vault now. */
  counters(): { readonly sendAcked: number; readonly receiveNext: number; readonly direct: boolean }
  /** Unacknowledged items from an index on. */
  items(from: number, limit: number): readonly Item[]
  /** Resolves once the item is in the vault, or was there already. */
  arrived(item: Item): Promise<void>
  /** @throws Fault `malformed` where more is acknowledged than was sent */
  acknowledged(count: number): void
  consented(direct: boolean): void
}

const closing = 2_000

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
  readonly #frames: Frame[] = []
  #ackDue = true
  /** Nothing is sent before the other has said what it has. */
  #greeted = false
  /** Index of the next item to go over this channel. */
  #sendNext = 0
  /** Since when the oldest item, or the first frame of all, waits for its acknowledgement. */
  #waitingSince: number
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
    const loops = [this.#read(signal), this.#write(signal), this.#watch(signal)]
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
    if (!this.#greeted) return
    const { sendAcked } = this.#carried.counters()
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
      await this.#take(frame)
    }
  }

  async #take(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'item':
        await this.#carried.arrived(frame)
        this.#ackDue = true
        this.#toWrite.ring()
        break
      case 'ack': {
        const before = this.#carried.counters().sendAcked
        this.#carried.acknowledged(frame.count)
        if (this.#carried.counters().sendAcked > before) this.#waitingSince = this.#clock.now()
        this.#greeted = true
        this.fill()
        break
      }
      case 'consent':
        this.#carried.consented(frame.direct)
        break
      default:
        throw new Fault('malformed', 'A frame of the handshake after it')
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
      if (this.#clock.now() >= this.#saidAt + this.#timing.heartbeat) this.#ackDue = true
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
      const silent = this.#heardAt + this.#timing.silence
      const waiting = !this.#greeted || this.#sendNext > this.#carried.counters().sendAcked
      const late = waiting ? this.#waitingSince + this.#timing.acknowledge : Infinity
      const deadline = Math.min(silent, late)
      if (now >= deadline) throw new Fault('timeout', 'The other side of the channel is silent', { retryable: true })
      await this.#toWatch.wait(deadline - now, this.#clock, signal)
    }
  }
}
