import type { Locator, Page } from 'playwright-core'
import { goTo, heading, press } from './widgets.ts'

export async function open(page: Page): Promise<void> {
  await goTo(page, 'You')
  await press(page, 'Personal invites')
  await heading(page, 'Personal invites').waitFor()
}

export function invites(page: Page): Locator {
  return page.getByRole('list', { name: 'Your personal invites' }).getByRole('listitem')
}

/** What is handed on, of the one with this note; it must be open. */
export function textOf(page: Page, note: string): Promise<string> {
  return page.getByLabel(`Personal invite: ${note}`).inputValue()
}
