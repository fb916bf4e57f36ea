import { createInterface } from 'node:readline'
import type { Service } from '../../core/base/service.ts'
import { openBrowser } from './browser.ts'
import { LocalServer, type LocalServerOptions } from './server.ts'

/** How long a browser may take until the link is shown after all. */
const patience = 20_000

export interface LocalDoorOptions extends Omit<LocalServerOptions, 'onEntry'> {
  /** Whether to open the person's browser. */
  readonly open: boolean
  /** One line to the person's own terminal. */
  readonly say: (line: string) => void
  /** Enter on it asks for another link. */
  readonly input?: NodeJS.ReadableStream
}

/** The local page, opened in the person's browser; and again whenever they press Enter. */
export class LocalDoor implements Service {
  readonly #options: LocalDoorOptions
  readonly #server: LocalServer
  #removePage = (): void => {}
  #overdue: NodeJS.Timeout | undefined
  #lines: ReturnType<typeof createInterface> | undefined

  constructor(options: LocalDoorOptions) {
    this.#options = options
    this.#server = new LocalServer({ ...options, onEntry: () => this.#entered() })
  }

  /** @throws Fault `port-in-use` */
  async start(): Promise<void> {
    await this.#server.start()
    await this.#invite()
    const { input, say } = this.#options
    if (input === undefined || this.#lines !== undefined) return
    say('Press Enter to open the page again, Ctrl+C to stop.')
    this.#lines = createInterface({ input })
    this.#lines.on('line', () => void this.#invite())
  }

  async stop(): Promise<void> {
    this.#entered()
    this.#lines?.close()
    await this.#server.stop()
  }

  async #invite(): Promise<void> {
    const { open, say } = this.#options
    this.#entered()
    const link = this.#server.newLink()
    if (!open) {
      say(`Open this once, in a browser on this machine: ${link}`)
      return
    }
    const remove = await openBrowser(link)
    if (remove === undefined) {
      say(`No browser could be opened. Open this once, in a browser on this machine: ${link}`)
      return
    }
    this.#removePage = remove
    if (!this.#server.sessions.waiting) {
      this.#entered()
      return
    }
    this.#overdue = setTimeout(() => {
      if (this.#server.sessions.waiting) say(`No page has come yet. Open this once, on this machine: ${link}`)
    }, patience)
    this.#overdue.unref()
  }

  #entered(): void {
    clearTimeout(this.#overdue)
    this.#removePage()
    this.#removePage = () => {}
  }
}
