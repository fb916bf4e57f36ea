import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { unsaid } from '../../core/api/blank-offer.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import { reached, type Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as discover from './pages/discover.ts'
import * as people from './pages/people.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* Three people, three apps: from offers to a ring that is proposed and accepted. Each wrote one offer, with what they would like for it. */

const names = { sewer: 'Tawny Owl', clerk: 'Gentle Static', player: 'Patient Loom' }
const titles = { sewer: 'Hems and darts', clerk: 'Forms without tears', player: 'Chords for a campfire' }
type Who = keyof typeof names
const everybody = ['sewer', 'clerk', 'player'] as const
/** Whoever gives to each. */
const giverTo: Readonly<Record<Who, Who>> = { sewer: 'player', player: 'clerk', clerk: 'sewer' }

const offer = (who: 'clerk' | 'player', topic: string, wished: string): OfferDraft => ({
  ...unsaid,
  kind: 'offer',
  topics: [topic],
  title: titles[who],
  text: 'At your own pace.',
  languages: ['en'],
  level: 'any',
  formats: ['text'],
  inReturn: { topics: [wished], text: '' },
})

describeInBrowser('a ring of three', () => {
  const step = walk()
  let stage: Stage
  let cast: Readonly<Record<Who, Person>>
  let clients: Readonly<Record<Who, Client>>
  const communities = new Map<Who, string>()

  beforeAll(async () => {
    stage = await Stage.open('ring')
    const nodeLink = await stage.startNode()
    const [sewer, clerk, player] = await Promise.all([
      stage.person('sewer'),
      stage.person('clerk'),
      stage.person('player', { timezoneId: 'Asia/Kolkata' }),
    ])
    cast = { sewer, clerk, player }
    const [one, two, three] = await Promise.all(everybody.map((who) => cast[who].client()))
    if (one === undefined || two === undefined || three === undefined) throw new Error('three of them')
    clients = { sewer: one, clerk: two, player: three }
    await Promise.all(everybody.map((who) => clients[who].vault.create({ passphrase: cast[who].passphrase })))
    const { id } = await clients.clerk.communities.create({ name: 'Lanterna', nodeLink })
    communities.set('clerk', id)
    const { link } = await clients.clerk.communities.invite({ communityId: id, days: 7 })
    for (const who of ['sewer', 'player'] as const)
      communities.set(who, (await clients[who].communities.join({ link })).id)
    await Promise.all(
      everybody.map(async (who) => {
        const communityId = communities.get(who) ?? ''
        await reached({ client: clients[who] }, communityId)
        const { id: personaId } = await clients[who].personas.create({ communityId, pseudonym: names[who] })
        if (who === 'clerk') await clients[who].offers.publish({ personaId, draft: offer(who, 'taxes', 'sewing') })
        if (who === 'player') await clients[who].offers.publish({ personaId, draft: offer(who, 'music', 'taxes') })
        await heading(cast[who].page, 'Discover').waitFor()
      }),
    )
  }, 120_000)

  afterAll(() => stage?.close())

  step('an offer is written with what it needs, kept as a draft, and seen as others will see it', async () => {
    const { page } = cast.sewer
    await press(page, 'Write')
    await write(page.getByLabel('Title', { exact: true }), titles.sewer)
    await write(page.getByLabel('In your words'), 'We begin with what you have at home.')
    await goTo(page, 'You')
    await page.getByRole('list', { name: 'Your drafts' }).getByRole('button').filter({ hasText: titles.sewer }).click()
    await heading(page, 'What can you teach?').waitFor()
    expect(await page.getByLabel('In your words').inputValue()).toBe('We begin with what you have at home.')
    await choose(page, 'Sewing')
    await page.getByText('When you have time', { exact: true }).click()
    const monday = page.getByRole('checkbox', { name: /^Monday, / })
    await monday.first().focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    expect(
      await page
        .getByRole('checkbox', { name: /^Tuesday, / })
        .first()
        .isChecked(),
    ).toBe(true)
    await page.getByText('What you would like in return', { exact: true }).click()
    await page.getByRole('button', { name: /Topics of a swap/ }).click()
    await page.getByRole('option', { name: 'Singing', exact: true }).click()
    await page.getByText('Words of your own', { exact: true }).first().click()
    await write(page.getByRole('textbox', { name: 'Words of your own' }), '#Overlock,')
    const preview = page.getByRole('complementary', { name: 'What others will see' })
    for (const text of [titles.sewer, names.sewer, '#overlock', 'Singing', /Tue \d/])
      await preview.getByText(text).first().waitFor()
    await cast.sewer.shot('preview')
    await press(page, 'Publish')
    await heading(page, titles.sewer).waitFor()
    await page.getByText('Published', { exact: true }).waitFor()
    await goTo(page, 'You')
    expect(await page.getByRole('list', { name: 'Your drafts' }).count()).toBe(0)
  })

  step('its time is shown by the reader’s own clock', async () => {
    const { page } = cast.player
    await goTo(page, 'Discover')
    await discover.lookUntilFound(page, titles.sewer)
    await discover.openOffer(page, titles.sewer)
    await page.getByText(/^Tue \d?\d:30/).waitFor()
    await cast.player.shot('offer')
  })

  step('each of them sees the ring and proposes it to whoever gives to them', async () => {
    await Promise.all(everybody.map((who) => propose(cast[who], giverTo[who])))
  })

  step('each accepts, and all three have a conversation with both others', async () => {
    await Promise.all(
      everybody.map(async (who) => {
        const { page } = cast[who]
        const taker = everybody.find((other) => giverTo[other] === who) ?? who
        await people.lookForMail(page, 'Waiting for your answer', names[taker])
        await people.open(page, 'Waiting for your answer', names[taker])
        await page.getByText(/^We could be a ring of three: /).waitFor()
        await people.accept(page, names[taker])
      }),
    )
    await Promise.all(
      everybody.map(async (who) => {
        for (const other of everybody)
          if (other !== who) await people.lookForMail(cast[who].page, 'Conversations', names[other])
      }),
    )
    await cast.sewer.shot('accepted')
  })

  step('an offer that is full says so, and is paused and taken up again', async () => {
    const { page } = cast.sewer
    await goTo(page, 'You')
    const mine = page.getByRole('list', { name: 'Your offers and requests' }).getByRole('button')
    await mine.filter({ hasText: 'Full' }).click()
    await page.getByText(/as many as you wanted at once/).waitFor()
    await cast.sewer.shot('full')
    await press(page, 'Pause it')
    await page.getByText('Paused', { exact: true }).waitFor()
    await gone(cast.clerk, titles.sewer)
    await press(page, 'Take it up again')
    await page.getByText('Published', { exact: true }).waitFor()
    await press(page, 'Change it')
    await write(page.getByLabel('Title', { exact: true }), 'Hems, darts and zips')
    await press(page, 'Publish the change')
    await heading(page, 'Hems, darts and zips').waitFor()
    await page.getByText('Published', { exact: true }).waitFor()
    await goTo(cast.clerk.page, 'Discover')
    await discover.lookUntilFound(cast.clerk.page, 'Hems, darts and zips')
  })
})

/** In a narrow window too, the ring is found, and its words come to whoever gives. */
async function propose(person: Person, giver: Who): Promise<void> {
  const { page } = person
  await goTo(page, 'Discover')
  for (const title of Object.values(titles)) await discover.lookUntilFound(page, title)
  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('list', { name: 'Rings' }).getByRole('button').click()
  await heading(page, 'Give and get in a ring').waitFor()
  const ring = page.getByRole('list', { name: 'Give and get in a ring' }).locator('.ring')
  expect(await ring.count()).toBe(1)
  expect(await ring.locator('.ring-of-3 .weave').count()).toBe(3)
  await person.shot('ring')
  await press(page, 'See what is for you')
  await heading(page, titles[giver]).waitFor()
  await press(page, 'Propose the ring')
  expect(await words(page)).toMatch(/^We could be a ring of three: you give me /)
  await person.shot('proposal')
  await press(page, 'Introduce yourself')
  await heading(page, /^Your introduction to/).waitFor()
  await page.locator('.pane-page').getByText('Waiting for an answer').waitFor({ timeout: 60_000 })
  await page.setViewportSize({ width: 1280, height: 800 })
}

const words = (page: Page): Promise<string> => page.getByLabel('Your words').inputValue()

/** Looks again until nothing of this title is there. */
async function gone({ page }: Person, title: string): Promise<void> {
  await goTo(page, 'Discover')
  await eventually(
    async () => {
      if ((await discover.offer(page, title).count()) === 0) return true
      await page.getByRole('button', { name: 'Look again' }).click()
      return false
    },
    { what: 'the offer to be gone', timeoutMs: 30_000, everyMs: 250 },
  )
}
