import type { Locator, Page } from 'playwright-core'
import { eventually } from '../../support/eventually.ts'
import { saying, tr } from './speech.ts'
import { heading, press, write } from './widgets.ts'

export function offers(page: Page): Locator {
  return page.getByRole('list', { name: tr(page, 'Offers and requests') }).getByRole('listitem')
}

export function offer(page: Page, title: string): Locator {
  return offers(page).filter({ hasText: title })
}

export async function search(page: Page, words: string): Promise<void> {
  await write(page.getByRole('searchbox', { name: tr(page, 'Search') }), words)
}

/** Presses a topic of the overview: chosen if it was not, and the other way round. */
export async function pressTopic(page: Page, topic: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: topic, pressed: false }).click()
}

/** Looks again until something of this title is there. */
export async function lookUntilFound(page: Page, title: string): Promise<void> {
  const again = page.getByRole('button', { name: tr(page, 'Look again') })
  await eventually(
    async () => {
      if (await offer(page, title).isVisible()) return true
      await again.click()
      return false
    },
    { what: 'the offer to be found', timeoutMs: 30_000, everyMs: 250 },
  )
}

export async function openOffer(page: Page, title: string): Promise<void> {
  await offer(page, title).getByRole('button').click()
  await heading(page, title).waitFor()
}

export async function introduce(page: Page, words: string): Promise<void> {
  await write(page.getByLabel(tr(page, 'Your words')), words)
  await press(page, 'Introduce yourself')
  await heading(page, saying(page, 'Your introduction to ')).waitFor()
}
