import type { Page } from 'playwright-core'
import { readPng } from '../../support/qr.ts'
import { choose, goTo, press } from './widgets.ts'

export async function reached(page: Page): Promise<void> {
  await goTo(page, 'Community')
  await page.getByText(/\d of \d answer/).waitFor()
}

/** Makes an invite; it is in the clipboard afterwards. */
export async function copyInvite(page: Page): Promise<void> {
  await choose(page, 'One day')
  await press(page, 'Make an invite')
  await page.getByLabel('Invite link').waitFor()
  await press(page, 'Copy')
  await page.getByText('Copied.').waitFor()
}

/** What a phone reads off the screen: the QR code of the invite that was made. */
export async function scanInvite(page: Page): Promise<string> {
  await page.getByText('Show it as a QR code').click()
  const code = page.getByRole('img', { name: 'The invite as a QR code' })
  return readPng(await code.screenshot({ animations: 'disabled' }))
}
