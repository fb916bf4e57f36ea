import type { VaultView } from '../api/views.ts'
import type { Clock } from '../base/clock.ts'
import type { Bus } from './bus.ts'
import type { Session } from './session.ts'

/** What the router needs of the app. */
export interface AppState {
  readonly bus: Bus
  readonly clock: Clock
  vault(): VaultView
  create(passphrase: string): Promise<VaultView>
  unlock(passphrase: string): Promise<VaultView>
  lock(): Promise<VaultView>
  /** @throws Fault `vault-locked` */
  session(): Session
}
