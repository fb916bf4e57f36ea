export interface Step {
  readonly name: string
  readonly ok: boolean
  readonly ms: number
}

/** Runs steps one after the other and remembers how long each took. */
export class Steps {
  readonly done: Step[] = []
  readonly #tell: (step: Step) => void

  constructor(tell: (step: Step) => void) {
    this.#tell = tell
  }

  async step<Value>(name: string, body: () => Promise<Value>): Promise<Value> {
    const from = performance.now()
    const end = (ok: boolean): void => {
      const step = { name, ok, ms: Math.round(performance.now() - from) }
      this.done.push(step)
      this.#tell(step)
    }
    try {
      const value = await body()
      end(true)
      return value
    } catch (error) {
      end(false)
      throw error
    }
  }
}
