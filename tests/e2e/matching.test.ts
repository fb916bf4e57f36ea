import { afterAll, beforeAll, expect, test } from 'vitest'
import { unsaid } from '../../core/api/blank-offer.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import { reached, type Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as discover from './pages/discover.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { speakBySettings } from './stage/audit.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { notItalian } from './stage/words.ts'

/* Who fits whom: three people who could teach each other in a circle, and a word in another language. */

const base = { ...unsaid, languages: ['en', 'it'], level: 'any' as const, formats: ['text' as const] }
const draft = (kind: OfferDraft['kind'], topic: string, title: string): OfferDraft => ({
  ...base,
  kind,
  topics: [topic],
  title,
  text: `${title}, at your own pace.`,
})

const community = 'Lanterna di via Garibaldi'
const names = { me: 'Tawny Owl', second: 'Gentle Static', third: 'Patient Loom' }
const wrote = {
  me: [draft('offer', 'sewing', 'Hems and darts'), draft('request', 'singing', 'My first song')],
  second: [draft('request', 'sewing', 'A coat to mend'), draft('offer', 'taxes', 'Forms without tears')],
  third: [draft('request', 'taxes', 'A letter from the office'), draft('offer', 'music', 'Chords for a campfire')],
}
const care = draft('offer', 'self-care', 'Small habits for hard weeks')

describeInBrowser('finding who fits', () => {
  let stage: Stage
  let viewer: Person
  let founder: { readonly client: Client; readonly communityId: string }

  beforeAll(async () => {
    stage = await Stage.open('matching')
    const nodeLink = await stage.startNode()
    const [mine, others] = await Promise.all([stage.person('viewer'), stage.person('others')])
    viewer = mine
    const [me, them] = await Promise.all([mine.client(), others.client()])
    await them.vault.create({ passphrase: others.passphrase })
    await me.vault.create({ passphrase: mine.passphrase })
    const { id: theirs } = await them.communities.create({ name: community, nodeLink })
    const { link } = await them.communities.invite({ communityId: theirs, days: 7 })
    const { id: here } = await me.communities.join({ link })
    await Promise.all([reached({ client: me }, here), reached({ client: them }, theirs)])
    await publish(me, here, names.me, wrote.me)
    await publish(them, theirs, names.second, [...wrote.second, care])
    await publish(them, theirs, names.third, wrote.third)
    await Promise.all([me, them].map(everythingPublished))
    await me.offers.refresh({ communityId: here })
    founder = { client: them, communityId: theirs }
  }, 240_000)

  afterAll(() => stage.close())

  test('suggestions say why', async () => {
    const { page } = viewer
    await goTo(page, 'Discover')
    const suggested = page.getByRole('list', { name: 'Suggested for you' }).getByRole('listitem')
    await eventually(async () => (await suggested.count()) === 2)
    const mend = suggested.filter({ hasText: 'A coat to mend' })
    expect(await mend.textContent()).toContain('About: Sewing')
    const chords = suggested.filter({ hasText: 'Chords for a campfire' })
    expect(await chords.textContent()).toContain('Music, close to: Singing')
    expect(await chords.textContent()).toContain('You both speak: English and Italian')
    await viewer.shot('suggestions')
  })

  test('a ring of three is drawn, told, and leads to what is for oneself', async () => {
    const { page } = viewer
    const ring = page.getByRole('list', { name: 'Give and get in a ring' }).locator('.ring')
    await ring.first().waitFor()
    expect(await ring.count()).toBe(1)
    expect(await ring.locator('.ring-of-3 .weave').count()).toBe(3)
    expect(await ring.getByRole('listitem').allTextContents()).toEqual([
      `You give ${names.second}: Sewing`,
      `${names.second} gives ${names.third}: Taxes`,
      `${names.third} gives you: Music, close to: Singing`,
    ])
    await viewer.shot('ring')
    await press(page, 'See what is for you')
    await heading(page, 'Chords for a campfire').waitFor()
  })

  test('whom a list hides takes no place, which is said, with whose list it is; and they are shown where one wants it', async () => {
    const { page } = viewer
    const me = await viewer.client()
    const { client: guardian, communityId } = founder
    const { code } = await guardian.charter.guardianCode({ communityId })
    await guardian.charter.addGuardian({ communityId, name: 'Steady Oak', code })
    await guardian.offers.refresh({ communityId })
    const said = await guardian.offers.browse({ communityId })
    const offerId = said.find(({ title }) => title === 'Chords for a campfire')?.id ?? ''
    const notice = { communityId, language: 'en', words: 'They ask for money.', days: 30 }
    await guardian.safety.publishNotice({ ...notice, blocked: [{ offerId }] })
    const [here] = await me.communities.list()
    const where = { communityId: here?.id ?? '' }
    await eventually(
      async () => {
        await me.library.refresh(where)
        return (await me.safety.hidden(where)).offers.length === 2
      },
      { what: 'the list', timeoutMs: 60_000, everyMs: 250 },
    )
    await goTo(page, 'Discover')
    const suggested = page.getByRole('list', { name: 'Suggested for you' }).getByRole('listitem')
    const rings = page.locator('.page').getByRole('list', { name: 'Give and get in a ring' })
    await eventually(async () => (await suggested.count()) === 1 && (await rings.count()) === 0)
    const [inList, ofRings] = [page.locator('.pane-list-body .hidden-note'), page.locator('.page .hidden-note')]
    expect(await inList.textContent()).toContain('2 are hidden, on the list of Steady Oak')
    expect(await ofRings.textContent()).toContain('1 is hidden, on the list of Steady Oak')
    await viewer.shot('listed')
    await inList.getByRole('button', { name: 'Show anyway' }).click()
    await suggested.filter({ hasText: 'Chords for a campfire' }).waitFor()
    await ofRings.getByRole('button', { name: 'Show anyway' }).click()
    await rings.waitFor()
    await viewer.shot('listed-shown')
    for (const { key } of await me.safety.guardians())
      await me.safety.follow({ ...where, guardian: key, follows: false })
    await eventually(async () => (await page.locator('.hidden-note').count()) === 0)
  })

  test('a search finds by what a topic is called in another language, at every letter', async () => {
    const { page } = viewer
    await goTo(page, 'Discover')
    for (const text of ['cura di sé', 'autocuid', 'забота о себе', 'セルフケア', 'habits']) {
      await discover.search(page, 'kayak')
      await page.getByText('Nothing like that').waitFor()
      await discover.search(page, text)
      await discover.offer(page, care.title).waitFor()
      // its first letters find more
      await eventually(async () => (await discover.offers(page).count()) === 1, { what: `one for ${text}` })
    }
    await viewer.shot('search')
  })

  test('a topic is found by another word for it when one writes', async () => {
    const { page } = viewer
    await discover.search(page, '')
    await press(page, 'Write')
    await write(page.getByRole('searchbox', { name: 'Find a topic' }), 'insomnia')
    await choose(page, 'Sleep and rest')
    await page.getByText('Chosen: Sleep and rest').waitFor()
    expect(await page.getByRole('group', { name: 'Well-being' }).getByRole('checkbox').count()).toBe(1)
    await viewer.shot('topic-search')
  })

  test('all of it is there in Italian', async () => {
    const { page } = viewer
    await goTo(page, 'Discover')
    await speakBySettings(page, await viewer.client())?.('it')
    await page.getByRole('list', { name: 'Proposte per te' }).waitFor()
    await page.getByRole('list', { name: 'Dare e ricevere ad anello' }).waitFor()
    const people = [community, 'Staffetta', ...Object.values(names)]
    const texts = [...Object.values(wrote).flat(), care].flatMap(({ title, text }) => [title, text])
    expect(await notItalian(page, [...people, ...texts])).toEqual([])
    await viewer.shot('italian')
  })
})

async function publish(client: Client, communityId: string, pseudonym: string, drafts: OfferDraft[]): Promise<void> {
  const { id } = await client.personas.create({ communityId, pseudonym })
  for (const draft of drafts) await client.offers.publish({ personaId: id, draft })
}

async function everythingPublished(client: Client): Promise<void> {
  await eventually(async () => (await client.offers.mine()).every(({ state }) => state === 'published'), {
    what: 'all offers to be published',
    timeoutMs: 180_000,
  })
}
