import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { focus, tabTo, typeInto } from './pages/keyboard.ts'
import { heading } from './pages/widgets.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* From the first screen to an offer without a pointer: every stop can be seen, in the order of reading. */

describeInBrowser('with the keyboard alone', () => {
  const step = walk()
  let stage: Stage
  let person: Person

  beforeAll(async () => {
    stage = await Stage.open('keyboard')
    person = await stage.person('typist')
  })
  afterAll(() => stage?.close())

  step('a refused passphrase leads back to where it is written', async () => {
    const { page } = person
    await tabTo(page, 'Begin')
    await page.keyboard.press('Enter')
    await page.getByText('This one could be guessed. Add more words.').waitFor()
    expect((await focus(page)).name).toBe('Passphrase')
    await person.shot('refused')
  })

  step('a vault is made', async () => {
    const { page } = person
    await page.keyboard.type(person.passphrase)
    await typeInto(page, 'The passphrase again', person.passphrase)
    await person.shot('vault')
    await page.keyboard.press('Enter')
    await heading(page, 'What this protects, and what it does not').waitFor()
    await tabTo(page, 'Skip')
    await page.keyboard.press('Enter')
    await heading(page, 'Your community').waitFor()
  })

  step('a community is started', async () => {
    const { page } = person
    await tabTo(page, 'I have an invite')
    await page.keyboard.press('ArrowDown')
    expect((await focus(page)).name).toBe('I start a new community')
    await typeInto(page, /^Name of the community/, words.community)
    await tabTo(page, /I have a computer that is always on/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Link of the community computer/)
    await tabTo(page, 'Create the community')
    await person.shot('community')
    await page.keyboard.press('Space')
    await heading(page, 'Choose a pseudonym').waitFor()
  })

  step('a pseudonym is taken', async () => {
    const { page } = person
    await page.getByRole('radio').nth(5).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowUp')
    // a field comes with this choice, and does not pull the arrow keys out of the list
    await page.getByLabel('Your pseudonym').waitFor()
    expect((await focus(page)).name).toBe('A name of my own')
    await typeInto(page, /^Your pseudonym/, words.mentor)
    await page.keyboard.press('Enter')
    await heading(page, 'This is you').waitFor()
    await tabTo(page, 'Look around')
    await page.keyboard.press('Enter')
    await heading(page, 'Discover').waitFor()
  })

  step('the sections are passed over to the page', async () => {
    const { page } = person
    await tabTo(page, 'Skip to the page')
    await person.shot('skip')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Write')
    await page.keyboard.press('Enter')
    await heading(page, 'What can you teach?').waitFor()
    expect(await focus(page)).toMatchObject({ tag: 'h1', name: 'What can you teach?' })
  })

  step('an offer that says nothing leads back to what it lacks', async () => {
    const { page } = person
    await typeInto(page, 'Title', words.title)
    await tabTo(page, 'Publish')
    await page.keyboard.press('Enter')
    await page.getByText('Say a little more than the title.').waitFor()
    expect((await focus(page)).name).toBe('In your words')
    await person.shot('offer-refused')
    await page.keyboard.type(words.text)
    await tabTo(page, 'Publish')
    await page.keyboard.press('Enter')
    await page.getByText('Choose at least one topic.').waitFor()
    expect((await focus(page)).name).toBe('Career guidance')
    await person.shot('topics-refused')
    // one stop for all of them: the arrows go through
    await page.keyboard.press('ArrowDown')
    expect((await focus(page)).name).toBe('Finding a job')
    await page.keyboard.press('End')
    expect((await focus(page)).name).toBe('Open relationships')
    await page.keyboard.press('Tab')
    expect((await focus(page)).name).not.toBe('Career guidance')
    await page.keyboard.press('Shift+Tab')
    expect((await focus(page)).name).toBe('Open relationships')
    await page.keyboard.press('Home')
    expect((await focus(page)).name).toBe('Career guidance')
  })

  step('an offer is written and on its way', async () => {
    const { page } = person
    await page.keyboard.press('Space')
    await tabTo(page, 'Publish')
    await page.keyboard.press('Enter')
    await heading(page, words.title).waitFor()
    expect(await focus(page)).toMatchObject({ tag: 'h1', name: words.title })
    await page.getByText(/^(On its way|Published)$/).waitFor()
    await person.shot('offer')
  })
})
