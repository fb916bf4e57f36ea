import type { PeerId } from '@libp2p/interface'
import { setImmediate } from 'node:timers/promises'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { jittered } from '../crypto/random.ts'
import type { PrivateNode } from '../network/libp2p.ts'
import { BoxSession } from './box-session.ts'
import { nowHours } from './hours.ts'
import { handOffInterval, handOffSettle, maxPlaces, replicas } from './limits.ts'
import type { Held } from './messages.ts'
import { isNearer, positionOf, positionOfPlace } from './nearness.ts'
import { patiently } from './replicate.ts'
import type { BoxStore } from './store.ts'

export interface HandOffOptions {
  readonly node: PrivateNode
  readonly store: BoxStore
  /** Other community nodes that this one is connected with. */
  readonly neighbours: () => readonly PeerId[]
  /** Called for each box that a neighbour took. */
  readonly onHandedOff: () => void
  /** Milliseconds; those of limits.ts by default. */
  readonly interval?: number | undefined
  readonly settle?: number | undefined
  readonly clock: Clock
  readonly log: Log
}

/**
 * Passes boxes on to nodes that have come near them: to each neighbour, once it
 * has stayed for a while and every six hours after that, those boxes of which it
 * is among the nearest and that it lacks. So a box outlives the nodes that it
 * was stored on. PROTOCOL.md section "Hand-off".
 */
export class HandOff implements Service {
  readonly #options: HandOffOptions
  readonly #dueAt = new Map<string, number>()
  #stopping: AbortController | undefined
  #running: Promise<void> | undefined
  readonly #flights = new Flights()

  constructor(options: HandOffOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) return
    this.#stopping = new AbortController()
    this.#running = this.#run(this.#stopping.signal)
    await Promise.resolve()
  }

  async stop(): Promise<void> {
    this.#stopping?.abort(new Fault('cancelled', 'The node stops'))
    await this.#running
    await this.#flights.settled()
    this.#stopping = undefined
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, settle = handOffSettle } = this.#options
    while (!signal.aborted) {
      for (const peer of this.#due(settle)) {
        // not due again before this has ended
        this.#dueAt.set(peer.toString(), Infinity)
        void this.#flights.run(() => this.#turn(peer, signal))
      }
      await clock.wait(settle / 10, signal).catch(() => {})
    }
  }

  /** Never fails: who is gone, or not willing, is asked again in the next round. */
  async #turn(peer: PeerId, signal: AbortSignal): Promise<void> {
    const { clock, log, interval = handOffInterval } = this.#options
    try {
      // one that says it is busy for ever is not waited for longer than a round
      const boxes = await withDeadline(clock, interval, signal, (signal) => this.#handTo(peer, signal))
      if (boxes > 0) log.write('info', 'box.handed-off', { boxes })
    } catch (error) {
      if (!signal.aborted) log.write('debug', 'box.hand-off-ended', { fault: isFault(error) })
    }
    if (this.#dueAt.has(peer.toString())) this.#dueAt.set(peer.toString(), clock.now() + jittered(interval, 0.25))
  }

  /** Neighbours whose turn it is. Those that left are forgotten. */
  #due(settle: number): PeerId[] {
    const now = this.#options.clock.now()
    const present = new Map(this.#options.neighbours().map((peer) => [peer.toString(), peer]))
    for (const name of this.#dueAt.keys()) if (!present.has(name)) this.#dueAt.delete(name)
    for (const name of present.keys()) if (!this.#dueAt.has(name)) this.#dueAt.set(name, now + jittered(settle, 0.25))
    return [...present].filter(([name]) => (this.#dueAt.get(name) ?? 0) <= now).map(([, peer]) => peer)
  }

  /** @returns how many boxes it took */
  async #handTo(peer: PeerId, signal: AbortSignal): Promise<number> {
    const { node, store, clock } = this.#options
    const session = new BoxSession({ libp2p: () => node, peer, clock })
    const isNear = this.#nearness(peer)
    let taken = 0
    let after = 0
    try {
      for (;;) {
        signal.throwIfAborted()
        const page = store.page(after, nowHours(clock), 8 * maxPlaces)
        const last = page.at(-1)
        if (last === undefined) return taken
        after = last.id
        const near = page.filter(({ place }) => isNear(place))
        for (let from = 0; from < near.length; from += maxPlaces) {
          taken += await this.#offer(near.slice(from, from + maxPlaces), session, signal)
        }
        // a full store is long, and others want answers
        await setImmediate()
      }
    } finally {
      session.close()
    }
  }

  async #offer(held: readonly Held[], session: BoxSession, signal: AbortSignal): Promise<number> {
    const { store, clock, onHandedOff } = this.#options
    const lacks = await session.lacks(held, signal)
    let taken = 0
    for (const [index, { place, digest }] of held.entries()) {
      const box = lacks[index] === true ? store.record(place, digest, nowHours(clock)) : undefined
      if (box === undefined) continue
      const verdict = await patiently(() => session.store(box, signal), clock, signal)
      if (verdict.type !== 'done') continue
      taken++
      onHandedOff()
    }
    return taken
  }

  /** Whether a neighbour is among the nodes that a writer would choose for a place. */
  #nearness(peer: PeerId): (place: Bytes) => boolean {
    const { node, neighbours } = this.#options
    const own = positionOf(peer)
    const others = [node.peerId, ...neighbours()].filter((each) => !each.equals(peer)).map(positionOf)
    return (place) => {
      const target = positionOfPlace(place)
      let nearer = 0
      for (const other of others) if (isNearer(target, other, own) && ++nearer >= replicas) return false
      return true
    }
  }
}
