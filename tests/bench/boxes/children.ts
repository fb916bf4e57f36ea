import { OwnProcess } from '../../support/processes.ts'

/** Child processes of one row: none of them outlives it, however it ends. */
export class Children {
  readonly #all: OwnProcess[] = []
  readonly #killAll = (): void => {
    for (const { child, ended } of this.#all) if (!ended) child.kill('SIGKILL')
  }

  constructor() {
    process.once('exit', this.#killAll)
  }

  /** @param input what it is told: on stdin, since everybody on the machine sees argv */
  start(script: string, input: object, flags: readonly string[] = []): OwnProcess {
    const path = `tests/bench/boxes/${script}`
    const [first, ...others] = [...flags, path]
    const child = new OwnProcess(first, others, { input: JSON.stringify(input) })
    this.#all.push(child)
    return child
  }

  /** SIGKILL ends those too that were stopped. */
  async end(): Promise<void> {
    process.off('exit', this.#killAll)
    await Promise.all(this.#all.map((child) => child.stop('SIGKILL')))
  }
}
