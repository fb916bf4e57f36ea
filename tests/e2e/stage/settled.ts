import type { Page } from 'playwright-core'

/** Milliseconds that a picture may take to follow the window, the theme or the language. */
const patience = 1000
/** On a busy machine one look takes longer than that. */
const leastLooks = 3

/** What is wrong with a picture that has settled: looks again while something is, and time is left. */
export async function settled(page: Page, look: (page: Page) => Promise<string[]>): Promise<string[]> {
  const until = performance.now() + patience
  for (let looks = 1; ; looks++) {
    // a colour that is still on its way to another theme is neither
    await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    })
    const found = await look(page)
    if (found.length === 0 || (looks >= leastLooks && performance.now() > until)) return found
  }
}
