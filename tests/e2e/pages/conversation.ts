import type { Locator, Page } from 'playwright-core'
import { eventually } from '../../support/eventually.ts'
import { tr } from './speech.ts'

export type Delivery = 'Waiting to go out' | 'Waiting to be picked up' | 'Delivered' | 'Read'

function messages(page: Page): Locator {
  return page.getByRole('log', { name: tr(page, 'Messages') }).getByRole('listitem')
}

/** Writes it and presses Enter. */
export async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: tr(page, 'Message') })
  await field.click()
  await field.pressSequentially(text)
  await field.press('Enter')
  await messages(page).filter({ hasText: text }).waitFor()
}

/** What stands in the conversation, in the order of the screen, the writer's name before each. */
export async function log(page: Page): Promise<string[]> {
  return messages(page).evaluateAll((items) =>
    items.map((item) => `${item.firstElementChild?.textContent ?? ''}${item.querySelector('p')?.textContent ?? ''}`),
  )
}

export async function waitToRead(page: Page, text: string): Promise<void> {
  await messages(page).filter({ hasText: text }).first().waitFor({ timeout: 60_000 })
}

/** Waits until one's message says how far it is. */
export async function waitForDelivery(page: Page, text: string, delivery: Delivery): Promise<void> {
  const said = messages(page).filter({ hasText: text }).getByText(tr(page, delivery), { exact: true })
  await said.waitFor({ timeout: 60_000 })
}

/** Looks for mail until `count` messages stand in the conversation. */
export async function waitForCount(page: Page, count: number): Promise<void> {
  const look = page.getByRole('button', { name: tr(page, 'Look for mail') })
  await eventually(
    async () => {
      if ((await messages(page).count()) >= count) return true
      if (await look.isVisible()) await look.click()
      return false
    },
    { what: `${count} messages`, timeoutMs: 60_000, everyMs: 250 },
  )
}

/** Waits until nothing of the last message is below the edge. */
export async function waitForEnd(page: Page): Promise<void> {
  await eventually(
    () =>
      messages(page)
        .last()
        .evaluate((item) => {
          const area = item.closest('.talk-scroll')
          return area !== null && item.getBoundingClientRect().bottom <= area.getBoundingClientRect().bottom + 1
        }),
    { what: 'the last message to be in sight', timeoutMs: 5000 },
  )
}

/** The message with these words. */
export function message(page: Page, text: string): Locator {
  return messages(page).filter({ hasText: text })
}

/** Opens what can be done with a message, and does it. */
export async function act(page: Page, text: string, ...names: readonly string[]): Promise<void> {
  await message(page, text)
    .getByRole('button', { name: tr(page, 'What to do with this message') })
    .click()
  for (const name of names) await page.getByRole('menuitem', { name: tr(page, name), exact: true }).click()
}

/** Answers the question that a deed asks first. */
export async function confirm(page: Page, action: string): Promise<void> {
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: tr(page, action), exact: true })
    .click()
}
