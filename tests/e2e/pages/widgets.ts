import type { Locator, Page } from 'playwright-core'

/** As a person does: into the field, and key by key. What was there is replaced. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.click()
  await field.fill('')
  await field.pressSequentially(text)
}

/** A radio button or a checkbox, by the words that belong to it; its own input is too small to be hit. */
export async function choose(within: Page | Locator, name: string): Promise<void> {
  await within.locator('label').filter({ hasText: name }).first().click()
}

export async function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  await within.getByRole('button', { name, exact: true }).click()
}

/** What a screen says when something went wrong. */
export async function alertText(page: Page): Promise<string> {
  const alert = page.getByRole('alert').filter({ hasText: /\S/ })
  await alert.first().waitFor()
  return (await alert.first().innerText()).trim()
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { name, level: 1 })
}

export type Section = 'Discover' | 'People' | 'Mentorships' | 'Library' | 'Community' | 'You' | 'Safety'

export async function goTo(page: Page, section: Section): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${section}`) })
    .click()
}
