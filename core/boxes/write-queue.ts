import { setImmediate } from 'node:timers/promises'
import type { BoxStore } from './store.ts'

/** At most so many writes in one transaction: reads wait for it. */
const longest = 64

interface Waiting {
  /** Does it, inside a transaction. */
  run(): void
  /** Answers with what it gave last. */
  tell(): void
  fail(error: unknown): void
}

/** Writes that follow each other so closely, in milliseconds, wait for each other. */
const crowded = 5

/**
 * Writes that came in the same turn reach the disk in one transaction: waiting
 * for the disk is what a write costs, and a cheap machine waits long. Nobody is
 * answered before.
 */
export class WriteQueue {
  readonly #store: BoxStore
  readonly #waiting: Waiting[] = []
  #running = false
  #wroteAt = Number.NEGATIVE_INFINITY

  constructor(store: BoxStore) {
    this.#store = store
  }

  /**
   * @param write synchronous; runs again alone where the transaction of many was undone
   * @returns what it gave, once that is on disk
   */
  add<Result>(write: () => Result): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    let given: { readonly result: Result } | undefined
    this.#waiting.push({
      run: () => {
        given = { result: write() }
      },
      tell: () => {
        if (given !== undefined) resolve(given.result)
      },
      fail: reject,
    })
    // one that comes alone need not wait for the end of the turn
    if (!this.#running && performance.now() - this.#wroteAt > crowded) this.#write(this.#waiting.splice(0))
    else if (!this.#running) void this.#run()
    return promise
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      await setImmediate()
      this.#write(this.#waiting.splice(0, longest))
    }
    this.#running = false
  }

  #write(batch: readonly Waiting[]): void {
    try {
      this.#store.atOnce(() => {
        for (const each of batch) each.run()
      })
      for (const each of batch) each.tell()
    } catch (error) {
      // one that fails must not take the others with it
      if (batch.length === 1) batch[0]?.fail(error)
      else for (const each of batch) this.#write([each])
    }
    this.#wroteAt = performance.now()
  }
}
