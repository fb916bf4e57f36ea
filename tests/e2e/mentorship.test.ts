import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as conversation from './pages/conversation.ts'
import { earlierChanges, opensChanges } from './pages/folds.ts'
import { focus, tabTo, typeInto } from './pages/keyboard.ts'
import { fillTime, fromTalk, inFields, openPart, panel, readsTime, text } from './pages/mentorship.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { openTalk, pairUp, type Pair, type Side } from './stage/pair.ts'
import { begin, threeWeeksLater } from './stage/quiet.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* A mentorship of two people: proposed, agreed, worked on by both at once, met for, and brought to an end. */

const about = 'Ten pages that an art director wants to turn.'
const aboutLater = 'Ten pages that an art director wants to turn. Drawn by hand.'
const mine = 'Slowly, please.'
const goal = 'A portfolio with ten pages'
const [first, second, third] = ['Choose thirty drawings', 'Throw twenty of them away', 'Frame the rest']
const note = 'Bring the three that you like least.'
const quiet = {
  en: 'It has been quiet here for three weeks.',
  it: 'Qui c’è silenzio da tre settimane.',
} as const
const secret = 'I am more nervous than I look.'
const link = 'https://example.org/portfolio'
const learned = 'That less is more.'
const thanks = 'You looked at every single line.'
const said = [...Object.values(words), about, aboutLater, mine, goal, first, second, note, secret, link, learned]
said.push(thanks, `${about} ${mine}`, `${aboutLater} ${mine}`)
said.push('Drawn by hand.', 'How to show work', 'Staffetta', 'Enter', 'Esc')

const [minute, day] = [60_000, 86_400_000] as const
const zones = { mentor: 'Europe/Rome', seeker: 'Asia/Kolkata' } as const

describeInBrowser('mentorship', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair
  let id: string

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }
  const view = ({ client }: Side) => client.mentorships.view({ mentorshipId: id })

  beforeAll(async () => {
    stage = await Stage.open('mentorship')
    pair = await pairUp(stage, zones.seeker)
  })
  afterAll(() => stage?.close())

  step('who has none is told how to begin, and proposes one in the conversation', async () => {
    const { seeker, mentor } = pair
    const { page } = seeker.person
    await goTo(page, 'Mentorships')
    await page.getByText('A mentorship begins in a conversation').waitFor()
    await seeker.person.shot('none')
    await openTalk(mentor)
    await openTalk(seeker)
    await press(page, 'Propose a mentorship')
    await heading(page, 'Propose a mentorship').waitFor()
    const what = page.getByRole('textbox', { name: 'What it is about' })
    expect(await what.inputValue()).toBe(words.title)
    await write(what, '')
    await press(page, 'Propose it')
    await page.getByText('Say what it is about.').waitFor()
    expect((await focus(page)).name).toBe('What it is about')
    await page.keyboard.type(about)
    await look(seeker, 'propose')
    await press(page, 'Propose it')
    await page.getByText('You proposed this.').waitFor()
    id = (await seeker.client.mentorships.list({}))[0]?.id ?? ''
  })

  step('the other sees a line in the thread, reads what it would be, and accepts', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await page.getByRole('log').getByText('proposed a mentorship.').waitFor()
    const bar = page.getByRole('navigation', { name: 'Mentorship' })
    await bar.getByText('Waits for your answer').waitFor()
    await press(bar, 'Mentorship')
    await page.getByText(about).waitFor()
    await look(mentor, 'proposal')
    await press(page, 'Accept the mentorship')
    await page.getByRole('tab', { name: 'Together' }).waitFor()
    await seeker.person.page.getByRole('tab', { name: 'Together' }).waitFor()
  })

  step('goals and milestones are tied with the keyboard alone, and are knots for the other', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await tabTo(page, 'Together')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await typeInto(page, 'A new goal', goal)
    await page.keyboard.press('Enter')
    await panel(page, 'Goals').getByRole('heading', { name: goal }).waitFor()
    expect((await focus(page)).name).toBe('A new goal')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    expect((await focus(page)).name).toBe('A milestone')
    for (const milestone of [first, second]) {
      await page.keyboard.type(milestone)
      await page.keyboard.press('Enter')
      await panel(page, 'Goals').getByText(milestone).waitFor()
      expect((await focus(page)).name).toBe('A milestone')
    }
    // who removes something goes on beside where it was
    await page.keyboard.type(third)
    await page.keyboard.press('Enter')
    const removed = panel(page, 'Goals').locator('.milestone').filter({ hasText: third })
    await press(removed, 'What to do with this milestone')
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await conversation.confirm(page, 'Remove')
    await removed.waitFor({ state: 'detached' })
    await eventually(async () => (await focus(page)).name === second)
    await openPart(mentor.person.page, 'Goals')
    await choose(mentor.person.page, first)
    await panel(page, 'Goals').getByText('1 of 2').waitFor()
    await seeker.person.shot('goals')
    await openPart(page, 'Together')
    await page.getByRole('img', { name: /Milestones done: 1 \/ 2/ }).waitFor()
    await look(seeker, 'together')
  })

  step('both change the agreement at once: nothing is taken from who writes, and both words stay', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await openPart(page, 'Agreement')
    await openPart(seeker.person.page, 'Agreement')
    await press(text(page, 'What it is about'), /^Change/)
    await page.keyboard.press('Control+End')
    await page.keyboard.type(` ${mine}`)
    const theirs = text(seeker.person.page, 'What it is about')
    await press(theirs, /^Change/)
    await write(seeker.person.page.getByRole('textbox', { name: 'What it is about' }), aboutLater)
    await press(theirs, 'Save')
    await page.getByText('changed this meanwhile').waitFor()
    expect((await focus(page)).name).toBe('What it is about')
    await page.keyboard.type(' Yes')
    expect(await page.getByRole('textbox', { name: 'What it is about' }).inputValue()).toBe(`${about} ${mine} Yes`)
    for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace')
    await look(mentor, 'both-write')
    await press(text(page, 'What it is about'), 'Save')
    await eventually(async () => {
      const [one, other] = [await view(mentor), await view(seeker)]
      const { what } = one.agreement
      return what === other.agreement.what && what.includes('by hand') && what.includes(mine)
    })
    await theirs.getByText('while you were here').waitFor()
    await press(page, 'Agree to what stands here')
    await page.getByText('has agreed to an earlier wording').waitFor()
    await seeker.person.page.getByText('It was changed since you agreed.').waitFor()
    await look(seeker, 'changed')
    await press(seeker.person.page, 'Agree to what stands here')
    await page.getByText('Both of you have agreed').waitFor()
  })

  step('a session is proposed, moved and accepted, and both are reminded of it without a name', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await openPart(page, 'Sessions')
    await press(page, 'Propose a session')
    const planned = Date.now() + 3 * day
    await fillTime(page, planned, zones.mentor)
    await write(page.getByLabel(/^A word about it/), note)
    await mentor.person.shot('plan')
    await press(page, 'Propose it')
    await page.getByText('Waits for').waitFor()
    const other = seeker.person.page
    await openPart(other, 'Sessions')
    await other.getByText(note).waitFor()
    // one moment, on each screen by its own clock
    await readsTime(page, planned, zones.mentor, zones.seeker)
    await readsTime(other, planned, zones.seeker, zones.mentor)
    await look(seeker, 'session')
    await press(other, 'Propose another time')
    const soon = Date.now() + 10 * minute
    await fillTime(other, soon, zones.seeker)
    await press(other, 'Propose this time')
    await press(page, 'Accept this time')
    for (const [{ person }, zone] of [
      [mentor, zones.mentor],
      [seeker, zones.seeker],
    ] as const) {
      const reminder = person.page.getByRole('status').filter({ hasText: 'You have an appointment' })
      await reminder.waitFor()
      expect(await reminder.innerText()).toContain(inFields(soon, zone).time)
      for (const name of [words.mentor, words.seeker]) expect(await reminder.innerText()).not.toContain(name)
    }
    await look(seeker, 'reminder')
    await press(other, 'For your calendar')
    const [download] = await Promise.all([other.waitForEvent('download'), conversation.confirm(other, 'Save it')])
    const calendar = await readFile(await download.path(), 'utf8')
    expect(calendar).toContain('SUMMARY:Appointment')
    for (const word of [words.mentor, words.title, note]) expect(calendar).not.toContain(word)
    await download.delete()
    for (const { person } of [mentor, seeker]) await press(person.page.locator('.reminder'), 'Close')
  })

  step('one that took place is noted by each, and its time is sewn on', async () => {
    const { mentor, seeker } = pair
    const sessionId = randomBytes(16).toString('hex')
    const past = { sessionId, at: Date.now() - 120 * minute, minutes: 90, format: 'voice', note: '' } as const
    await mentor.client.mentorships.planSession({ mentorshipId: id, ...past })
    const { plan } = await eventually(async () => (await view(seeker)).sessions.find((one) => one.id === sessionId))
    await seeker.client.mentorships.acceptSession({ mentorshipId: id, sessionId, plan })
    for (const { page } of [mentor.person, seeker.person]) {
      await openPart(page, 'Together')
      await page.getByText('Did it take place?').waitFor()
      await openPart(page, 'Sessions')
      await press(page, 'It took place')
      await press(page.getByRole('dialog'), 'Note it')
    }
    await eventually(async () => (await view(mentor)).sessions.find((one) => one.id === sessionId)?.state === 'held')
    const { page } = mentor.person
    await press(page, 'Hours given and received')
    await heading(page, 'Hours given and received').waitFor()
    await page.getByRole('main').getByText('1 session, the last one').waitFor()
    await look(mentor, 'hours')
  })

  step('notes and links are of both; what is one’s own never reaches the other', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await openPart(page, 'Shared')
    await press(page, 'Add a link')
    await page.getByLabel('What it is', { exact: true }).fill('How to show work')
    await page.getByLabel('Address', { exact: true }).fill(link)
    await press(page, 'Add')
    await page.getByRole('button', { name: link }).waitFor()
    await openPart(page, 'Only you')
    await write(page.getByLabel('Your own notes'), secret)
    await page.getByText('Saved', { exact: true }).waitFor()
    await look(seeker, 'own')
    await openTalk(mentor)
    await fromTalk(mentor.person.page)
    await openPart(mentor.person.page, 'Shared')
    await mentor.person.page.getByRole('button', { name: link }).click()
    await mentor.person.page.getByText('Staffetta opens no links.').waitFor()
    await press(mentor.person.page.getByRole('dialog'), 'Close')
    await look(mentor, 'shared')
    expect(JSON.stringify(await view(mentor))).not.toContain(secret)
    expect((await view(seeker)).own.notes).toBe(secret)
  })

  step('either takes a pause and comes back', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await openPart(page, 'Together')
    await press(page, 'Take a pause')
    await openPart(mentor.person.page, 'Together')
    await mentor.person.page.getByText('takes a pause.').waitFor()
    await press(page, 'End your pause')
    await page.getByRole('button', { name: 'Take a pause' }).waitFor()
  })

  step('a good ending: both say so, look back, say thank you, and decide what goes', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    const other = mentor.person.page
    await press(page, 'Finish together')
    await heading(page, 'A good ending').waitFor()
    await press(page, 'I would like to finish')
    await page.getByText('You said that you would like to finish.').waitFor()
    await press(other, 'See how to finish')
    await mentor.person.shot('finish')
    await press(other, 'Finish it')
    await page.getByText('You have finished together.').waitFor()
    await tabTo(page, 'Next step')
    await page.keyboard.press('Enter')
    await typeInto(page, 'What did you learn?', learned)
    await look(seeker, 'look-back')
    await press(page, `Share it with ${words.mentor}`)
    await conversation.confirm(page, 'Share')
    await press(page, 'Next step')
    await write(page.getByLabel(/^To /), thanks)
    await press(page, 'Say thank you')
    await page.getByText('Said', { exact: true }).waitFor()
    await press(other, 'Next step')
    await other.getByText(learned).waitFor()
    await press(other, 'Next step')
    await other.getByText(thanks).waitFor()
    await look(mentor, 'thanks')
    await press(page, 'Next step')
    await choose(page, 'What you kept together')
    await press(page, 'Delete for both')
    await conversation.confirm(page, 'Delete for both')
    await page.getByText('has confirmed that it has deleted its part').waitFor()
    await look(seeker, 'deleted')
    await press(page, 'Next step')
    await seeker.person.shot('pass-it-on')
    await press(page, 'That was it')
    await page.getByText('You finished together').waitFor()
    expect((await view(mentor)).goals).toEqual([])
    expect((await view(seeker)).own.notes).toBe(secret)
    expect((await view(seeker)).debrief.answers.learned).toBe(learned)
  })

  step('where nothing has moved for three weeks, it is asked gently how it goes, in Italian too', async () => {
    const mentorshipId = await begin(pair, about)
    pair = { ...pair, seeker: await threeWeeksLater(pair.seeker) }
    const { seeker } = pair
    const { page } = seeker.person
    await openTalk(seeker)
    await fromTalk(page)
    for (const language of ['it', 'en'] as const) {
      await speakBySettings(page, seeker.client)?.(language)
      await page.getByText(quiet[language]).waitFor()
    }
    await seeker.person.shot('check-in')
    await press(page, 'It is fine so')
    await page.getByText(quiet.en).waitFor({ state: 'detached' })
    expect((await seeker.client.mentorships.view({ mentorshipId })).waits).not.toContain('check-in')
  })

  step('the way out at once: with the keyboard, from the conversation, without a reason', async () => {
    const { mentor, seeker } = pair
    await openTalk(mentor)
    await openTalk(seeker)
    const { page } = seeker.person
    await page.getByText(earlierChanges).waitFor()
    await look(seeker, 'talk')
    await opensChanges(page, 'You accepted a session.')
    await tabTo(page, 'Leave at once')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await look(seeker, 'leave')
    await tabTo(page, 'End it now')
    await page.keyboard.press('Enter')
    await heading(page, 'Safety').waitFor()
    await mentor.person.page.getByRole('log').getByText('ended the mentorship.').waitFor()
    await mentor.person.page.getByRole('button', { name: 'Propose a mentorship' }).waitFor()
  })

  step('nothing of it is in an address, a title or the console', () => {
    for (const { watch } of [pair.mentor.person, pair.seeker.person]) {
      const seen = [...watch.addresses, ...watch.titles, ...watch.console].join('\n')
      for (const word of said.slice(0, -3)) expect(seen).not.toContain(word)
      expect(watch.console.filter((line) => /policy|refused|error/i.test(line))).toEqual([])
    }
    return Promise.resolve()
  })
})
