import type { Locator, Page } from 'playwright-core'
import { message } from './conversation.ts'

export interface Chosen {
  readonly name: string
  readonly mimeType: string
  readonly bytes: Uint8Array
}

/** As if the person had chosen it in the system's own window. */
export async function choose(page: Page, { name, mimeType, bytes }: Chosen): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file to send' }).click(),
  ])
  await chooser.setFiles({ name, mimeType, buffer: Buffer.from(bytes) })
}

export function file(page: Page, name: string): Locator {
  return message(page, name)
}

/** How many different colours a picture on the page has. */
export async function colours(page: Page, name: string): Promise<number> {
  return page.getByRole('img', { name: `Picture: ${name}` }).evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return 0
    const { width, height } = element
    const pixels = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
    const seen = new Set<number>()
    for (let at = 0; at < pixels.length; at += 4) {
      seen.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0))
    }
    return seen.size
  })
}

/** The person says no, as they cannot in a browser without a window; or their own answer counts again. */
export async function refuseMicrophone(page: Page, isRefused: boolean): Promise<void> {
  await page.evaluate((isRefused) => {
    const name = 'getUserMedia'
    if (!isRefused) Reflect.deleteProperty(navigator.mediaDevices, name)
    else {
      const refuse = (): Promise<never> => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
      Object.defineProperty(navigator.mediaDevices, name, { configurable: true, value: refuse })
    }
  }, isRefused)
}

/** Plays a voice note to its end. That it plays is looked for before the press: it is over in a moment. */
export async function play(within: Page | Locator): Promise<void> {
  const button = within.getByRole('button', { name: 'Play the voice note' })
  await Promise.all([within.getByText('It plays').waitFor({ timeout: 60_000 }), button.click({ timeout: 60_000 })])
  await button.waitFor()
}
