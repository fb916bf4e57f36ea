import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The clock of processes that were started with its `env`. */
export class WrongClock {
  readonly env: NodeJS.ProcessEnv
  readonly #path: string
  #shift = 0

  constructor(directory: string, name: string) {
    this.#path = join(directory, `${name}.clock`)
    this.env = {
      FAULTS_CLOCK: this.#path,
      NODE_OPTIONS: `--import=${new URL('shifted-time.ts', import.meta.url).href}`,
    }
    this.jump(0)
  }

  /** ms that it is off. */
  get shift(): number {
    return this.#shift
  }

  /** Seen by processes that start from now on, and by those that get a SIGUSR2. */
  jump(ms: number): void {
    this.#shift += ms
    writeFileSync(this.#path, String(this.#shift))
  }
}
