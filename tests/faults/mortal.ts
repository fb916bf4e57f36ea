import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '../journey/journey.ts'
import { AppProcess } from '../support/app-process.ts'
import { NodeProcess } from '../support/node-process.ts'

/** A process that is killed at any instant and comes back. */
export interface Mortal {
  start(): Promise<void>
  /** kill -9, and start again. @param meanwhile what happens while it is dead */
  strike(meanwhile?: () => void): Promise<void>
  stop(): Promise<void>
  /** How often it ended by itself or would not start again. */
  readonly crashes: number
}

abstract class Reborn<Life> implements Mortal {
  crashes = 0
  #life: Promise<Life> | undefined
  #striking = false

  protected abstract bear(): Promise<Life>
  protected abstract end(life: Life, how: 'kill' | 'stop'): Promise<void>
  protected abstract hasEnded(life: Life): boolean

  async start(): Promise<void> {
    this.#life ??= this.#begin()
    await this.#life
  }

  async strike(meanwhile: () => void = () => {}): Promise<void> {
    if (this.#striking || this.#life === undefined) return
    this.#striking = true
    try {
      const life = await this.#life
      if (this.hasEnded(life)) this.crashes++
      await this.end(life, 'kill')
      meanwhile()
      this.#life = this.#begin()
      await this.#life
    } finally {
      this.#striking = false
    }
  }

  async stop(): Promise<void> {
    const life = await this.#life?.catch(() => undefined)
    this.#life = undefined
    if (life === undefined) return
    if (this.hasEnded(life)) this.crashes++
    await this.end(life, 'stop')
  }

  protected alive(): Promise<Life> {
    if (this.#life === undefined) throw new Error('Not started')
    return this.#life
  }

  async #begin(): Promise<Life> {
    try {
      return await this.bear()
    } catch (error) {
      this.crashes++
      throw error
    }
  }
}

/** A member's app. `ask` repeats what the death of the process cut off, as a person would. */
export class MortalApp extends Reborn<AppProcess> {
  readonly #directory: string
  readonly #passphrase: string

  constructor(directory: string, passphrase: string) {
    super()
    this.#directory = directory
    this.#passphrase = passphrase
  }

  /** `question` must be harmless to repeat: it looks before it does. @throws Error at the deadline, with the last failure */
  async ask<Answer>(question: (client: Client) => Promise<Answer>, timeoutMs = 120_000): Promise<Answer> {
    const deadline = performance.now() + timeoutMs
    let last: unknown
    while (performance.now() < deadline) {
      try {
        const app = await this.alive()
        return await Promise.race([question(app.client), app.process.died])
      } catch (error) {
        last = error
        await wait(50)
      }
    }
    throw new Error('Asked in vain', { cause: last })
  }

  protected override async bear(): Promise<AppProcess> {
    const app = await AppProcess.start(this.#directory)
    const { state } = await app.client.vault.view()
    const passphrase = this.#passphrase
    if (state === 'absent') await app.client.vault.create({ passphrase })
    else await app.client.vault.unlock({ passphrase })
    return app
  }

  protected override async end(app: AppProcess, how: 'kill' | 'stop'): Promise<void> {
    if (how === 'kill') await app.kill()
    else await app.stop()
  }

  protected override hasEnded(app: AppProcess): boolean {
    return app.process.ended
  }
}

export class MortalNode extends Reborn<NodeProcess> {
  readonly #directory: string
  readonly #within: readonly string[]

  /** @param within a network namespace, see OwnProcessOptions */
  constructor(directory: string, within: readonly string[] = []) {
    super()
    this.#directory = directory
    this.#within = within
  }

  protected override bear(): Promise<NodeProcess> {
    return NodeProcess.run(this.#directory, this.#within)
  }

  protected override async end({ process }: NodeProcess, how: 'kill' | 'stop'): Promise<void> {
    await process.stop(how === 'kill' ? 'SIGKILL' : 'SIGTERM')
  }

  protected override hasEnded({ process }: NodeProcess): boolean {
    return process.ended
  }
}
