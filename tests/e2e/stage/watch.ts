import type { BrowserContext, Page } from 'playwright-core'

/** Everything that a browser tells or asks without a person seeing it. */
export class Watch {
  /** Requests to anywhere but this machine; each was stopped. */
  readonly strangers: string[] = []
  /** Every address that a page had after it was opened: address bar and history. */
  readonly addresses: string[] = []
  readonly titles: string[] = []
  /** What pages, and the browser on their behalf, wrote to the console; and errors that nobody caught. */
  readonly console: string[] = []

  async follow(context: BrowserContext): Promise<void> {
    await context.route(
      (url) => !isHere(url.href),
      (route) => {
        this.strangers.push(route.request().url())
        return route.abort()
      },
    )
    context.on('request', (request) => {
      if (!isHere(request.url())) this.strangers.push(request.url())
    })
    context.on('console', (message) => this.console.push(`${message.type() as string}: ${message.text()}`))
    context.on('weberror', (error) => this.console.push(`uncaught: ${String(error.error())}`))
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        if (!isHere(socket.url())) this.strangers.push(socket.url())
        else this.addresses.push(socket.url())
      })
    })
  }

  /** Notes what can be seen from outside of the page now. */
  async look(page: Page): Promise<void> {
    this.addresses.push(page.url(), JSON.stringify(await page.evaluate(() => window.history.state)))
    this.titles.push(await page.title())
  }
}

function isHere(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:'
}
