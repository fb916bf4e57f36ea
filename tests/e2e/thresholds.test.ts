import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { tabTo } from './pages/keyboard.ts'
import * as welcome from './pages/welcome.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakByChoice, speakBySettings, type AuditOptions } from './stage/audit.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* The screens before the app itself, and what it looks like with nothing in it. */

const said = [words.community, words.mentor, 'Staffetta', 'English', 'Italiano']

describeInBrowser('every screen on the way in', () => {
  const step = walk()
  let stage: Stage
  let person: Person
  let speak: AuditOptions['speak']

  const looksRight = async (name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('thresholds')
    person = await stage.person('newcomer')
    speak = speakByChoice(person.page)
  })
  afterAll(() => stage?.close())

  step('a vault to be made', () => looksRight('vault'))

  step('a passphrase that will not do', async () => {
    await write(person.page.getByLabel('Passphrase', { exact: true }), 'secret')
    await press(person.page, 'Begin')
    await person.page.getByText('This one could be guessed. Add more words.').waitFor()
    await person.page.getByText('The two are not the same.').waitFor()
    // once, and not by the meter as well
    expect(await person.page.getByText(/could be guessed/i).count()).toBe(1)
    await looksRight('vault-refused')
  })

  step('a passphrase proposed', async () => {
    await press(person.page, 'Propose one')
    const proposal = await person.page.locator('.proposal').innerText()
    expect(proposal.split(' ')).toHaveLength(5)
    said.push(proposal)
    await press(person.page, 'Use this one')
    await person.page.getByText('Strong', { exact: true }).waitFor()
    // nobody has got anything wrong yet
    expect(await person.page.getByText('The two are not the same.').count()).toBe(0)
    await press(person.page, 'Begin')
    await person.page.getByText('The two are not the same.').waitFor()
    await looksRight('vault-proposed')
  })

  step('an invite to be pasted', async () => {
    await welcome.createVault(person.page, person.passphrase)
    speak = speakBySettings(person.page, await person.client())
    await looksRight('invite')
  })

  step('a community to be started', async () => {
    await choose(person.page, 'I start a new community')
    await person.page.getByText('I have a computer that is always on').click()
    await looksRight('community')
  })

  step('a pseudonym to be chosen', async () => {
    await write(person.page.getByLabel('Name of the community'), words.community)
    await press(person.page, 'Create the community')
    await heading(person.page, 'Choose a pseudonym').waitFor()
    await looksRight('pseudonym')
  })

  step('a weave', async () => {
    await welcome.takeName(person.page, words.mentor)
    await looksRight('weave')
  })

  step('nothing to discover', async () => {
    await welcome.lookAround(person.page)
    await person.page.getByText('Quiet so far').waitFor()
    await person.page.getByRole('heading', { name: 'Arts' }).waitFor()
    await looksRight('discover-empty')
  })

  step('nobody to talk with', async () => {
    await goTo(person.page, 'People')
    await person.page.getByText('Nobody yet').waitFor()
    await looksRight('people-empty')
  })

  step('nothing written', async () => {
    await goTo(person.page, 'You')
    await person.page.getByText('Nothing yet').waitFor()
    await looksRight('you-empty')
  })

  step('a community on this device', async () => {
    await goTo(person.page, 'Community')
    await looksRight('community-hosted')
  })

  step('locked where there is no room for the rail, by keyboard', async () => {
    const { page } = person
    await page.setViewportSize({ width: 390, height: 844 })
    for (const section of ['Discover', 'You'] as const) {
      await goTo(page, section)
      await tabTo(page, 'Lock')
      await page.keyboard.press('Enter')
      await heading(page, 'Welcome back').waitFor()
      await welcome.unlock(page, person.passphrase)
      await heading(page, 'Discover').waitFor()
    }
    // and from a page that has the window to itself
    await press(page, 'Write')
    await press(page, 'Lock')
    await heading(page, 'Welcome back').waitFor()
    await page.setViewportSize({ width: 1280, height: 800 })
    await welcome.unlock(page, person.passphrase)
    await heading(page, 'Discover').waitFor()
  })

  step('locked', async () => {
    await person.page.getByRole('navigation').getByRole('button', { name: 'Lock' }).click()
    await heading(person.page, 'Welcome back').waitFor()
    speak = speakByChoice(person.page)
    await looksRight('locked')
  })

  step('a page of notes, in a hurry', async () => {
    await welcome.unlock(person.page, person.passphrase)
    await heading(person.page, 'Discover').waitFor()
    speak = undefined
    await person.page.keyboard.press('Escape')
    await person.page.keyboard.press('Escape')
    await heading(person.page, 'Notes').waitFor()
    expect(await person.page.locator('body').innerText()).not.toContain(words.community)
    await looksRight('notes')
    await press(person.page, 'Open')
    await heading(person.page, 'Welcome back').waitFor()
  })

  step('the app is gone', async () => {
    await person.app.stop('SIGKILL')
    await person.page
      .getByText(/Staffetta (has stopped|is not running)/)
      .first()
      .waitFor()
    await looksRight('stopped')
  })
})
