import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { localDoor } from '../../../core/api/doors.ts'
import type { Client } from '../../journey/journey.ts'
import { appLink, spawnApp } from '../../support/app-process.ts'
import { DoorClient } from '../../support/door-client.ts'
import type { OwnProcess } from '../../support/processes.ts'
import { listenTo } from '../pages/speech.ts'
import { Watch } from './watch.ts'

/** Where the screenshots of a suite are kept. */
export function screenshots(suite: string): string {
  return join(import.meta.dirname, '..', '..', '..', 'out', 'screenshots', suite)
}

export interface PersonOptions {
  readonly browser: Browser
  readonly name: string
  /** The vault's folder. */
  readonly directory: string
  /** Where screenshots go, under out/screenshots. */
  readonly suite: string
  readonly context?: BrowserContextOptions
}

/** One person: an app of their own in its own process, and a browser profile that shows its page. */
export class Person {
  readonly name: string
  readonly passphrase: string
  readonly watch = new Watch()
  readonly #options: PersonOptions
  #context: BrowserContext | undefined
  #page: Page | undefined
  #app: OwnProcess | undefined
  #doors: DoorClient[] = []
  #shots = 0

  constructor(options: PersonOptions) {
    this.#options = options
    this.name = options.name
    this.passphrase = `a lamp in the window of ${options.name}`
  }

  /** Where the vault lies. */
  get directory(): string {
    return this.#options.directory
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error(`${this.name} has not come yet`)
    return this.#page
  }

  get app(): OwnProcess {
    if (this.#app === undefined) throw new Error(`${this.name} has not come yet`)
    return this.#app
  }

  /** Starts the app, and opens its link in the person's browser. */
  async come(): Promise<void> {
    const { browser, directory, context } = this.#options
    this.#app = spawnApp(directory)
    const { origin, token } = await appLink(this.#app)
    if (this.#context === undefined) {
      this.#context = await browser.newContext({
        locale: 'en-GB',
        timezoneId: 'Europe/Rome',
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...context,
      })
      this.#context.setDefaultTimeout(30_000)
      listenTo(this.#context, context?.locale ?? '')
      await this.#context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await this.watch.follow(this.#context)
    }
    this.#page = await this.#context.newPage()
    await this.#page.goto(`${origin}/#${token}`)
    await this.#page.getByRole('heading', { level: 1 }).waitFor()
  }

  /** The page is closed, and the app ends as by a power cut. */
  async vanish(): Promise<void> {
    this.#closeDoors()
    await this.#page?.close()
    await this.#app?.stop('SIGKILL')
  }

  async leave(): Promise<void> {
    this.#closeDoors()
    await this.#context?.close()
    await this.#app?.stop('SIGTERM')
  }

  /** The contract, as another tab of this browser would speak it: for what a test only needs to be there. */
  async client(): Promise<Client> {
    const secret = await this.page.evaluate((key) => localStorage.getItem(key), localDoor.storageKey)
    const door = await DoorClient.open(new URL(this.page.url()).origin, secret ?? '')
    this.#doors.push(door)
    return door.client
  }

  /** Keeps what is on the screen under out/screenshots, numbered in the order of the visit. */
  async shot(name: string): Promise<void> {
    await this.watch.look(this.page)
    const number = String(++this.#shots).padStart(2, '0')
    const path = join(screenshots(this.#options.suite), `${this.name}-${number}-${name}.png`)
    await mkdir(dirname(path), { recursive: true })
    await this.page.screenshot({ path, animations: 'disabled' })
  }

  #closeDoors(): void {
    for (const door of this.#doors.splice(0)) door.close()
  }
}
