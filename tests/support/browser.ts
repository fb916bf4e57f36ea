import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import bundled from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/** Programs that are Chrome or Chromium, best first. */
const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
/** Where they lie on systems that do not put them on the path. */
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** No window, no sandbox (tests run as root in containers), and nothing that the browser does of its own accord. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  // a microphone that beeps, and a person who always lets it be used: without a window nobody could be asked
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // whatever gets past a test's watch finds no name server
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/** A Chrome or Chromium of this machine, or else the one inside the npm package; undefined where neither runs. */
async function findBrowser(): Promise<string | undefined> {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...places].find(isProgram) ?? (await unpackBundled())
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The package has a binary for Linux on x64 alone. */
async function unpackBundled(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  return bundled.executablePath().catch(() => undefined)
}

const program = await findBrowser()

export const hasBrowser = program !== undefined

export function launchBrowser(): Promise<Browser> {
  if (program === undefined) throw new Error('No browser on this machine')
  return chromium.launch({ executablePath: program, args: flags })
}
