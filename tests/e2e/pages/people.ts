import type { Locator, Page } from 'playwright-core'
import { eventually } from '../../support/eventually.ts'
import { tr } from './speech.ts'
import { goTo, press } from './widgets.ts'

export type Group = 'Waiting for your answer' | 'Conversations' | 'You introduced yourself to'

export function people(page: Page, group: Group): Locator {
  return page.getByRole('list', { name: tr(page, group) }).getByRole('listitem')
}

/** Looks for mail until someone of this name is there. Mail comes by itself too, but not so soon. */
export async function lookForMail(page: Page, group: Group, name: string): Promise<void> {
  await goTo(page, 'People')
  const look = page.getByRole('button', { name: tr(page, 'Look for mail') })
  await eventually(
    async () => {
      if (await people(page, group).filter({ hasText: name }).isVisible()) return true
      if (await look.isVisible()) await look.click()
      return false
    },
    { what: `${name} under ${group}`, timeoutMs: 60_000, everyMs: 250 },
  )
}

export async function open(page: Page, group: Group, name: string): Promise<void> {
  await people(page, group).filter({ hasText: name }).getByRole('button').click()
}

export async function accept(page: Page, name: string): Promise<void> {
  await press(page, 'Accept')
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor()
}
