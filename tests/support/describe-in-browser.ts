import { describe, test } from 'vitest'
import { hasBrowser } from './browser.ts'

/** A suite that needs a browser: skipped with a reason where there is none, failed where CI should have one. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (hasBrowser) {
    describe(name, suite)
    return
  }
  const why = 'neither Chrome nor Chromium is installed, and the bundled one runs on Linux x64 alone'
  if (process.env['CI'] === 'true') {
    test(name, () => {
      throw new Error(`This needs a browser: ${why}`)
    })
    return
  }
  console.log(`Skipped: ${name}: ${why}.`)
  describe.skip(name, suite)
}
