import type { Page } from 'playwright-core'
import { tabTo } from './keyboard.ts'

/** The line that stands for many changes in a row. */
export const earlierChanges = /^\d+ earlier changes$/

/** The keyboard reaches it, opens it, and closes it again. @param event what is one of the changes */
export async function opensChanges(page: Page, event: string): Promise<void> {
  const change = page.getByRole('log').getByText(event).first()
  if ((await change.count()) > 0) throw new Error(`“${event}” is not folded`)
  await tabTo(page, earlierChanges)
  await page.keyboard.press('Enter')
  await change.waitFor()
  await page.keyboard.press('Enter')
  await change.waitFor({ state: 'detached' })
}
