import { afterAll, beforeAll, expect } from 'vitest'
import * as journey from '../journey/journey.ts'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as conversation from './pages/conversation.ts'
import { focus, tabTo } from './pages/keyboard.ts'
import * as people from './pages/people.ts'
import { goTo, heading, press } from './pages/widgets.ts'
import * as welcome from './pages/welcome.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { openTalk, pairUp, type Pair, type Side } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* Mute, block, end and delete: what one does, and what the other sees of it. */

const hello = 'Are you coming on Sunday?'
const unheard = 'You do not have to answer.'
const waits = 'I only wanted to say that it is fine.'
const said = [...Object.values(words), hello, unheard, waits, 'Staffetta']

describeInBrowser('boundaries', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('boundaries')
    pair = await pairUp(stage)
    await openTalk(pair.mentor)
    await openTalk(pair.seeker)
    await conversation.say(pair.mentor.person.page, hello)
    await conversation.waitForDelivery(pair.mentor.person.page, hello, 'Delivered')
  })
  afterAll(() => stage?.close())

  step('what comes in a muted conversation is not counted beside People', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await tabTo(page, 'Options')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Mute')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Unmute' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('main').locator('.talk-head').getByText('Muted').waitFor()
    await goTo(page, 'Discover')
    await conversation.say(mentor.person.page, unheard)
    await conversation.waitForDelivery(mentor.person.page, unheard, 'Delivered')
    const entry = page.getByRole('navigation').getByRole('button', { name: /^People/ })
    expect(await entry.innerText()).toBe('People')
    await goTo(page, 'People')
    const row = people.people(page, 'Conversations').filter({ hasText: words.mentor })
    await row.getByText('1 new message').waitFor({ state: 'attached' })
    await row.getByText('Muted').waitFor()
    await look(seeker, 'muted')
    await seeker.client.conversations.setMuted({ conversationId: seeker.conversationId, muted: false })
    await entry.filter({ hasText: '1' }).waitFor()
  })

  step('one is blocked after a question', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await openTalk(seeker)
    await press(page, 'Options')
    await press(page.getByRole('dialog'), 'Block')
    await page.getByRole('alertdialog', { name: `Block ${words.mentor}?` }).waitFor()
    expect((await focus(page)).name).toBe('Leave it as it is')
    await seeker.person.shot('block')
    await conversation.confirm(page, 'Block')
    await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(`You have blocked ${words.mentor}.`).waitFor()
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0)
    await look(seeker, 'blocked')
  })

  step('the other is not told, and what they write waits', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await conversation.say(page, waits)
    await conversation.waitForDelivery(page, waits, 'Waiting to be picked up')
    await page.getByText('Away: messages wait to be picked up').waitFor()
    expect(await page.getByText(/block/i).count()).toBe(0)
    await mentor.person.shot('not-told')
    await seeker.client.communities.check({ communityId: seeker.communityId })
    expect(await journey.heard(seeker, seeker.conversationId)).toEqual([hello, unheard])
  })

  step('unblocked, it comes', async () => {
    const { mentor, seeker } = pair
    await press(seeker.person.page, 'Unblock')
    await seeker.person.page.getByRole('textbox', { name: 'Message' }).waitFor()
    await people.lookForMail(seeker.person.page, 'Conversations', words.mentor)
    await people.open(seeker.person.page, 'Conversations', words.mentor)
    await conversation.waitForCount(seeker.person.page, 3)
    expect(await journey.heard(seeker, seeker.conversationId)).toEqual([hello, unheard, waits])
    await conversation.waitForDelivery(mentor.person.page, waits, 'Delivered')
  })

  step('one ends it for both while the other is away, and sees that it is not confirmed', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await seeker.person.vanish()
    await press(page, 'Options')
    await press(page.getByRole('dialog'), 'End it for both')
    await page.getByRole('alertdialog').waitFor()
    await mentor.person.shot('end')
    await conversation.confirm(page, 'End it for both')
    await page.getByText('has not confirmed yet that it has deleted its part').waitFor()
    expect(await page.getByText(hello).count()).toBe(0)
    expect(await journey.heard(mentor, mentor.conversationId)).toEqual([])
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0)
    await look(mentor, 'ended')
  })

  step('the other comes back: theirs is deleted too, which is said on both sides', async () => {
    const { mentor, seeker } = pair
    const { person } = seeker
    await person.come()
    await welcome.unlock(person.page, person.passphrase)
    await heading(person.page, 'Discover').waitFor()
    pair = { ...pair, seeker: { ...seeker, client: await person.client() } }
    await people.lookForMail(person.page, 'Conversations', words.mentor)
    await people.open(person.page, 'Conversations', words.mentor)
    await person.page.getByText(`${words.mentor} ended this conversation.`).waitFor({ timeout: 60_000 })
    expect(await person.page.getByText(hello).count()).toBe(0)
    expect(await journey.heard(pair.seeker, seeker.conversationId)).toEqual([])
    await look(pair.seeker, 'ended-by-contact')
    await people.lookForMail(mentor.person.page, 'Conversations', words.seeker)
    await people.open(mentor.person.page, 'Conversations', words.seeker)
    await eventually(
      async () => {
        await mentor.client.communities.check({ communityId: mentor.communityId })
        return (await mentor.client.conversations.list())[0]?.ending === 'confirmed'
      },
      { what: 'the confirmation', timeoutMs: 60_000, everyMs: 250 },
    )
    await mentor.person.page.getByText('has confirmed that it has deleted its part').waitFor()
    await mentor.person.shot('confirmed')
  })

  step('it is deleted here, with the keyboard alone', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await tabTo(page, 'Options')
    await page.keyboard.press('Enter')
    await tabTo(page, 'Delete it here')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await seeker.person.shot('forget')
    await tabTo(page, 'Delete it here')
    await page.keyboard.press('Enter')
    await page.getByText('Nobody yet').waitFor()
    expect(await seeker.client.conversations.list()).toEqual([])
  })
})
