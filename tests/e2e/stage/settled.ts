import type { Page } from 'playwright-core'

/** Milliseconds that a picture may take to follow the window, the theme or the language. */
const patience = 1000

/** What is wrong with a picture that has settled: looks again while something is, and time is left. */
export async function settled(page: Page, look: (page: Page) => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + patience
  for (;;) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    const found = await look(page)
    if (found.length === 0 || performance.now() > until) return found
  }
}
