import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import * as journey from '../journey/journey.ts'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as conversation from './pages/conversation.ts'
import { focus, tabTo } from './pages/keyboard.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { openTalk, pairUp, type Pair } from './stage/pair.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* A person who is threatened: what they can read, keep, show, and pass to a guardian; and what the guardian says. */

const threat = 'Send it, or everybody will know.'
const harmless = 'See you on Sunday.'
const note = 'It began in March.'
const guardianName = 'Steady Oak'
const warning = 'Somebody asks for pictures. Do not send any.'
const said = [
  ...Object.values(words),
  threat,
  harmless,
  note,
  guardianName,
  warning,
  'Staffetta',
  'English',
  'Italiano',
]

describeInBrowser('safety', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair
  let guardian: { readonly person: Person; readonly client: journey.Client; readonly communityId: string }
  let proof: Buffer

  const look = async ({ person, client }: { person: Person; client: journey.Client }, name: string): Promise<void> => {
    // what two people compare is in no language
    const shown = await person.page.locator('body').innerText()
    said.push(...(shown.match(/(?:[0-9a-f]{4} ){7}[0-9a-f]{4}/g) ?? []))
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('safety')
    pair = await pairUp(stage)
    const { mentor, seeker } = pair
    await openTalk(mentor)
    await openTalk(seeker)
    await conversation.say(mentor.person.page, harmless)
    await conversation.say(mentor.person.page, threat)
    await conversation.waitToRead(seeker.person.page, threat)
    // a third person, whom the founder names
    const person = await stage.person('guardian')
    const client = await person.client()
    await journey.createVault({ client, passphrase: person.passphrase })
    const { link } = await mentor.client.communities.invite({ communityId: mentor.communityId, days: 1 })
    const communityId = await journey.join({ client }, link)
    await client.personas.create({ communityId, pseudonym: guardianName })
    const { code } = await client.charter.guardianCode({ communityId })
    await mentor.client.charter.addGuardian({ communityId: mentor.communityId, name: guardianName, code })
    guardian = { person, client, communityId }
    for (const one of [seeker, guardian]) {
      await eventually(
        async () => {
          await one.client.library.refresh({ communityId: one.communityId })
          return (await one.client.safety.guardians()).length === 1
        },
        { what: 'the charter', timeoutMs: 60_000, everyMs: 250 },
      )
    }
  })
  afterAll(() => stage?.close())

  step('the five screens are there again, with the keyboard alone', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await goTo(page, 'Safety')
    await look(seeker, 'safety')
    await tabTo(page, 'The five screens from the beginning')
    await page.keyboard.press('Enter')
    await heading(page, 'What this protects, and what it does not').waitFor()
    await look(seeker, 'intro')
    for (const title of [
      'You owe nobody a meeting, a picture or money',
      'Under 18, and with people under 18',
      'Signs that something is wrong',
      'What to do',
    ]) {
      await tabTo(page, 'Next')
      await page.keyboard.press('Enter')
      await heading(page, title).waitFor()
      expect((await focus(page)).name).toBe(title)
      await seeker.person.shot(`intro-${title.length}`)
    }
    await look(seeker, 'intro-last')
    await press(page, 'Done')
    await heading(page, 'Safety').waitFor()
  })

  step('advice is here without a network, and names where it comes from', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    const pieces = page.locator('.advice .expander')
    expect(await pieces.count()).toBe(5)
    for (const piece of await pieces.all()) {
      await piece.locator('summary').click()
      await piece.getByText(/^In our words, after: .+ \(titles looked up in [A-Z][a-z]+ 20\d\d\)$/).waitFor()
    }
    expect(await page.locator('.sources').getByText('Polizia Postale').getAttribute('lang')).toBe('it')
    await page.getByText('Take It Down', { exact: false }).first().waitFor()
    expect(await page.getByRole('main').getByRole('link').count()).toBe(0)
    await look(seeker, 'advice')
  })

  step('from a conversation it is one press away, on a telephone too', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await page.setViewportSize({ width: 390, height: 844 })
    await openTalk(seeker)
    await seeker.person.shot('at-hand')
    await press(page, 'Help and safety')
    await heading(page, 'Safety').waitFor()
    await page.getByRole('button', { name: new RegExp(words.mentor) }).waitFor()
    await seeker.person.shot('from-conversation')
    await press(page, 'Block or end it')
    await page.getByRole('dialog').getByRole('button', { name: 'End it for both' }).waitFor()
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  step('messages are chosen, looked at, and saved with what they prove', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await goTo(page, 'Safety')
    await press(page, 'Keep it, or tell a guardian')
    await heading(page, 'What was said').waitFor()
    await press(page, 'See what others would see')
    await page.getByText('Choose at least one message.').waitFor()
    await choose(page, threat)
    await write(page.getByLabel('Something to add'), note)
    await look(seeker, 'choose')
    await press(page, 'See what others would see')
    await heading(page, 'This is what others would see').waitFor()
    await page.getByText('Proved as well:').waitFor()
    expect(await page.getByText(harmless).count()).toBe(0)
    await look(seeker, 'shown')
    await press(page, 'Save for checking')
    const [file] = await Promise.all([page.waitForEvent('download'), conversation.confirm(page, 'Save it')])
    expect(file.suggestedFilename()).toMatch(/^notes-\d{4}-\d\d-\d\d\.proof$/)
    proof = await readFile(await file.path())
    await press(page, 'Save for reading')
    const [text] = await Promise.all([page.waitForEvent('download'), conversation.confirm(page, 'Save it')])
    const read = await readFile(await text.path(), 'utf8')
    expect(read).toContain(threat)
    expect(read).toContain('and not that the contact wrote the messages')
    expect(read).not.toContain(harmless)
    expect(read).not.toMatch(/<[a-z]/)
  })

  step('it is passed to a guardian, who alone can open it', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await press(page, 'Pass it on')
    await conversation.confirm(page, 'Pass it on')
    await heading(page, 'Guardians').waitFor()
    await page.getByText('Waiting to be picked up, for two weeks').waitFor({ timeout: 60_000 })
    await look(seeker, 'guardians')
    await eventually(
      async () => {
        await guardian.client.communities.check({ communityId: guardian.communityId })
        return (await guardian.client.safety.receivedReports()).length === 1
      },
      { what: 'the report', timeoutMs: 60_000, everyMs: 250 },
    )
    expect(await pair.mentor.client.safety.receivedReports()).toEqual([])
    await goTo(guardian.person.page, 'Safety')
    await press(guardian.person.page, 'Guardians and what they say')
    await guardian.person.page.getByRole('button', { name: `About ${words.mentor}` }).click()
    await guardian.person.page.getByText(note).waitFor()
    await guardian.person.page.getByText('Proved as well:').waitFor()
    await look(guardian, 'report')
  })

  step('the guardian warns, and what the person offers is hidden where they are followed', async () => {
    const { seeker } = pair
    const { page } = guardian.person
    await press(page, 'Say something to everyone')
    await write(page.getByLabel('Your words'), warning)
    await choose(page, 'Yes, hide what they offer')
    await look(guardian, 'write-notice')
    await press(page, 'Say it to everyone')
    await heading(page, 'Guardians').waitFor()
    await eventually(
      async () => {
        await seeker.client.library.refresh({ communityId: seeker.communityId })
        return (await seeker.client.safety.notices({ communityId: seeker.communityId })).length === 1
      },
      { what: 'the notice', timeoutMs: 60_000, everyMs: 250 },
    )
    const reader = seeker.person.page
    await goTo(reader, 'Discover')
    await reader.getByText('1 is hidden').waitFor()
    expect(await reader.getByRole('list', { name: 'Offers and requests' }).count()).toBe(0)
    await look(seeker, 'hidden')
    await press(reader, 'Show anyway')
    await reader.getByRole('list', { name: 'Offers and requests' }).getByText(words.mentor).first().waitFor()
    await press(reader, '1 warning of a guardian')
    await reader.getByText(warning).waitFor()
    await look(seeker, 'warned')
    await press(reader, 'Guardians and what they say')
    await choose(reader, 'Do not follow')
    await reader.getByText(warning).waitFor({ state: 'detached' })
    await goTo(reader, 'Discover')
    await reader.getByText('1 is hidden').waitFor({ state: 'detached' })
  })

  step('evidence from a file is checked: as it was saved, and not with one byte changed', async () => {
    const { mentor } = pair
    const { page } = mentor.person
    await goTo(page, 'Safety')
    await press(page, 'Open evidence')
    const input = page.locator('input[type="file"]')
    const name = 'notes.proof'
    await input.setInputFiles({ name, mimeType: '', buffer: proof })
    await page.getByText('Proved: whoever has this weave').waitFor()
    await page.getByText(threat).waitFor()
    await look(mentor, 'opened')
    const spoilt = Buffer.from(proof)
    spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1
    await input.setInputFiles({ name, mimeType: '', buffer: spoilt })
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
    expect(await page.getByText(threat).count()).toBe(0)
    await input.setInputFiles({ name, mimeType: '', buffer: Buffer.alloc(200_000) })
    await page.getByText('This file is no evidence').waitFor()
  })
})
