import { settingsView, type SettingsView } from '../api/views.ts'
import { Fault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  { name: 'settings/1', sql: 'CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT' },
]

const defaults: SettingsView = {
  privacyMode: 'relay',
  language: 'system',
  theme: 'system',
  autoLockMinutes: 15,
  fetchVoice: false,
  readReceipts: false,
  safetyIntro: 'seen',
}

/** What is left out stays as it is. */
export type SettingsWish = { readonly [Name in keyof SettingsView]?: SettingsView[Name] | undefined }

/** The person's choices on this device. */
export class Settings {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Where this version cannot read what another one saved, the defaults hold. */
  view(): SettingsView {
    const rows = this.#database.all<{ name: string; value: string }>('SELECT name, value FROM settings')
    const saved = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
    const known = settingsView.safeParse({ ...defaults, ...saved })
    return known.success ? known.data : defaults
  }

  /** @throws Fault `mode-unavailable` for `tor`, which this version does not have yet */
  change(wish: SettingsWish): SettingsView {
    if (wish.privacyMode === 'tor') throw new Fault('mode-unavailable', 'This version cannot use Tor yet')
    this.#database.transaction(() => {
      for (const [name, value] of Object.entries(wish)) {
        if (value === undefined) continue
        this.#database.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', [name, JSON.stringify(value)])
      }
    })
    return this.view()
  }
}
