import type { VaultView } from './api/views.ts'
import { systemClock, type Clock } from './base/clock.ts'
import { Fault } from './base/fault.ts'
import { silentLog, type Log } from './base/log.ts'
import type { Service } from './base/service.ts'
import type { PassphraseCost } from './crypto/passphrase.ts'
import { createRouter, type AppRouter } from './router/router.ts'
import { AutoLock } from './session/auto-lock.ts'
import { Bus } from './session/bus.ts'
import type { AppState } from './session/app-state.ts'
import type { Tuning } from './session/membership.ts'
import { migrations } from './session/migrations.ts'
import { Session } from './session/session.ts'
import { ProfileLock } from './vault/profile-lock.ts'
import { Vault } from './vault/vault.ts'

export interface AppOptions {
  /** Of this profile alone; made where it is not there. */
  readonly directory: string
  readonly clock?: Clock
  readonly log?: Log
  readonly tuning?: Tuning & { readonly passphraseCost?: PassphraseCost }
}

/** The whole product without a window: `router` answers the contract of core/api. */
export interface App extends Service {
  readonly router: AppRouter
}

/** Builds the app of one profile. `start` takes the profile (Fault `profile-in-use`), `stop` locks the vault. */
export function createApp(options: AppOptions): App {
  return new StaffettaApp(options)
}

class StaffettaApp implements App, AppState {
  readonly router: AppRouter
  readonly bus = new Bus()
  readonly clock: Clock
  readonly #options: AppOptions
  readonly #log: Log
  readonly #lock: ProfileLock
  readonly #vault: Vault
  #session: Session | undefined
  #autoLock: AutoLock | undefined
  /** Opening and closing, one after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #started = false

  constructor(options: AppOptions) {
    const { directory, clock = systemClock, log = silentLog, tuning } = options
    this.#options = options
    this.#log = log
    this.clock = clock
    this.#lock = new ProfileLock(directory)
    this.#vault = new Vault({
      directory,
      migrations,
      ...(tuning?.passphraseCost === undefined ? {} : { cost: tuning.passphraseCost }),
    })
    this.router = createRouter(this)
  }

  async start(): Promise<void> {
    if (this.#started) return
    await this.#lock.start()
    this.#started = true
  }

  async stop(): Promise<void> {
    if (!this.#started) return
    this.#started = false
    await this.lock()
    this.bus.close()
    await this.#lock.stop()
  }

  vault(): VaultView {
    return { state: this.#vault.state() }
  }

  create(passphrase: string): Promise<VaultView> {
    return this.#open(() => this.#vault.create(passphrase))
  }

  unlock(passphrase: string): Promise<VaultView> {
    return this.#open(() => this.#vault.unlock(passphrase))
  }

  lock(): Promise<VaultView> {
    return this.#inTurn(async () => {
      const session = this.#session
      this.#session = undefined
      this.#autoLock?.stop()
      try {
        await session?.stop()
      } finally {
        this.#vault.lock()
        if (session !== undefined) this.bus.emit({ type: 'vault', vault: this.vault() })
      }
      return this.vault()
    })
  }

  session(): Session {
    if (this.#session === undefined) throw new Fault('vault-locked', 'The vault is locked')
    this.#autoLock?.touch()
    return this.#session
  }

  #open(open: () => ReturnType<Vault['unlock']>): Promise<VaultView> {
    return this.#inTurn(async () => {
      if (!this.#started) throw new Fault('wrong-state', 'The app is not running')
      const database = await open()
      if (this.#session !== undefined) return this.vault()
      const session = new Session({
        database,
        directory: this.#options.directory,
        clock: this.clock,
        log: this.#log,
        emit: this.bus.emit,
        tuning: this.#options.tuning ?? {},
      })
      try {
        await session.start()
      } catch (error) {
        this.#vault.lock()
        throw error
      }
      this.#session = session
      this.#autoLock = new AutoLock({
        clock: this.clock,
        minutes: () => session.settings.view().autoLockMinutes,
        watched: () => this.bus.watched,
        lock: () => this.lock(),
      })
      this.#autoLock.start()
      this.bus.emit({ type: 'vault', vault: this.vault() })
      return this.vault()
    })
  }

  #inTurn<Result>(body: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(body)
    this.#turn = turn.catch(() => {})
    return turn
  }
}
