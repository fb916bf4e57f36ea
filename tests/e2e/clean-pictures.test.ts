import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import { stripPicture } from '../../core/files/strip.ts'
import { launchBrowser } from '../support/browser.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { gif, pictures, telling } from '../support/pictures.ts'

/** As a browser shows it: how large, and every pixel. */
async function shown(page: Page, bytes: Bytes, type: string): Promise<{ size: number[]; pixels: string }> {
  return page.evaluate(
    async ({ encoded, type }) => {
      const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: 'from-image' })
      const canvas = document.createElement('canvas')
      canvas.width = bitmap.width
      canvas.height = bitmap.height
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('There is no canvas')
      context.drawImage(bitmap, 0, 0)
      return {
        size: [bitmap.width, bitmap.height],
        pixels: context.getImageData(0, 0, bitmap.width, bitmap.height).data.join(' '),
      }
    },
    { encoded: Buffer.from(bytes).toString('base64'), type },
  )
}

describeInBrowser('a clean picture in a browser', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    page = await browser.newPage()
  })

  afterAll(() => browser.close())

  it.each(Object.entries({ ...pictures, gif }))('looks as it did, to the pixel: %s', async (_name, bytes) => {
    const { bytes: clean, type } = await stripPicture(bytes)
    expect(await shown(page, clean, type)).toEqual(await shown(page, bytes, type))
  })

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('looks as it did, and is turned as it was: %s', async (kind) => {
    const dirty = telling(6)[kind]
    const { bytes: clean, type } = await stripPicture(dirty)
    const before = await shown(page, dirty, type)
    expect(await shown(page, clean, type)).toEqual(before)
    // a quarter turn: what was 16 wide is 12 wide, where the browser heeds it
    if (kind === 'jpeg') expect(before.size).toEqual([12, 16])
  })

  it.each(['jpeg', 'webp'] as const)('has the colours of its profile: %s', async (kind) => {
    // red and blue change their places
    const bytes = pictures[kind].slice()
    const found = Buffer.from(bytes.buffer)
    const [red, blue] = [found.indexOf('rXYZ'), found.indexOf('bXYZ')]
    expect(Math.min(red, blue)).toBeGreaterThan(0)
    found.write('bXYZ', red, 'latin1')
    found.write('rXYZ', blue, 'latin1')
    const { bytes: clean, type } = await stripPicture(bytes)
    const before = await shown(page, bytes, type)
    expect(before.pixels).not.toBe((await shown(page, pictures[kind], type)).pixels)
    expect(await shown(page, clean, type)).toEqual(before)
  })
})
