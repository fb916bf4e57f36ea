import { words } from './report.ts'

/** Notes promises that fail and nobody waits for, while it watches: an app would end with the first. */
export class Unhandled {
  readonly #found: string[] = []
  readonly #note = (reason: unknown): void => void this.#found.push(words(reason))

  start(): void {
    process.on('unhandledRejection', this.#note)
    process.on('uncaughtExceptionMonitor', this.#note)
  }

  stop(): void {
    process.off('unhandledRejection', this.#note)
    process.off('uncaughtExceptionMonitor', this.#note)
  }

  /** Those since the last call. */
  take(): string[] {
    return this.#found.splice(0)
  }
}
