import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import * as conversation from './pages/conversation.ts'
import * as discover from './pages/discover.ts'
import * as people from './pages/people.ts'
import * as invites from './pages/personal-invites.ts'
import * as welcome from './pages/welcome.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings, turn } from './stage/audit.ts'
import { edges } from './stage/room.ts'
import { Stage } from './stage/stage.ts'
import {
  community,
  introductions,
  inviteNote,
  others,
  own,
  populate,
  talk,
  viewer,
  wordsIn,
  type Village,
} from './stage/village.ts'

/* Every screen of the app, with everything in it, as all kinds of people see it. */

const said = [
  community,
  viewer,
  'Staffetta',
  'English',
  'Italiano',
  ...others.flatMap(({ by, draft }) => [by, ...wordsIn(draft)]),
  ...own.flatMap(({ draft }) => wordsIn(draft)),
  ...Object.values(introductions),
  inviteNote,
  ...talk.map(({ text }) => text),
]
const draft = { title: 'A walk through the archive', text: 'What we found in the boxes, and how to read it.' }
said.push(draft.title, draft.text)
const unfinished = 'The birds of my balcony'
said.push(unfinished, 'herons', '#herons')
const more = ['Languages, level', 'When you have', 'How many, and', 'in return', 'Who you hope', 'Words of your own']
const friend = 'Ochre Lantern'
const title = 'Portfolio reviews for illustrators'

const screens: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  ['discover', (page) => goTo(page, 'Discover')],
  [
    'nothing-found',
    async (page) => {
      await discover.search(page, 'kayak')
      await page.getByText('Nothing like that').waitFor()
    },
  ],
  [
    'topic-list',
    async (page) => {
      await press(page, 'Clear the search')
      await page.getByRole('button', { name: /^All topics/ }).click()
      await page.getByRole('option').first().waitFor()
    },
  ],
  [
    'offer',
    async (page) => {
      await page.keyboard.press('Escape')
      await discover.openOffer(page, 'Altering clothes so that they fit you')
    },
  ],
  [
    'introduce-with-more',
    async (page) => {
      await page.getByText('If they get many introductions').click()
      await page.getByLabel('Personal invite, if you have one').waitFor()
    },
  ],
  ['offer-answered', (page) => discover.openOffer(page, title)],
  ['offer-lookalike', (page) => discover.openOffer(page, 'Reading bus maps of cities that are gone')],
  [
    'rings',
    async (page) => {
      await page.getByRole('list', { name: 'Rings' }).getByRole('button').click()
      await heading(page, 'Give and get in a ring').waitFor()
    },
  ],
  ['offer-own', (page) => discover.openOffer(page, own[0]?.draft.title ?? '')],
  [
    'write',
    async (page) => {
      await press(page, 'Write')
      await heading(page, 'What can you teach?').waitFor()
    },
  ],
  [
    'write-refused',
    async (page) => {
      await press(page, 'Publish')
      await page.getByText('Give it a title.').waitFor()
    },
  ],
  [
    'write-more',
    async (page) => {
      await write(page.getByLabel('Title', { exact: true }), unfinished)
      for (const name of more) await page.locator('summary').filter({ hasText: name }).click()
      await page
        .getByRole('checkbox', { name: /^Wednesday, / })
        .first()
        .focus()
      await page.keyboard.press('Space')
      await write(page.getByRole('textbox', { name: 'Words of your own' }), 'herons,')
      await page.getByRole('complementary').getByText('#herons').waitFor()
    },
  ],
  [
    'write-with-a-draft',
    async (page) => {
      const begun = page.getByRole('list', { name: 'Continue your draft' })
      await goTo(page, 'Discover')
      await press(page, 'Write')
      await begun.getByRole('button').filter({ hasText: unfinished }).click()
      await page
        .getByLabel('Title', { exact: true })
        .and(page.locator(`[value="${unfinished}"]`))
        .waitFor()
      expect(await begun.count()).toBe(0)
      await press(page, 'Back')
      await press(page, 'Write')
      await begun.getByText(unfinished).waitFor()
      expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe('')
    },
  ],
  [
    'you',
    async (page) => {
      await goTo(page, 'You')
      await page.getByRole('list', { name: 'Your drafts' }).getByText(unfinished).waitFor()
    },
  ],
  [
    'own-offer',
    async (page) => {
      await page.getByRole('list', { name: 'Your offers and requests' }).getByRole('button').first().click()
      await page.getByText('Published', { exact: true }).waitFor()
    },
  ],
  [
    'take-back',
    async (page) => {
      await press(page, 'Take it back')
      await page.getByRole('alertdialog').waitFor()
    },
  ],
  [
    'new-persona',
    async (page) => {
      await press(page, 'Leave it as it is')
      await goTo(page, 'You')
      await press(page, 'Another pseudonym')
      await choose(page, 'A name of my own')
    },
  ],
  [
    'own-offer-paused',
    async (page) => {
      await goTo(page, 'You')
      await page.getByRole('list', { name: 'Your offers and requests' }).getByRole('button').first().click()
      await press(page, 'Pause it')
      await page.getByText('Paused', { exact: true }).waitFor()
    },
  ],
  ['personal-invites', (page) => invites.open(page)],
  [
    'personal-invite-shown',
    async (page) => {
      await page.getByText('Show it').click()
      await press(page, 'Copy')
      await page.getByText('Copied.').waitFor()
    },
  ],
  [
    'people',
    async (page) => {
      await goTo(page, 'People')
      await people.people(page, 'Conversations').first().waitFor()
    },
  ],
  [
    'introduction',
    async (page) => {
      await people.open(page, 'Waiting for your answer', 'Silver Tide')
      await heading(page, /^Silver Tide introduces/).waitFor()
    },
  ],
  [
    'personal-invite-end',
    async (page) => {
      await invites.open(page)
      await invites.invites(page).getByRole('button', { name: 'Take it back' }).click()
      await page.getByRole('alertdialog').waitFor()
    },
  ],
  [
    'personal-invites-none',
    async (page) => {
      await page.getByRole('alertdialog').getByRole('button', { name: 'Take it back' }).click()
      await page.getByText('None yet').waitFor()
    },
  ],
  [
    'introduction-sent',
    async (page) => {
      await goTo(page, 'People')
      await people.open(page, 'You introduced yourself to', 'Second Spring')
      await heading(page, /^Your introduction to/).waitFor()
    },
  ],
  [
    'conversation',
    async (page) => {
      await people.open(page, 'Conversations', friend)
      await conversation.waitToRead(page, talk.at(-1)?.text ?? '')
    },
  ],
  [
    'conversation-privacy',
    async (page) => {
      await page.getByRole('main').getByRole('button', { name: 'Privacy' }).click()
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'community',
    async (page) => {
      await press(page, 'Close')
      await goTo(page, 'Community')
      await press(page, 'Make an invite')
      await page.getByLabel('Invite link').waitFor()
      await page.getByText('Set one up').click()
      await press(page, 'Show the link for the operator')
      await page.getByLabel('Link for the operator').waitFor()
    },
  ],
  [
    'another-community',
    async (page) => {
      await press(page, 'Another community')
      await welcome.fillCommunity(page, 'Sewing circle')
    },
  ],
  ['safety', (page) => goTo(page, 'Safety')],
  [
    'on-its-way',
    async (page) => {
      await goTo(page, 'Discover')
      await press(page, 'Write')
      await page.getByLabel('Title', { exact: true }).fill(draft.title)
      await page.getByLabel('In your words').fill(draft.text)
      await choose(page, 'Queer history')
      await press(page, 'Publish')
      await page.getByRole('progressbar').waitFor()
    },
  ],
  [
    'waiting-to-go-out',
    async (page) => {
      await goTo(page, 'People')
      await people.open(page, 'Conversations', friend)
      await conversation.say(page, 'Are you there?')
      await conversation.waitForDelivery(page, 'Are you there?', 'Waiting to go out')
    },
  ],
]
said.push('Sewing circle', 'Are you there?')

describeInBrowser('every screen', () => {
  let stage: Stage
  let village: Village
  let client: Client

  beforeAll(async () => {
    stage = await Stage.open('screens')
    village = await populate(stage)
    client = await village.viewer.client()
    await heading(village.viewer.page, 'Discover').waitFor()
  })
  afterAll(() => stage?.close())

  test.each(screens)('%s', async (name, open) => {
    const { page } = village.viewer
    if (name === 'on-its-way') stage.stopNode()
    await open(page)
    expect(await audit(village.viewer, name, { said, speak: speakBySettings(page, client) })).toEqual([])
  })

  test('from right to left the layout is the mirror of what it was', async () => {
    const { page } = village.viewer
    const before = await edges(page)
    await turn(page, 'rtl')
    const after = await edges(page)
    await turn(page, 'ltr')
    const width = page.viewportSize()?.width ?? 0
    expect(before).toHaveLength(4)
    expect(after).toEqual(before.map(([left, right]) => [width - right, width - left]))
  })

  test('what is wrong with a screen would be found', async () => {
    const { page } = village.viewer
    await page.evaluate(() => {
      const wrong = document.createElement('div')
      wrong.append(document.createElement('button'), 'Please look at this, stranger', document.createElement('p'))
      const [button, line] = wrong.children
      if (line !== undefined) line.textContent = 'Waiting for an answer'
      if (button instanceof HTMLElement) button.style.width = '500px'
      wrong.style.color = '#777'
      document.querySelector('h1')?.after(wrong)
    })
    const found = await audit(village.viewer, 'wrong', { said, speak: speakBySettings(page, client) })
    for (const kind of [
      'light: button-name',
      'light: color-contrast',
      'dark: color-contrast',
      '390 px: cut off: button',
      'Italian: in no catalogue: Please look at this, stranger',
      'Italian: English: Waiting for an answer',
    ]) {
      expect(
        found.filter((line) => line.startsWith(kind)),
        kind,
      ).not.toEqual([])
    }
    await page.reload()
    await heading(page, 'Discover').waitFor()
    await goTo(page, 'People')
    await people.open(page, 'Conversations', friend)
  })

  test('a conversation stays at its end when the window becomes smaller', async () => {
    const { page } = village.viewer
    await conversation.waitForEnd(page)
    await page.setViewportSize({ width: 390, height: 500 })
    await conversation.waitForEnd(page)
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})
