/** Remembers what is under way, so that a service can wait for it before it stops. */
export class Flights {
  readonly #running = new Set<Promise<unknown>>()

  async run<Result>(body: () => Promise<Result>): Promise<Result> {
    const flight = body()
    this.#running.add(flight)
    try {
      return await flight
    } finally {
      this.#running.delete(flight)
    }
  }

  /** Resolves once everything that runs now has ended, well or badly. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running)
  }
}
