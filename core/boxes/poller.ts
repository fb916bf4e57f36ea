import type { Clock } from '../base/clock.ts'
import { isFault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import { jittered } from '../crypto/random.ts'
import { placeKey, type ReadCapability } from './capability.ts'
import type { BoxClient, OpenedBox } from './client.ts'
import { Decoys } from './decoys.ts'
import { pollInterval } from './limits.ts'

/** A place that something may come to, and what to do with it. */
export interface Watch {
  readonly capability: ReadCapability
  /** Called again for the same box at every poll while it lies there. */
  handle(box: OpenedBox): Promise<void>
}

export interface PollerOptions {
  readonly client: BoxClient
  readonly clock: Clock
  readonly log: Log
  /** Milliseconds, +/- 20 %. */
  readonly interval?: number
}

/** Looks for mail, among decoys: a member that watches nothing looks like one that does. */
export class Poller implements Service {
  readonly #options: PollerOptions
  readonly #sources: (() => Iterable<Watch>)[] = []
  readonly #turn = new Locks()
  readonly #decoys = new Decoys()
  #stopping: AbortController | undefined
  #running: Promise<void> | undefined

  constructor(options: PollerOptions) {
    this.#options = options
  }

  /** `source` is asked anew at every poll. @returns how to take it away */
  addSource(source: () => Iterable<Watch>): () => void {
    this.#sources.push(source)
    return () => {
      const at = this.#sources.indexOf(source)
      if (at >= 0) this.#sources.splice(at, 1)
    }
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) return
    this.#stopping = new AbortController()
    this.#running = this.#run(this.#stopping.signal)
    await Promise.resolve()
  }

  async stop(): Promise<void> {
    this.#stopping?.abort()
    await this.#running
    await this.#turn.run('', () => Promise.resolve())
    this.#stopping = undefined
  }

  /**
   * Polls everything now. One poll at a time: a call during a poll waits for it and polls again.
   *
   * @returns once all that was found is handled
   * @throws Fault `unreachable`, `cancelled`
   */
  async check(signal?: AbortSignal): Promise<void> {
    const stopping = this.#stopping?.signal
    const either = AbortSignal.any([signal, stopping].filter((each) => each !== undefined))
    await this.#turn.run('', () => this.#poll(either))
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, log, interval = pollInterval } = this.#options
    while (!signal.aborted) {
      try {
        await this.check(signal)
      } catch (error) {
        if (!isFault(error, 'unreachable', 'cancelled')) log.write('warn', 'poll.failed')
      }
      await clock.wait(jittered(interval, 0.2), signal).catch(() => {})
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { client } = this.#options
    const watched = Map.groupBy(this.#watches(), ({ capability }) => placeKey(capability.place))
    const real = [...watched.values()].flatMap(([watch]) => (watch === undefined ? [] : [watch.capability]))
    for (const places of this.#decoys.batches(real)) {
      const found = await client.fetch(places, { signal })
      for (const box of found) {
        for (const watch of watched.get(placeKey(box.place)) ?? []) await this.#handle(watch, box)
      }
    }
  }

  #watches(): Watch[] {
    const { log } = this.#options
    return this.#sources.flatMap((source) => {
      try {
        return [...source()]
      } catch {
        log.write('error', 'poll.source-failed')
        return []
      }
    })
  }

  async #handle(watch: Watch, box: OpenedBox): Promise<void> {
    try {
      await watch.handle(box)
    } catch (error) {
      this.#options.log.write('error', 'poll.handler-failed', { fault: isFault(error) })
    }
  }
}
