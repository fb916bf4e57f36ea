/**
 * One queue for each key: bodies under the same key run one after the other,
 * in the order in which they asked. Not reentrant: a body that asks for its own
 * key again would wait for itself.
 */
export class Locks {
  readonly #tails = new Map<string, Promise<void>>()

  async run<Result>(key: string, body: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key)
    const { promise: mine, resolve: release } = Promise.withResolvers<void>()
    this.#tails.set(key, mine)
    await before
    try {
      return await body()
    } finally {
      release()
      // the last one out forgets the key, so that the map does not grow
      if (this.#tails.get(key) === mine) this.#tails.delete(key)
    }
  }
}
