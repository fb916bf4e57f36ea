import { randomInt } from 'node:crypto'
import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'
import type { Log } from './log.ts'
import type { Service } from './service.ts'

/** One piece of work that the vault says is to be done. */
export interface Job {
  /** The same while it is the same piece of work. */
  readonly key: string
  /** What it belongs to: jobs of one subject run one after the other, and are cancelled together. */
  readonly subject: string
  /** ms since 1970 */
  readonly dueAt: number
  /**
   * Does it, and writes into the vault that it is done. Throws to be tried again
   * later; aborted by `signal`, it may stop wherever it is.
   */
  run(signal: AbortSignal): Promise<void>
}

export interface JobsOptions {
  /** Event name in the log. */
  readonly name: string
  /** Reads from the vault what is to be done, now or later. Called again after every change. */
  readonly list: () => readonly Job[]
  readonly clock: Clock
  readonly log: Log
  /** How many at once. */
  readonly width?: number
}

const firstRetry = 2_000
const lastRetry = 5 * 60_000
/** A job that ran and is due again at once waits so long: a loop in the plan must not become a loop in the processor. */
const pauseAfterRun = 1_000
/** The plan is read again at least so often: what is due can depend on the date alone. */
const longestSleep = 30 * 60_000

/** Nothing is planned further ahead: a time beyond was written by a clock that was set back since. */
export const farthestPlan = 36 * 3_600_000

/** When something that the vault wants done at `dueAt` is due: now, where a wrong clock planned it. */
export function dueTime(dueAt: number, now: number): number {
  return dueAt > now + farthestPlan ? now : dueAt
}

interface Running {
  readonly subject: string
  readonly abort: AbortController
  readonly ended: Promise<void>
}

/**
 * Runs what the vault says is to be done, and only that: after a crash the same
 * list is read again, so nothing needs to be remembered here. What fails is
 * tried again, later each time.
 */
export class Jobs implements Service {
  readonly #options: JobsOptions
  readonly #running = new Map<string, Running>()
  readonly #failures = new Map<string, number>()
  readonly #notBefore = new Map<string, number>()
  #stopping: AbortController | undefined
  #loop: Promise<void> = Promise.resolve()
  #wake: AbortController = new AbortController()

  constructor(options: JobsOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) return
    this.#stopping = new AbortController()
    this.#loop = this.#run(this.#stopping.signal)
  }

  async stop(): Promise<void> {
    const stopping = this.#stopping
    if (stopping === undefined) return
    stopping.abort(cancelled())
    this.#wake.abort()
    await this.#loop
    for (const { abort } of this.#running.values()) abort.abort(cancelled())
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
    this.#failures.clear()
    this.#notBefore.clear()
    if (this.#stopping === stopping) this.#stopping = undefined
  }

  /** The list may have changed, or the network is back: reads it again, and tries at once what had failed. */
  wake(): void {
    this.#notBefore.clear()
    this.#failures.clear()
    this.#wake.abort()
  }

  /** Aborts what runs for a subject. Its other jobs wait until that has ended. */
  cancel(subject: string): void {
    for (const running of this.#running.values()) if (running.subject === subject) running.abort.abort(cancelled())
    this.wake()
  }

  /** When the first job of a subject that has failed is tried again, ms since 1970; undefined where none has. */
  nextTry(subject: string): number | undefined {
    const times = this.#options
      .list()
      .filter((job) => job.subject === subject && this.#failures.has(job.key))
      .map(({ key }) => this.#notBefore.get(key) ?? 0)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wake = new AbortController()
      const sleep = this.#launchDue()
      await this.#options.clock.wait(sleep, AbortSignal.any([signal, this.#wake.signal])).catch(() => {})
    }
  }

  /** @returns for how long there is nothing to do, in ms */
  #launchDue(): number {
    const { clock, log, name, width = 2 } = this.#options
    const now = clock.now()
    let jobs: readonly Job[]
    try {
      jobs = this.#options.list()
    } catch {
      // a full disk, for one: nothing is lost, the list is read again
      log.write('error', `${name}.list-failed`)
      return lastRetry
    }
    this.#forgetOthers(new Set(jobs.map(({ key }) => key)))
    const busy = new Set([...this.#running.values()].map(({ subject }) => subject))
    let next = now + longestSleep
    for (const job of jobs.toSorted((a, b) => a.dueAt - b.dueAt)) {
      if (busy.has(job.subject)) continue
      const pause = this.#notBefore.get(job.key) ?? 0
      const due = Math.max(dueTime(job.dueAt, now), pause > now + 2 * lastRetry ? 0 : pause)
      if (due > now) next = Math.min(next, due)
      else if (this.#running.size < width) {
        busy.add(job.subject)
        this.#launch(job)
      }
    }
    return next - now
  }

  #launch(job: Job): void {
    const { clock, log, name } = this.#options
    const abort = new AbortController()
    const ended = (async () => {
      try {
        await job.run(abort.signal)
        this.#failures.delete(job.key)
        this.#notBefore.set(job.key, clock.now() + pauseAfterRun)
      } catch {
        if (abort.signal.aborted) return
        const failures = (this.#failures.get(job.key) ?? 0) + 1
        this.#failures.set(job.key, failures)
        const delay = Math.min(lastRetry, firstRetry * 2 ** (failures - 1))
        this.#notBefore.set(job.key, clock.now() + delay + randomInt(0, Math.ceil(delay / 4)))
        log.write('info', `${name}.retry`, { failures })
      } finally {
        this.#running.delete(job.key)
        this.#wake.abort()
      }
    })()
    this.#running.set(job.key, { subject: job.subject, abort, ended })
  }

  #forgetOthers(keys: ReadonlySet<string>): void {
    for (const memory of [this.#failures, this.#notBefore]) {
      for (const key of memory.keys()) if (!keys.has(key)) memory.delete(key)
    }
  }
}

function cancelled(): Fault<'cancelled'> {
  return new Fault('cancelled', 'The work was cancelled')
}
