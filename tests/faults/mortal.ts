import { setTimeout as wait } from 'node:timers/promises'
import { ORPCError } from '@orpc/client'
import type { Client } from '../journey/journey.ts'
import { AppProcess, spawnApp } from '../support/app-process.ts'
import { NodeProcess } from '../support/node-process.ts'
import type { OwnProcess, OwnProcessOptions } from '../support/processes.ts'

/** A process that is killed at any instant and comes back. */
export interface Mortal {
  start(): Promise<void>
  /** kill -9, and start again. @param meanwhile what happens while it is dead */
  strike(meanwhile?: () => void | Promise<void>): Promise<void>
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

  async strike(meanwhile: () => void | Promise<void> = () => {}): Promise<void> {
    if (this.#striking || this.#life === undefined) return
    this.#striking = true
    try {
      const life = await this.#life
      if (this.hasEnded(life)) this.crashes++
      await this.end(life, 'kill')
      await meanwhile()
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

/** A process of the app, from the moment on at which it was started: it can be killed before it is ready. */
interface AppLife {
  readonly process: OwnProcess
  readonly ready: Promise<AppProcess>
}

/** A member's app. `ask` repeats what the death of the process cut off, as a person would. */
export class MortalApp extends Reborn<AppLife> {
  readonly #directory: string
  readonly #passphrase: string
  readonly #env: NodeJS.ProcessEnv

  constructor(directory: string, passphrase: string, env: NodeJS.ProcessEnv = {}) {
    super()
    this.#directory = directory
    this.#passphrase = passphrase
    this.#env = env
  }

  /** `question` must be harmless to repeat: it looks before it does. @throws Error at the deadline, with the last failure */
  async ask<Answer>(question: (client: Client) => Promise<Answer>, timeoutMs = 120_000): Promise<Answer> {
    const deadline = performance.now() + timeoutMs
    let last: unknown
    while (performance.now() < deadline) {
      try {
        const { process, ready } = await this.alive()
        const answer = ready.then(({ client }) => question(client))
        // the one that loses may fail later
        answer.catch(() => {})
        return await Promise.race([answer, process.died])
      } catch (error) {
        // the suite's own mistake: no repetition mends it
        if (error instanceof ORPCError && error.code === 'bad-input') throw error
        last = error
        await wait(50)
      }
    }
    throw new Error('Asked in vain', { cause: last })
  }

  /** To the process as it is now, if there is one. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    const { process } = await this.alive()
    process.child.kill(signal)
  }

  protected override async bear(): Promise<AppLife> {
    const process = spawnApp(this.#directory, [], this.#env)
    const ready = this.#unlocked(process)
    // whoever asks hears of it
    ready.catch(() => {})
    return { process, ready }
  }

  async #unlocked(process: OwnProcess): Promise<AppProcess> {
    const app = await AppProcess.enter(process)
    const { state } = await app.client.vault.view()
    const passphrase = this.#passphrase
    if (state === 'absent') await app.client.vault.create({ passphrase })
    else await app.client.vault.unlock({ passphrase })
    return app
  }

  protected override async end({ process, ready }: AppLife, how: 'kill' | 'stop'): Promise<void> {
    if (how === 'stop') await (await ready).stop()
    else await process.stop('SIGKILL')
  }

  protected override hasEnded({ process }: AppLife): boolean {
    return process.ended
  }
}

export class MortalNode extends Reborn<NodeProcess> {
  readonly #directory: string
  readonly #options: Pick<OwnProcessOptions, 'within' | 'env'>

  /** @param options a network namespace, see OwnProcessOptions */
  constructor(directory: string, options: Pick<OwnProcessOptions, 'within' | 'env'> = {}) {
    super()
    this.#directory = directory
    this.#options = options
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    const { process } = await this.alive()
    process.child.kill(signal)
  }

  protected override bear(): Promise<NodeProcess> {
    return NodeProcess.run(this.#directory, this.#options)
  }

  protected override async end({ process }: NodeProcess, how: 'kill' | 'stop'): Promise<void> {
    await process.stop(how === 'kill' ? 'SIGKILL' : 'SIGTERM')
  }

  protected override hasEnded({ process }: NodeProcess): boolean {
    return process.ended
  }
}
