import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface OwnProcessOptions {
  readonly env?: NodeJS.ProcessEnv
  /** All of its standard input. */
  readonly input?: string
  /** Its standard input stays open, for `tell`. */
  readonly keepInput?: boolean
  /** What its command is preceded by, to run it in a network namespace for one. */
  readonly within?: readonly string[]
}

/** A child process of ours, whose lines can be waited for. */
export class OwnProcess {
  readonly child: ChildProcessWithoutNullStreams
  readonly #lines: string[] = []
  readonly #waiting = new Set<() => void>()
  /** Rejects once the process has ended. */
  readonly died: Promise<never>
  #ended = false

  constructor(script: string, args: readonly string[], options: OwnProcessOptions = {}) {
    const [command = '', ...words] = [...(options.within ?? []), process.execPath, script, ...args]
    this.child = spawn(command, words, { env: { ...process.env, ...options.env } })
    const keep = (line: string): void => {
      this.#lines.push(line)
      if (this.#lines.length > 2000) this.#lines.shift()
      for (const wake of this.#waiting) wake()
    }
    createInterface(this.child.stdout).on('line', keep)
    createInterface(this.child.stderr).on('line', keep)
    const { promise, reject } = Promise.withResolvers<never>()
    this.died = promise
    // nobody need wait for it
    promise.catch(() => {})
    this.child.once('exit', () => {
      this.#ended = true
      reject(new Error('The process has ended'))
      for (const wake of this.#waiting) wake()
    })
    this.child.stdin.on('error', () => {})
    if (options.keepInput !== true) this.child.stdin.end(options.input ?? '')
  }

  /** One line of input, where it is kept open. */
  tell(line: string): void {
    this.child.stdin.write(`${line}\n`)
  }

  get output(): string {
    return this.#lines.join('\n')
  }

  get ended(): boolean {
    return this.#ended
  }

  /** The first match on a line of its output. @throws Error where it ends or the deadline passes before */
  async line(pattern: RegExp, timeoutMs = 60_000): Promise<RegExpExecArray> {
    const deadline = AbortSignal.timeout(timeoutMs)
    for (;;) {
      for (const line of this.#lines) {
        const match = pattern.exec(line)
        if (match !== null) return match
      }
      if (this.#ended) throw new Error(`The process ended before it said ${String(pattern)}:\n${this.output}`)
      if (deadline.aborted) throw new Error(`The process never said ${String(pattern)}:\n${this.output}`)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake)
          deadline.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        deadline.addEventListener('abort', wake)
      })
    }
  }

  /** @returns the exit code, null where a signal ended it */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.#ended) {
      const exit = once(this.child, 'exit')
      this.child.kill(signal)
      await exit
    }
    return this.child.exitCode
  }

  /** @returns the exit code once it ends by itself */
  async end(): Promise<number | null> {
    if (!this.#ended) await once(this.child, 'exit')
    return this.child.exitCode
  }
}
