import type { Locator, Page } from 'playwright-core'
import { beginsWith, tr } from './speech.ts'

/* Names of the app's own are said in English, whatever the language of the page. */

/** As a person does: into the field, and key by key. What was there is replaced. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.click()
  await field.fill('')
  await field.pressSequentially(text)
}

/** A radio button or a checkbox, by the words that belong to it; its own input is too small to be hit. */
export async function choose(within: Page | Locator, name: string): Promise<void> {
  await within
    .locator('label')
    .filter({ hasText: tr(within, name) })
    .first()
    .click()
}

/** Opens a list out of sight, and takes one of it. */
export async function select(within: Page | Locator, label: string, option: string | RegExp): Promise<void> {
  await within.getByRole('button', { name: new RegExp(`${tr(within, label)}$`) }).click()
  const page = 'page' in within ? within.page() : within
  const name = typeof option === 'string' ? tr(within, option) : option
  await page.getByRole('option', { name, exact: true }).click()
}

export async function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  const said = typeof name === 'string' ? tr(within, name) : name
  await within.getByRole('button', { name: said, exact: true }).click()
}

/** What a screen says when something went wrong. */
export async function alertText(page: Page): Promise<string> {
  const alert = page.getByRole('alert').filter({ hasText: /\S/ })
  await alert.first().waitFor()
  return (await alert.first().innerText()).trim()
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { name: typeof name === 'string' ? tr(page, name) : name, level: 1 })
}

export type Section = 'Discover' | 'People' | 'Mentorships' | 'Library' | 'Community' | 'You' | 'Safety'

export async function goTo(page: Page, section: Section): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: beginsWith(page, section) })
    .click()
}
