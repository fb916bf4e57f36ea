import type { Locator, Page } from 'playwright-core'
import { beginsWith, tr } from './speech.ts'
import { press } from './widgets.ts'

export type Part = 'Together' | 'Agreement' | 'Goals' | 'Sessions' | 'Shared' | 'Only you'

/** Goes to one part of the mentorship that is on the page. */
export async function openPart(page: Page, part: Part): Promise<void> {
  await page.getByRole('tab', { name: beginsWith(page, part) }).click()
  await panel(page, part).waitFor()
}

export function panel(page: Page, part: Part): Locator {
  return page.getByRole('tabpanel', { name: beginsWith(page, part) })
}

/** From the conversation to its mentorship. */
export async function fromTalk(page: Page): Promise<void> {
  await press(page.getByRole('navigation', { name: tr(page, 'Mentorship') }), 'Mentorship')
  await page.getByRole('button', { name: tr(page, 'Conversation'), exact: true }).waitFor()
}

/** The section of a text that both write. */
export function text(page: Page, title: string): Locator {
  return page.locator('.shared-text').filter({ hasText: tr(page, title) })
}

/** Writes on at the end of a text of both. */
export async function writeOn(page: Page, title: string, words: string): Promise<void> {
  const section = text(page, title)
  await section.getByRole('button', { name: beginsWith(page, 'Change') }).click()
  await section.getByRole('textbox').press('Control+End')
  await page.keyboard.type(words)
  await press(section, 'Save')
  await section.getByRole('button', { name: beginsWith(page, 'Change') }).waitFor()
}

/** A moment as date and time fields of the page take it, by the clock of its browser. */
export function inFields(at: number, timeZone = 'Europe/Rome'): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('sv', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at)
  const [day = '', time = ''] = parts.split(' ')
  return { day, time }
}

/** A session stands on the page by the clock there, and not by that of the other. */
export async function readsTime(page: Page, at: number, here: string, there: string): Promise<void> {
  const [own, other] = [inFields(at, here).time, inFields(at, there).time]
  if (own === other) throw new Error(`It is ${own} in both`)
  await panel(page, 'Sessions').locator('.session-when').getByText(own).waitFor()
  if ((await panel(page, 'Sessions').innerText()).includes(other)) throw new Error(`${other} is the time elsewhere`)
}

/** When a session is to be, where one is planned. */
export async function fillTime(page: Page, at: number, timeZone?: string): Promise<void> {
  const { day, time } = inFields(at, timeZone)
  await page.getByLabel(tr(page, 'Day'), { exact: true }).fill(day)
  await page.getByLabel(tr(page, 'Time'), { exact: true }).fill(time)
}
