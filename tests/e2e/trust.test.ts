import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { createCommunity, createVault, join, publishOffer, words, type Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as discover from './pages/discover.ts'
import * as people from './pages/people.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* What people show of themselves, to whom, and taking it back; and what they vouch for. */

const card = { pronouns: 'they/them', region: 'By the sea', name: 'Mara', words: 'I learn slowly, and well.' }
const passedOn = 'Portfolios, from one beginner to another'
const said = [...Object.values(words), ...Object.values(card), passedOn, 'Staffetta']

interface Side {
  readonly person: Person
  readonly client: Client
  readonly communityId: string
}

/** Brings what waits, and looks until it is on the page. */
async function untilSeen({ client, communityId }: Side, page: Page, text: string | RegExp): Promise<void> {
  await eventually(
    async () => {
      await client.communities.check({ communityId }).catch(() => {})
      return page.getByRole('main').getByText(text).first().isVisible()
    },
    { what: `${String(text)} to be seen`, timeoutMs: 60_000, everyMs: 250 },
  )
}

describeInBrowser('trust', () => {
  const step = walk()
  let stage: Stage
  let mentor: Side
  let seeker: Side

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('trust')
    const nodeLink = await stage.startNode()
    const [one, other] = await Promise.all([stage.person('mentor'), stage.person('seeker')])
    const asMentor = { client: await one.client(), passphrase: one.passphrase }
    const asSeeker = { client: await other.client(), passphrase: other.passphrase }
    await createVault(asMentor)
    const here = await createCommunity(asMentor, nodeLink)
    await createVault(asSeeker)
    const there = await join(asSeeker, (await asMentor.client.communities.invite({ communityId: here, days: 1 })).link)
    const { id } = await asMentor.client.personas.create({ communityId: here, pseudonym: words.mentor })
    await asSeeker.client.personas.create({ communityId: there, pseudonym: words.seeker })
    await publishOffer(asMentor, id)
    mentor = { person: one, client: asMentor.client, communityId: here }
    seeker = { person: other, client: asSeeker.client, communityId: there }
    await Promise.all([one, other].map(({ page }) => heading(page, 'Discover').waitFor()))
  })
  afterAll(() => stage?.close())

  step('a person writes what they could show, and nobody sees it', async () => {
    const { page } = seeker.person
    await goTo(page, 'You')
    await page.getByRole('button', { name: /^What you could show/ }).click()
    await heading(page, 'What you could show').waitFor()
    await write(page.getByLabel('Pronouns'), card.pronouns)
    await page.getByRole('button', { name: /Age/ }).click()
    await page.getByRole('option', { name: '25 to 34' }).click()
    await write(page.getByLabel('Where, roughly'), card.region)
    await write(page.getByLabel('Another name'), card.name)
    await write(page.getByLabel('In your own words'), card.words)
    await press(page, 'Save')
    await page.getByText('Saved here.').waitFor()
    await press(page, 'Record a greeting')
    await press(page, 'Done')
    await page.getByRole('button', { name: 'Hear it' }).waitFor()
    await look(seeker, 'card')
  })

  step('an introduction shows what was chosen of it', async () => {
    const { page } = seeker.person
    await goTo(page, 'Discover')
    await discover.lookUntilFound(page, words.title)
    await discover.openOffer(page, words.title)
    await choose(page.getByRole('group', { name: 'Show with it' }), 'Pronouns')
    await seeker.person.shot('introduce')
    await discover.introduce(page, words.introduction)
    await page.getByRole('main').getByText(card.pronouns).waitFor()
    await page.getByRole('main').getByText('Waiting for an answer').first().waitFor({ timeout: 60_000 })
    await people.lookForMail(mentor.person.page, 'Waiting for your answer', words.seeker)
    await people.open(mentor.person.page, 'Waiting for your answer', words.seeker)
    const letter = mentor.person.page.locator('.letter')
    await letter.getByText(card.pronouns).waitFor()
    expect(await letter.innerText()).not.toContain(card.name)
    await mentor.person.shot('introduction')
    await people.accept(mentor.person.page, words.seeker)
    // how they like to be spoken of stands under their name from then on
    await mentor.person.page.locator('.talk-head').getByText(card.pronouns).waitFor()
  })

  step('more is shown in the conversation, field by field', async () => {
    const { page } = seeker.person
    await people.lookForMail(page, 'Conversations', words.mentor)
    await people.open(page, 'Conversations', words.mentor)
    await press(page, 'The two of you')
    await heading(page, `You and ${words.mentor}`).waitFor()
    await page.getByText('Nothing so far. They decide').waitFor()
    const more = page.getByRole('group', { name: 'Show more' })
    await choose(more, 'Another name')
    await choose(more, 'Voice')
    await press(page, 'Show it')
    await page.getByRole('button', { name: /^Take back.*Another name/ }).waitFor()
    await look(seeker, 'the-two')
    await press(mentor.person.page, 'The two of you')
    await untilSeen(mentor, mentor.person.page, card.name)
    await mentor.person.page.getByRole('button', { name: 'Hear it' }).waitFor()
    expect(await mentor.person.page.getByRole('main').innerText()).not.toContain(card.region)
    await mentor.person.shot('shown')
  })

  step('what is taken back is gone from the other’s app, and one’s own list knows', async () => {
    const { page } = seeker.person
    await page.getByRole('button', { name: /^Take back.*Another name/ }).click()
    await page.getByRole('alertdialog').getByText('They have seen it.').waitFor()
    await seeker.person.shot('take-back')
    await press(page.getByRole('alertdialog'), 'Take back')
    await eventually(
      async () => {
        await mentor.client.communities.check({ communityId: mentor.communityId }).catch(() => {})
        return !(await mentor.person.page.getByRole('main').innerText()).includes(card.name)
      },
      { what: 'the name to be forgotten', timeoutMs: 60_000, everyMs: 250 },
    )
    await goTo(page, 'You')
    await press(page, 'Who knows what')
    const list = page.getByRole('list', { name: 'Who knows what' })
    await list.getByText('Another name: taken back').waitFor()
    await list.getByText('Pronouns: shown').waitFor()
    await look(seeker, 'who-knows-what')
  })

  step('a mentor offers to vouch, and is told what it reveals', async () => {
    const { page } = mentor.person
    await press(page, 'Vouch for them')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('everyone in your community can find out').waitFor()
    await look(mentor, 'vouch')
    await press(dialog, 'Sign it')
    await page.getByText('they have not taken it yet').waitFor()
  })

  step('the learner takes it, and shows it with an offer of their own', async () => {
    const { page } = seeker.person
    await goTo(page, 'You')
    await press(page, 'Vouches')
    await untilSeen(seeker, page, 'They would vouch for you')
    await page.getByRole('button', { name: /^Take it / }).click()
    await press(page.getByRole('dialog'), 'Ask for it')
    await untilSeen(mentor, mentor.person.page, 'You vouch for them')
    await untilSeen(seeker, page, 'They vouch for you')
    await page.getByRole('button', { name: /^Show it with my offers/ }).click()
    await page.getByRole('button', { name: /^Shown with your offers: hide it/ }).waitFor()
    await look(seeker, 'vouches')
    const [offer] = await mentor.client.offers.mine()
    const [persona] = await seeker.client.personas.list()
    if (offer === undefined || persona === undefined) throw new Error('nothing was there')
    await seeker.client.offers.publish({ personaId: persona.id, draft: { ...offer, title: passedOn } })
    await eventually(async () => (await seeker.client.offers.mine()).some(({ state }) => state === 'published'), {
      what: 'the offer to be published',
      timeoutMs: 60_000,
    })
  })

  step('who reads the offer sees who vouches for it, by how near they are', async () => {
    const { page } = mentor.person
    await goTo(page, 'Discover')
    await discover.lookUntilFound(page, passedOn)
    await discover.offer(page, passedOn).getByText('You vouch for this, for Career guidance.').waitFor()
    await discover.openOffer(page, passedOn)
    await look(mentor, 'vouched')
  })

  step('a vouch that is taken back is shown no more', async () => {
    const { page } = mentor.person
    await goTo(page, 'You')
    await press(page, 'Vouches')
    await page.getByRole('button', { name: /^Take it back/ }).click()
    await press(page.getByRole('alertdialog'), 'Take it back')
    await page.getByText('You took it back').waitFor()
    await eventually(
      async () => {
        await seeker.client.communities.check({ communityId: seeker.communityId }).catch(() => {})
        return (await seeker.client.vouches.list()).length === 0
      },
      { what: 'the vouch to be forgotten', timeoutMs: 60_000, everyMs: 250 },
    )
  })

  step('nothing of it asks strangers, or stands in an address', async () => {
    for (const { person } of [mentor, seeker]) {
      expect(person.watch.strangers).toEqual([])
      for (const address of person.watch.addresses) for (const word of said) expect(address).not.toContain(word)
    }
  })
})
