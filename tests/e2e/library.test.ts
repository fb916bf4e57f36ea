import { afterAll, beforeAll, expect } from 'vitest'
import { createCommunity, createVault, join, words, type Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { tabTo, typeInto } from './pages/keyboard.ts'
import { choose, goTo, heading, press } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* Who looks after a community, topics of its own, and its library: a founder names an editor, who writes; the founder reads offline. */

const title = 'How our choir began'
const text = [
  '# The first evening',
  '',
  'Seven people and **one** piano. See [the score](https://scores.example/first) or https://choir.example.',
  '',
  '- soprano',
  '- alto',
  '',
  '> We sang until the lamp went out.',
  '',
  '<img src=https://evil.example/x.png onerror=alert(1)>',
].join('\n')
/** As it is laid out, piece by piece. */
const pieces = [
  'The first evening',
  'Seven people and ',
  'one',
  ' piano. See ',
  'the score',
  'https://scores.example/first',
  ' or ',
  'https://choir.example',
  'soprano',
  'alto',
  'We sang until the lamp went out.',
  '<img src=https://evil.example/x.png onerror=alert(1)>',
]
const said = [
  ...Object.values(words),
  title,
  text,
  ...pieces,
  'Nonna Ada',
  'Rosa',
  'Choir',
  'Prove',
  'rehearsals',
  'Staffetta',
  // from core's own words
  'Di questa comunità',
]

async function typed(person: Person, name: string | RegExp, key: string): Promise<void> {
  await tabTo(person.page, name)
  await person.page.keyboard.press(key)
}

describeInBrowser('the library', () => {
  const step = walk()
  let stage: Stage
  let founder: Person
  let editor: Person
  let asFounder: Client
  let asEditor: Client
  let home: string
  let desk: string
  let code: string

  beforeAll(async () => {
    stage = await Stage.open('library')
    const nodeLink = await stage.startNode({ workBits: 4 })
    ;[founder, editor] = await Promise.all([stage.person('founder'), stage.person('editor')])
    asFounder = await founder.client()
    asEditor = await editor.client()
    const [one, other] = [
      { client: asFounder, passphrase: founder.passphrase },
      { client: asEditor, passphrase: editor.passphrase },
    ]
    await createVault(one)
    home = await createCommunity(one, nodeLink)
    const { link } = await asFounder.communities.invite({ communityId: home, days: 1 })
    await createVault(other)
    desk = await join(other, link)
    await asFounder.personas.create({ communityId: home, pseudonym: words.mentor })
    await asEditor.personas.create({ communityId: desk, pseudonym: words.seeker })
    await Promise.all([founder, editor].map(({ page }) => heading(page, 'Discover').waitFor()))
  })
  afterAll(() => stage?.close())

  step('an empty library says how to begin', async () => {
    const { page } = editor
    await goTo(page, 'Library')
    await page.getByText('Nothing here yet').waitFor()
    expect(await audit(editor, 'empty', { said, speak: speakBySettings(page, asEditor) })).toEqual([])
  })

  step('somebody offers to write, and copies their code', async () => {
    const { page } = editor
    await goTo(page, 'Community')
    await press(page, 'Guardians, editors and topics')
    await heading(page, 'Who looks after it').waitFor()
    await typed(editor, 'Show my code as an editor', 'Enter')
    code = await page.getByLabel('Your code as an editor').inputValue()
    expect(code).toMatch(/^staffetta:editor:[a-z2-7]+$/)
    await press(page, 'Show my code as a guardian')
    const guardian = await page.getByLabel('Your code as a guardian').inputValue()
    expect(
      await audit(editor, 'codes', { said: [...said, code, guardian], speak: speakBySettings(page, asEditor) }),
    ).toEqual([])
  })

  step('the founder names them with the keyboard alone, and is told of a code that is not whole', async () => {
    const { page } = founder
    await goTo(page, 'Community')
    await press(page, 'Guardians, editors and topics')
    await typed(founder, 'Name an editor', 'Enter')
    await typeInto(page, 'Name that everybody sees', 'Rosa')
    await typeInto(page, 'Their code', code.slice(0, -3))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText(/^This code is not whole/).waitFor()
    // where it is to be mended
    const field = page.getByRole('textbox', { name: 'Their code' })
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await founder.shot('mistyped-code')
    await field.fill(code)
    await page.getByRole('button', { name: 'Name an editor' }).click()
    await page.getByRole('list', { name: 'Editors of the library' }).locator('bdi', { hasText: 'Rosa' }).waitFor()
    expect(await page.getByText('Give a name.').count()).toBe(0)
    await asFounder.charter.addGuardian({
      communityId: home,
      name: 'Nonna Ada',
      code: (await asFounder.charter.guardianCode({ communityId: home })).code,
    })
    await page.getByRole('list', { name: 'Guardians' }).locator('bdi', { hasText: 'Nonna Ada' }).waitFor()
  })

  step('and adds a topic of their own, in two languages', async () => {
    const { page } = founder
    await press(page, 'Add a topic')
    await heading(page, 'A topic of our own').waitFor()
    await page.getByLabel('Name').first().fill('Choir')
    await page
      .getByLabel(/^What people also say/)
      .first()
      .fill('rehearsals')
    await page.getByRole('button', { name: /In another language/ }).click()
    await page.getByRole('option', { name: 'Italian' }).click()
    await page.getByLabel('Name').nth(1).fill('Prove')
    expect(await audit(founder, 'topic', { said, speak: speakBySettings(page, asFounder) })).toEqual([])
    await press(page, 'Sign and publish')
    await heading(page, 'Who looks after it').waitFor()
    await page.getByRole('list', { name: 'Topics of our own' }).getByText('Choir').waitFor()
    await page.getByText('On its way to the others').waitFor({ state: 'hidden' })
    expect(await audit(founder, 'charter', { said, speak: speakBySettings(page, asFounder) })).toEqual([])
  })

  step('the editor writes, and sees beside it what others will', async () => {
    const { page } = editor
    await asEditor.library.refresh({ communityId: desk })
    await goTo(page, 'Library')
    await press(page, 'Write')
    await heading(page, 'Write an article').waitFor()
    await press(page, 'Sign and publish')
    await page.getByText('Give it a title.').waitFor()
    await page.getByLabel('Title', { exact: true }).fill(title)
    await page.getByLabel('Text', { exact: true }).fill(text)
    await choose(page, 'Choir')
    const preview = page.getByRole('complementary')
    await preview.getByRole('heading', { name: 'The first evening' }).waitFor()
    expect(await audit(editor, 'write', { said, speak: speakBySettings(page, asEditor) })).toEqual([])
    await press(page, 'Sign and publish')
    await heading(page, title).waitFor()
    await page.getByText('On its way to the others').waitFor({ state: 'hidden' })
  })

  step('the founder reads it without a network: no picture, no script, and links that only can be copied', async () => {
    const { page } = founder
    await goTo(page, 'Library')
    await press(page, 'Look for news')
    const articles = page.getByRole('list', { name: 'Articles' })
    await articles.getByText(title).waitFor()
    await stage.killNode()
    await page.getByLabel('Search in the library').fill('piano')
    const excerpt = await articles.getByText(/Seven people/).innerText()
    await articles.getByRole('button').click()
    await heading(page, title).waitFor()
    await page.getByText(/^Signed by Rosa on/).waitFor()
    await page.getByText('<img src=https://evil.example/x.png onerror=alert(1)>').waitFor()
    const article = page.locator('.article-text')
    expect(await article.locator('img, a, script, iframe, video, [style]').count()).toBe(0)
    expect(await article.locator('strong').innerText()).toBe('one')
    await article.getByRole('button', { name: 'https://scores.example/first' }).click()
    await page.getByRole('dialog').getByText('scores.example', { exact: true }).waitFor()
    await press(page.getByRole('dialog'), 'Close')
    expect(
      await audit(founder, 'article', { said: [...said, excerpt], speak: speakBySettings(page, asFounder) }),
    ).toEqual([])
  })
})
