import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron as electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ensureBuilt, windowProduct } from '../../main/start/build.ts'
import { findElectron } from '../../main/start/electron-binary.ts'

const root = join(import.meta.dirname, '..', '..')
const program = findElectron(root)?.program

/** Why the real window cannot be opened here; undefined where it can. */
function obstacle(): string | undefined {
  if (program === undefined) return "Electron's program is not installed (npx install-electron)"
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined)
    return 'there is no screen (xvfb-run npm test)'
  if (process.getuid?.() === 0) return "Chromium's sandbox does not run as root"
  return undefined
}

const why = obstacle()
if (why !== undefined) console.log(`The real window is not tested: ${why}.`)

describe.skipIf(why !== undefined)('the real window', () => {
  let directory = ''
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    await ensureBuilt(root, windowProduct, () => {})
    directory = mkdtempSync(join(tmpdir(), 'window-'))
    app = await electron.launch({
      executablePath: program ?? '',
      args: [join(root, windowProduct.result)],
      env: { ...process.env, STAFFETTA_PROFILE: 'test', STAFFETTA_DIRECTORY: directory },
    })
    page = await app.firstWindow()
  }, 180_000)
  afterAll(async () => {
    await app?.close()
    rmSync(directory, { recursive: true, force: true })
  })

  test('shows our page, and reaches the app through its port', async () => {
    expect(page.url()).toBe('app://page/')
    await page.getByRole('button').first().waitFor()
  })

  test('gives the page nothing of Node or Electron', async () => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in globalThis),
    )
    expect(found).toEqual([])
  })

  test('opens no window, goes nowhere, asks nobody', async () => {
    const refused = await page.evaluate(async () => {
      const opened = window.open('https://example.com/')
      const fetched = await fetch('https://example.com/').then(
        () => true,
        () => false,
      )
      const local = await fetch('http://127.0.0.1:9/').then(
        () => true,
        () => false,
      )
      const place = await new Promise<boolean>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(true),
          () => resolve(false),
        ),
      )
      return [opened !== null, fetched, local, place]
    })
    expect(refused).toEqual([false, false, false, false])
    await page.evaluate(() => (window.location.href = 'https://example.com/'))
    expect(page.url()).toBe('app://page/')
    expect(app.windows()).toHaveLength(1)
  })

  test('runs no inline script', async () => {
    const ran = await page.evaluate(() => {
      try {
        const script = document.createElement('script')
        script.textContent = 'globalThis.ran = true'
        document.head.append(script)
      } catch {
        // trusted types refuse the text already
      }
      return 'ran' in globalThis
    })
    expect(ran).toBe(false)
  })

  test('has a title that tells nothing', async () => {
    const titles = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    )
    expect(titles).toEqual(['Staffetta'])
  })
})
