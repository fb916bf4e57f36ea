import { OwnProcess } from '../support/processes.ts'

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Child processes of one row: none of them outlives it, however it ends. */
export class Children {
  readonly #all: OwnProcess[] = []
  readonly #killAll = (): void => {
    for (const { child, ended } of this.#all) if (!ended) child.kill('SIGKILL')
  }
  // a signal by itself would end the bench without a word to anybody
  readonly #exit = (): void => process.exit(130)

  constructor() {
    process.once('exit', this.#killAll)
    for (const signal of endings) process.on(signal, this.#exit)
  }

  /**
   * @param script below tests/bench
   * @param input what it is told: on stdin, since everybody on the machine sees argv
   */
  start(script: string, input: object, flags: readonly string[] = []): OwnProcess {
    const path = `tests/bench/${script}`
    const [first, ...others] = [...flags, path]
    const child = new OwnProcess(first, others, { input: JSON.stringify(input) })
    this.#all.push(child)
    return child
  }

  /** SIGKILL ends those too that were stopped. */
  async end(): Promise<void> {
    process.off('exit', this.#killAll)
    for (const signal of endings) process.off(signal, this.#exit)
    await Promise.all(this.#all.map((child) => child.stop('SIGKILL')))
  }
}
