import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import type { Client } from '../../journey/journey.ts'
import type { Person } from './person.ts'
import { sticksOut } from './room.ts'
import { settled } from './settled.ts'
import { notItalian } from './words.ts'

const wide = { width: 1280, height: 800 }
/** A small telephone. */
const narrow = { width: 390, height: 844 }
/** What is left of the wide window at 200 %. */
const zoomed = { width: 640, height: 400 }
/** With SCREENSHOTS=all every look is kept as a picture too, for eyes. */
const keepsAll = process.env['SCREENSHOTS'] === 'all'

export interface AuditOptions {
  /** What people wrote: not to be translated. */
  readonly said: readonly string[]
  /** Changes the language of what is on the screen, where that can be done. */
  readonly speak: ((language: 'en' | 'it') => Promise<void>) | undefined
}

/**
 * Looks at one screen as many people would: light and dark, with the eyes of a
 * screen reader, on a telephone, at 200 %, in Italian, and from right to left.
 *
 * @returns all that is wrong, one line each
 */
export async function audit(person: Person, name: string, { said, speak }: AuditOptions): Promise<string[]> {
  const { page } = person
  const found: string[] = []
  const note = async (where: string, look: (page: Page) => Promise<string[]>): Promise<void> => {
    found.push(...(await settled(page, look)).map((line) => `${where}: ${line}`))
  }
  const picture = async (look: string): Promise<void> => {
    if (keepsAll) await person.shot(`${name}-${look}`)
  }
  await person.shot(name)
  await note('light', (page) => violations(page))
  await page.emulateMedia({ colorScheme: 'dark' })
  // nothing but the colours is another one
  await note('dark', (page) => violations(page, ['color-contrast']))
  await person.shot(`${name}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })

  await page.setViewportSize(narrow)
  await note('390 px', sticksOut)
  await picture('narrow')
  await page.setViewportSize(zoomed)
  await note('200 %', sticksOut)
  await picture('zoomed')
  await page.setViewportSize(wide)

  if (speak !== undefined) {
    await speak('it')
    await note('Italian', (page) => notItalian(page, said))
    await note('Italian', sticksOut)
    await picture('italian')
    await speak('en')
  }

  await turn(page, 'rtl')
  await note('right to left', sticksOut)
  await picture('mirrored')
  await turn(page, 'ltr')
  return found
}

/** What axe finds that is serious or critical. @param rules all, unless they are named */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // half a megabyte: once for as long as the page lives
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source)
  const options: RunOptions = {
    // nothing is said at length of what is as it should be
    resultTypes: ['violations'],
    ...(rules === undefined ? {} : { runOnly: rules }),
  }
  return page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options)
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`))
  }, options)
}

/** No language of this version is written from right to left; the layout is ready for one. */
export async function turn(page: Page, direction: 'ltr' | 'rtl'): Promise<void> {
  await page.evaluate((direction) => (document.documentElement.dir = direction), direction)
}

/** The language as the settings of an open vault say it, while the screen stays. */
export function speakBySettings(page: Page, client: Client): AuditOptions['speak'] {
  return async (language) => {
    await client.settings.change({ language })
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
  }
}

/** The language as it can be chosen before the vault is open. */
export function speakByChoice(page: Page): AuditOptions['speak'] {
  return async (language) => {
    await page.getByRole('radio', { name: language === 'en' ? 'English' : 'Italiano' }).click()
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
  }
}
