import { afterAll, beforeAll, expect } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import { Dice } from '../harness/dice.ts'
import { createCommunity, createVault, join, publishOffer, words, type Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import { fillBoard } from '../support/filled-board.ts'
import * as discover from './pages/discover.ts'
import { focus, tabTo, typeInto } from './pages/keyboard.ts'
import * as people from './pages/people.ts'
import * as invites from './pages/personal-invites.ts'
import * as welcome from './pages/welcome.ts'
import { goTo, heading, press } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { damage } from './stage/damage.ts'
import { floodOffer } from './stage/flood.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* Personal invites, introductions with more work, and what becomes of those that wait. */

const note = 'Baker from the market'
const invited = 'You told me to write. Here I am.'
const plain = 'I draw at night.'
const second = 'Charcoal, by candlelight'
const flooded = 'Linocut without a press'
/** What the node asks for, and what the flood has more of: no attempt of the least work shows so much by luck. */
const asked = 4
const flood = 13
const many = 300
const crowdNames = Array.from({ length: 30 }, (_, i) => `Quiet Heron ${i + 1}`)
const said = [...Object.values(words), second, flooded, note, invited, plain, 'Loud Crow', 'Staffetta', ...crowdNames]

/** Thirty more like the one that waits: the work of so many would take longer than all of this. */
const crowd = `
  WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${crowdNames.length})
  INSERT INTO received_introductions (id, community_id, persona_id, offer_id, offer_title, identity_id, remote,
    sender_key, pseudonym, text, root_a, received_at, expires_at, work)
  SELECT lower(hex(randomblob(16))), community_id, persona_id, offer_id, offer_title, identity_id, remote || i,
    randomblob(32), 'Quiet Heron ' || i, text, root_a, received_at, expires_at, work + 1
  FROM numbers, (SELECT * FROM received_introductions LIMIT 1)`

/** As soon as this title is on the board. */
async function offerOf(client: Client, title: string): Promise<string> {
  const communityId = (await client.communities.list())[0]?.id ?? ''
  return eventually(
    async () => {
      await client.offers.refresh({ communityId })
      return (await client.offers.browse({ communityId })).find((offer) => offer.title === title)?.id
    },
    { what: `“${title}” to be found`, timeoutMs: 60_000, everyMs: 250 },
  )
}

async function personaOf(client: Client, name: string): Promise<string> {
  return (await client.personas.list()).find(({ pseudonym }) => pseudonym === name)?.id ?? ''
}

async function typed(person: Person, name: string | RegExp, key: string): Promise<void> {
  await tabTo(person.page, name)
  await person.page.keyboard.press(key)
}

describeInBrowser('introductions', () => {
  const step = walk()
  let stage: Stage
  let mentor: Person
  let seeker: Person
  let asMentor: Client
  let asSeeker: Client
  let invite: string
  let token: string
  let communityId: string

  beforeAll(async () => {
    stage = await Stage.open('introductions')
    const nodeLink = await stage.startNode({ workBits: asked, limits: { storesPerMinute: 10_000 } })
    ;[mentor, seeker] = await Promise.all([stage.person('mentor'), stage.person('seeker')])
    asMentor = await mentor.client()
    asSeeker = await seeker.client()
    const [one, other] = [
      { client: asMentor, passphrase: mentor.passphrase },
      { client: asSeeker, passphrase: seeker.passphrase },
    ]
    await createVault(one)
    communityId = await createCommunity(one, nodeLink)
    invite = (await asMentor.communities.invite({ communityId, days: 1 })).link
    await createVault(other)
    const joined = await join(other, invite)
    const { id } = await asMentor.personas.create({ communityId, pseudonym: words.mentor })
    await publishOffer(one, id)
    const draft = (await asMentor.offers.mine())[0]
    if (draft === undefined) throw new Error('nothing was published')
    // what is not of a draft is left out by the door
    for (const title of [second, flooded]) await asMentor.offers.publish({ personaId: id, draft: { ...draft, title } })
    await asSeeker.personas.create({ communityId: joined, pseudonym: words.seeker })
    await asSeeker.personas.create({ communityId: joined, pseudonym: 'Loud Crow' })
    await Promise.all([mentor, seeker].map(({ page }) => heading(page, 'Discover').waitFor()))
  })
  afterAll(() => stage?.close())

  step('a mentor makes a personal invite with the keyboard alone', async () => {
    const { page } = mentor
    await typed(mentor, /^You$/, 'Enter')
    await typed(mentor, 'Personal invites', 'Enter')
    await heading(page, 'Personal invites').waitFor()
    await page.getByText('None yet').waitFor()
    await typeInto(page, 'For whom', note)
    await typed(mentor, 'Make a personal invite', 'Enter')
    await page.getByText('It is made, and stands first below.').waitFor()
    await tabTo(page, `Personal invite: ${note}`)
    token = await invites.textOf(page, note)
    expect(token).toMatch(/^(?:[a-z2-7]{4}-){7}[a-z2-7]{4}$/)
    await typed(mentor, 'Copy', 'Enter')
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
    expect(await audit(mentor, 'made', { said: [...said, token], speak: speakBySettings(page, asMentor) })).toEqual([])
  })

  step('it can be shown again', async () => {
    const { page } = mentor
    await goTo(page, 'Discover')
    await invites.open(page)
    expect(await page.getByLabel(`Personal invite: ${note}`).isVisible()).toBe(false)
    await typed(mentor, 'Show it', 'Enter')
    expect(await invites.textOf(page, note)).toBe(token)
  })

  step('a seeker who pastes a part of it is told, and led to it', async () => {
    const { page } = seeker
    await discover.lookUntilFound(page, words.title)
    await discover.openOffer(page, words.title)
    await page.getByLabel('Your words').fill(invited)
    await typed(seeker, 'If they get many introductions', 'Enter')
    await typeInto(page, /^Personal invite, if you have one/, token.slice(0, -3))
    await typed(seeker, 'Introduce yourself', 'Enter')
    await page.getByText('This is not a whole personal invite.').waitFor()
    expect((await focus(page)).name).toMatch(/^Personal invite, if you have one/)
    expect(await page.getByLabel('Your words').inputValue()).toBe(invited)
    expect(
      await audit(seeker, 'mangled', { said: [...said, token.slice(0, -3)], speak: speakBySettings(page, asSeeker) }),
    ).toEqual([])
  })

  step('with the whole one, and more work, it is on its way', async () => {
    const { page } = seeker
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(token.toUpperCase())
    await typed(seeker, /^A few seconds/, 'Enter')
    await page.getByRole('option', { name: 'About 5 seconds' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await typed(seeker, 'Introduce yourself', 'Enter')
    await heading(page, /^Your introduction to/).waitFor()
    await page.getByRole('main').getByText('With a personal invite').waitFor()
    await page.getByRole('main').getByText('Waiting for an answer').first().waitFor()
    expect((await asSeeker.introductions.sent())[0]).toMatchObject({ workBits: 9, invited: true })
  })

  step('another one without a personal invite stands behind it, whatever its work', async () => {
    const { page } = seeker
    await asSeeker.introductions.send({
      personaId: await personaOf(asSeeker, 'Loud Crow'),
      offerId: await offerOf(asSeeker, second),
      text: plain,
      workBits: 10,
    })
    await goTo(page, 'People')
    await people.lookForMail(mentor.page, 'Waiting for your answer', words.seeker)
    await people.lookForMail(mentor.page, 'Waiting for your answer', 'Loud Crow')
    const rows = await people.people(mentor.page, 'Waiting for your answer').allInnerTexts()
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain(words.seeker)
    expect(rows[0]).toContain(`Invited: ${note}`)
    expect(rows[1]).toContain('Loud Crow')
    expect(rows[1]).not.toContain('nvite')
    await mentor.page.getByText('2 introductions wait.').waitFor()
    expect(await audit(mentor, 'ordered', { said, speak: speakBySettings(mentor.page, asMentor) })).toEqual([])
  })

  step('the introduction says with which invite it came', async () => {
    const { page } = mentor
    await people.open(page, 'Waiting for your answer', words.seeker)
    await page.locator('.letter').getByText(`Invited: ${note}`).waitFor()
    await mentor.shot('invited')
  })

  step('a declined one is asked about, and forgotten', async () => {
    const { page } = mentor
    await people.open(page, 'Waiting for your answer', 'Loud Crow')
    await heading(page, /^Loud Crow/).waitFor()
    await typed(mentor, 'Decline', 'Enter')
    await page.getByRole('alertdialog').getByText('The introduction is forgotten here.').waitFor()
    expect((await focus(page)).name).toBe('Leave it as it is')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await asMentor.introductions.pending()).toHaveLength(2)
    await press(page, 'Decline')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click()
    await page.getByText('1 introduction waits.').waitFor()
    await asMentor.communities.check({ communityId })
    expect((await asMentor.introductions.pending()).map(({ text }) => text)).toEqual([invited])
  })

  step('a personal invite is taken back after a question, and the introduction stands among the others', async () => {
    const { page } = mentor
    await invites.open(page)
    await typed(mentor, `Take it back: ${note}`, 'Enter')
    await page.getByRole('alertdialog').waitFor()
    expect((await focus(page)).name).toBe('Leave it as it is')
    await mentor.shot('take-back')
    await typed(mentor, 'Take it back', 'Enter')
    await page.getByText('None yet').waitFor()
    expect(await asMentor.introductions.tokens()).toEqual([])
    await goTo(page, 'People')
    await people.people(page, 'Waiting for your answer').filter({ hasText: words.seeker }).waitFor()
    expect(await page.getByText(`Invited: ${note}`).count()).toBe(0)
  })

  step('where a flood leaves no room, the seeker is told what helps', async () => {
    await floodOffer(invite, flooded, flood)
    const { page } = seeker
    await asSeeker.introductions.send({
      personaId: await personaOf(asSeeker, words.seeker),
      offerId: await offerOf(asSeeker, flooded),
      text: plain,
    })
    await goTo(page, 'People')
    await people
      .people(page, 'You introduced yourself to')
      .filter({ hasText: 'Not sent' })
      .getByRole('button')
      .click({ timeout: 90_000 })
    await page.getByText('found no room').waitFor()
    await page.getByText('This would take your device: about 10 seconds.').waitFor()
    expect(await audit(seeker, 'crowded', { said, speak: speakBySettings(page, asSeeker) })).toEqual([])
  })

  step('one press tries again with more work, which can be watched and taken back', async () => {
    const { page } = seeker
    await typed(seeker, 'Try again with more work', 'Enter')
    await page.getByRole('progressbar').waitFor()
    await seeker.shot('more-work')
    const tried = (await asSeeker.introductions.sent()).find(({ state }) => state === 'preparing')
    expect(tried?.workBits).toBe(limits.introductionWork.min + 2)
    await typed(seeker, 'Take it back', 'Enter')
    await page.getByRole('alertdialog').waitFor()
    await typed(seeker, 'Take it back', 'Enter')
    await page.getByRole('main').getByText('Taken back').first().waitFor()
  })

  step('with thirty that wait, the conversations stay in sight, and near for the keyboard', async () => {
    const [home] = await asMentor.communities.list()
    await mentor.vanish()
    await damage(mentor, crowd, (database) =>
      fillBoard(database, {
        communityId: (home?.id ?? '') as CommunityId,
        count: many,
        now: Date.now(),
        dice: new Dice(1),
      }),
    )
    await mentor.come()
    await welcome.unlock(mentor.page, mentor.passphrase)
    await heading(mentor.page, 'Discover').waitFor()
    asMentor = await mentor.client()
    const pending = await asMentor.introductions.pending()
    const known = pending.find(({ from }) => from.pseudonym === words.seeker)
    await asMentor.introductions.accept({ introductionId: known?.id ?? '' })
    const { page } = mentor
    await goTo(page, 'People')
    const rows = people.people(page, 'Waiting for your answer')
    const talk = people.people(page, 'Conversations').filter({ hasText: words.seeker })
    await talk.waitFor()
    await page.getByText('30 introductions wait.').waitFor()
    expect(await rows.count()).toBe(5)
    const { y = Infinity, height = 0 } = (await talk.boundingBox()) ?? {}
    expect(y + height).toBeLessThanOrEqual(page.viewportSize()?.height ?? 0)
    await tabTo(page, /^Search in your conversations/)
    for (let stop = 0; stop < 7; stop++) await page.keyboard.press('Tab')
    expect((await focus(page)).name).toContain(words.seeker)
    expect(await audit(mentor, 'many', { said, speak: speakBySettings(page, asMentor) })).toEqual([])
    await page.keyboard.press('Shift+Tab')
    expect((await focus(page)).name).toBe('25 more wait')
    await page.keyboard.press('Enter')
    await rows.nth(29).waitFor()
    expect(await rows.count()).toBe(30)
    // the first of those that were not there
    expect((await focus(page)).name).toContain(await rows.nth(5).locator('.row-title').innerText())
    await press(page, 'Show fewer')
    await rows.nth(5).waitFor({ state: 'detached' })
    expect(await rows.count()).toBe(5)
  })

  step('who would accept more than they wanted at once is told before, and can pause the offer there', async () => {
    const { page } = mentor
    const [offer] = (await asMentor.offers.mine()).filter(({ title }) => title === words.title)
    expect(offer).toMatchObject({ accepted: 1, capacity: 1, state: 'published' })
    await people.people(page, 'Waiting for your answer').first().getByRole('button').click()
    await page.getByText('Places taken: 1 of 1. This would be one more than you wanted at once.').waitFor()
    await mentor.shot('one-more')
    await typed(mentor, 'Pause the offer', 'Enter')
    await page.getByText('The offer is paused: nobody new finds it.').waitFor()
    await eventually(async () => (await asMentor.offers.mine()).find(({ id }) => id === offer?.id)?.state === 'paused')
    await page.getByRole('button', { name: 'Pause the offer' }).waitFor({ state: 'detached' })
    await page.locator(':focus', { hasText: 'The offer is paused' }).waitFor()
    expect(await audit(mentor, 'paused', { said, speak: speakBySettings(page, asMentor) })).toEqual([])
    // they may still be accepted, and decide for themselves
    expect(await page.getByRole('button', { name: 'Accept', exact: true }).isEnabled()).toBe(true)
  })

  step('of very many offers fifty are drawn at once, and the next where they are asked for', async () => {
    const { page } = mentor
    await goTo(page, 'Discover')
    const rows = discover.offers(page)
    await eventually(async () => (await rows.count()) === 50)
    const more = page.getByRole('button', { name: 'Show 50 more' })
    await more.focus()
    await page.keyboard.press('Enter')
    await rows.nth(99).waitFor()
    expect(await rows.count()).toBe(100)
    expect((await focus(page)).name).toContain(await rows.nth(50).locator('.row-title').innerText())
    const found = (
      await asMentor.matching.search({
        communityId: (await asMentor.communities.list())[0]?.id ?? '',
        text: 'teaching',
        limit: 200,
      })
    ).length
    expect(found).toBeGreaterThan(50)
    await discover.search(page, 'teaching')
    // what comes first is what a keystroke asks for; all of it is counted once the person has stopped typing
    await page.getByText(`${found} found`).waitFor({ state: 'attached' })
    expect(await rows.count()).toBe(50)
    await discover.search(page, '')
    await eventually(async () => (await rows.count()) === 50)
  })
})
