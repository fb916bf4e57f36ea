import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import * as conversation from './pages/conversation.ts'
import { focus, tabTo } from './pages/keyboard.ts'
import * as people from './pages/people.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import * as welcome from './pages/welcome.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { delivered, openTalk, pairUp, type Pair, type Side } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* What people expect of a conversation, by two of them over real apps. */

const first = 'Which of the three drawings is the heron?'
const answer = 'The second one, with the grey wing.'
const typo = 'It is standing in the rein.'
const better = 'It is standing in the rain.'
const regret = 'I should not have said this.'
const link = 'https://heron.example@lake.example/wing?n=2'
const withLink = `Look at (${link}), and tell me.`
const begun = 'I had begun to say'
const fleeting = 'This one does not stay.'
const said = [
  ...Object.values(words),
  first,
  answer,
  typo,
  better,
  regret,
  link,
  withLink,
  begun,
  fleeting,
  'Staffetta',
  'lake.example',
  'Is it on?',
  'And now?',
  // of what was found
  'heron',
  'Which of the three drawings is the',
]

describeInBrowser('a conversation', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('conversation')
    pair = await pairUp(stage)
    await openTalk(pair.mentor)
    await openTalk(pair.seeker)
  })
  afterAll(() => stage?.close())

  step('one answers what the other said, with the keyboard alone', async () => {
    const { mentor, seeker } = pair
    await conversation.say(mentor.person.page, first)
    await conversation.waitToRead(seeker.person.page, first)
    const { page } = seeker.person
    await tabTo(page, 'What to do with this message')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Reply' }).waitFor()
    expect((await focus(page)).name).toBe('Reply')
    await page.keyboard.press('Enter')
    await page.getByText(`Answering: ${words.mentor}`).waitFor()
    await page.locator('textarea:focus').waitFor()
    await look(seeker, 'answering')
    await page.keyboard.press('Escape')
    await page.getByText('Answering:').waitFor({ state: 'detached' })
    await conversation.act(page, first, 'Reply')
    await page.locator('textarea:focus').waitFor()
    await page.keyboard.type(answer)
    await page.keyboard.press('Enter')
    for (const { person } of [mentor, seeker]) {
      await conversation.message(person.page, answer).locator('.quote').filter({ hasText: first }).waitFor()
    }
  })

  step('the quote leads to what it answers', async () => {
    const { page } = pair.mentor.person
    await conversation
      .message(page, answer)
      .getByRole('button', { name: /^Answers: You/ })
      .click()
    await conversation.message(page, first).first().and(page.locator(':focus')).waitFor()
  })

  step('arrow keys lead from message to message, and Tab passes them by', async () => {
    const { page } = pair.seeker.person
    await page.getByRole('textbox', { name: 'Message' }).focus()
    await page.keyboard.press('Shift+Tab')
    const here = () => page.evaluate(() => document.activeElement?.closest('[data-message]')?.textContent ?? '')
    expect(await here()).toContain(answer)
    await page.keyboard.press('ArrowUp')
    expect(await here()).toContain(first)
    expect(await here()).not.toContain(answer)
    expect((await focus(page)).isSeen).toBe(true)
    await page.keyboard.press('ArrowDown')
    expect(await here()).toContain(answer)
    await page.keyboard.press('Tab')
    expect((await focus(page)).tag).toBe('textarea')
  })

  step('a reaction is seen by both, replaced and taken back', async () => {
    const { mentor, seeker } = pair
    await conversation.act(mentor.person.page, answer, 'React', 'Growing')
    const seen = conversation.message(seeker.person.page, answer).locator('.reaction')
    await seen.filter({ hasText: '🌱' }).filter({ hasText: words.mentor }).waitFor()
    await conversation.act(mentor.person.page, answer, 'React', 'Heart')
    await seen.filter({ hasText: '❤️' }).waitFor()
    expect(await seen.count()).toBe(1)
    await look(mentor, 'reaction')
    await conversation.act(mentor.person.page, answer, 'React', 'Take it back')
    await seen.waitFor({ state: 'detached' })
  })

  step('one changes what they wrote, for both', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await conversation.say(page, typo)
    await conversation.waitToRead(mentor.person.page, typo)
    await conversation.act(page, typo, 'Edit')
    const box = page.getByRole('textbox', { name: 'Other words' })
    await box.and(page.locator(':focus')).waitFor()
    await look(seeker, 'editing')
    await write(box, better)
    await box.press('Enter')
    for (const { person } of [mentor, seeker])
      await conversation.message(person.page, better).getByText('edited', { exact: true }).waitFor()
    // also where the list of people repeats the last words
    await page.getByText(typo).first().waitFor({ state: 'detached' })
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
  })

  step('what others wrote can neither be changed nor deleted for both', async () => {
    const { page } = pair.mentor.person
    await conversation.message(page, better).getByRole('button', { name: 'What to do with this message' }).click()
    await page.getByRole('menuitem').first().waitFor()
    const names = await page.getByRole('menuitem').allInnerTexts()
    expect(names).toEqual(['Reply', 'React', 'Copy the words', 'Delete here alone'])
    await page.keyboard.press('Escape')
  })

  step('one is deleted for both after a question, and its place says so', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await conversation.say(page, regret)
    await conversation.waitToRead(seeker.person.page, regret)
    await conversation.act(page, regret, 'Delete for both')
    await page.getByRole('alertdialog').waitFor()
    expect((await focus(page)).name).toBe('Leave it as it is')
    await mentor.person.shot('delete-for-both')
    await conversation.confirm(page, 'Delete for both')
    for (const { person } of [mentor, seeker]) {
      await conversation.message(person.page, 'Deleted').waitFor()
      expect(await person.page.getByRole('log').getByText(regret).count()).toBe(0)
    }
    await look(seeker, 'deleted')
  })

  step('one is deleted here alone, and stays with the other', async () => {
    const { mentor, seeker } = pair
    await conversation.act(seeker.person.page, 'Deleted', 'Delete here alone')
    await conversation.confirm(seeker.person.page, 'Delete here alone')
    await conversation.message(seeker.person.page, 'Deleted').waitFor({ state: 'detached' })
    await conversation.message(mentor.person.page, 'Deleted').waitFor()
  })

  step('a link is text: pressing it asks nobody, and says where it leads', async () => {
    const { mentor, seeker } = pair
    await conversation.say(mentor.person.page, withLink)
    await conversation.waitToRead(seeker.person.page, withLink)
    const { page } = seeker.person
    expect(await page.getByRole('link').count()).toBe(0)
    await page.getByRole('log').getByRole('button', { name: link, exact: true }).click()
    await page.getByRole('dialog').getByText('It leads to lake.example.').waitFor()
    await look(seeker, 'link')
    await press(page, 'Copy')
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await press(page, 'Close')
    expect(seeker.person.watch.strangers).toEqual([])
    expect(page.context().pages()).toHaveLength(1)
  })

  step('what was begun is kept by the vault, through a power cut', async () => {
    const { person, client, conversationId } = pair.seeker
    await person.page.getByRole('textbox', { name: 'Message' }).pressSequentially(begun)
    await expect
      .poll(async () => (await client.conversations.list()).find(({ id }) => id === conversationId)?.draft)
      .toBe(begun)
    await person.vanish()
    await person.come()
    await welcome.unlock(person.page, person.passphrase)
    await heading(person.page, 'Discover').waitFor()
    await goTo(person.page, 'People')
    await people
      .people(person.page, 'Conversations')
      .filter({ hasText: `Draft: ${begun}` })
      .waitFor()
    await people.open(person.page, 'Conversations', words.mentor)
    const box = person.page.getByRole('textbox', { name: 'Message' })
    await expect.poll(() => box.inputValue()).toBe(begun)
    await write(box, '')
    pair = { ...pair, seeker: { ...pair.seeker, client: await person.client() } }
  })

  step('messages disappear if one of them says so, and both see that', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await press(page, 'Options')
    await choose(page.getByRole('dialog'), '1 hour')
    await look(mentor, 'options')
    await press(page, 'Set it for both')
    await page.getByText('It is set.').waitFor()
    await press(page, 'Close')
    await page.getByText('You decided that messages disappear: 1 hour after they were read.').waitFor()
    await seeker.person.page.getByText(`${words.mentor} decided that messages disappear: 1 hour`).waitFor()
    for (const { person } of [mentor, seeker])
      await person.page.getByText('Messages disappear: 1 hour', { exact: true }).waitFor()
    await conversation.say(page, fleeting)
    await conversation
      .message(seeker.person.page, fleeting)
      .getByText(/^Disappears in (59|60|1) (minutes|hour)$/)
      .waitFor()
    await conversation
      .message(page, fleeting)
      .getByText(/^Disappears in/)
      .waitFor()
    await look(seeker, 'disappearing')
    await press(page, 'Options')
    await choose(page.getByRole('dialog'), 'Off')
    await press(page, 'Set it for both')
    await press(page, 'Close')
    await seeker.person.page.getByText(`${words.mentor} decided that messages stay.`).waitFor()
  })

  step('what was read is told only where both want it', async () => {
    const { mentor, seeker } = pair
    await delivered(mentor)
    const one = mentor.person.page
    await goTo(one, 'Safety')
    expect(await one.getByRole('radio', { name: 'Nobody is told' }).isChecked()).toBe(true)
    await choose(one, 'Contacts are told')
    await openTalk(mentor)
    await conversation.say(one, 'Is it on?')
    await conversation.waitToRead(seeker.person.page, 'Is it on?')
    await conversation.waitForDelivery(one, 'Is it on?', 'Delivered')
    await seeker.client.settings.change({ readReceipts: true })
    await conversation.say(one, 'And now?')
    await conversation.waitForDelivery(one, 'And now?', 'Read')
    await mentor.person.shot('read')
  })

  step('a search in all conversations leads to the message', async () => {
    const { person } = pair.seeker
    const { page } = person
    await write(page.getByRole('searchbox', { name: 'Search in your conversations' }), 'HERON')
    const found = page.getByRole('list', { name: 'Found messages' }).getByRole('listitem')
    await found.filter({ hasText: first }).waitFor()
    await look(pair.seeker, 'found')
    await found.filter({ hasText: first }).getByRole('button').click()
    await conversation.message(page, first).first().and(page.locator(':focus')).waitFor()
    await write(page.getByRole('searchbox', { name: 'Search in your conversations' }), 'kayak')
    await page.getByText('Nothing like that was said').waitFor()
    await look(pair.seeker, 'found-nothing')
    await press(page, 'Clear the search')
    await people.people(page, 'Conversations').first().waitFor()
  })
})
