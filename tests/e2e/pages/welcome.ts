import type { Page } from 'playwright-core'
import { tr } from './speech.ts'
import { choose, heading, press, write } from './widgets.ts'

/* The screens before the app itself. Each function ends when the next screen is there. */

export async function createVault(page: Page, passphrase: string): Promise<void> {
  await fillVault(page, passphrase)
  await press(page, 'Begin')
  await heading(page, 'What this protects, and what it does not').waitFor()
  await press(page, 'Skip')
  await heading(page, 'Your community').waitFor()
}

export async function fillVault(page: Page, passphrase: string): Promise<void> {
  await write(page.getByLabel(tr(page, 'Passphrase'), { exact: true }), passphrase)
  await write(page.getByLabel(tr(page, 'The passphrase again')), passphrase)
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await heading(page, 'Welcome back').waitFor()
  await write(page.getByLabel(tr(page, 'Passphrase'), { exact: true }), passphrase)
  await press(page, 'Open')
}

/** @param nodeLink of a community computer that runs already; without, this device hosts */
export async function fillCommunity(page: Page, name: string, nodeLink?: string): Promise<void> {
  await choose(page, 'I start a new community')
  await write(page.getByLabel('Name of the community'), name)
  if (nodeLink === undefined) return
  await page.getByText('I have a computer that is always on').click()
  await paste(page, 'Link of the community computer', nodeLink)
}

export async function createCommunity(page: Page, name: string, nodeLink?: string): Promise<void> {
  await fillCommunity(page, name, nodeLink)
  await press(page, 'Create the community')
  await heading(page, 'Choose a pseudonym').waitFor()
}

/** A link is not typed. */
export async function paste(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(tr(page, label), { exact: true }).click()
  await page.keyboard.insertText(text)
}

export async function join(page: Page): Promise<void> {
  await press(page, 'Join')
  await heading(page, 'Choose a pseudonym').waitFor()
}

export async function takeName(page: Page, pseudonym: string): Promise<void> {
  await choose(page, 'A name of my own')
  await write(page.getByLabel(tr(page, 'Your pseudonym')), pseudonym)
  await press(page, 'Take this name')
  await heading(page, 'This is you').waitFor()
}

export async function lookAround(page: Page): Promise<void> {
  await press(page, 'Look around')
  await heading(page, 'Discover').waitFor()
}
