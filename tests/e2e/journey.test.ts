import { afterAll, beforeAll, expect, test } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import * as community from './pages/community.ts'
import * as conversation from './pages/conversation.ts'
import * as discover from './pages/discover.ts'
import * as people from './pages/people.ts'
import * as welcome from './pages/welcome.ts'
import { goTo, heading } from './pages/widgets.ts'
import * as writing from './pages/write.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* The whole journey by hand: two people, two browsers, two apps and a community node, all real. */

const topic = 'Career guidance'
const hello = 'Welcome. Show me three drawings that you like.'
const answer = 'Here they are, all three of them. Thank you for having me.'
const away = ['First, light.', 'Second, line.', 'Third, patience.', 'Fourth, deadlines.', 'Fifth, rest.']

describeInBrowser('the journey by hand', () => {
  const step = walk()
  let stage: Stage
  let nodeLink: string
  let mentor: Person
  let seeker: Person

  beforeAll(async () => {
    stage = await Stage.open('journey')
    nodeLink = await stage.startNode()
    mentor = await stage.person('mentor')
  })
  afterAll(() => stage?.close())

  step('the mentor makes a vault', async () => {
    await welcome.fillVault(mentor.page, mentor.passphrase)
    await mentor.shot('vault')
    await welcome.createVault(mentor.page, mentor.passphrase)
  })

  step('the mentor starts a community with a community computer that runs', async () => {
    await mentor.shot('first-community')
    await welcome.createCommunity(mentor.page, words.community, nodeLink)
    await mentor.shot('pseudonym')
    await welcome.takeName(mentor.page, words.mentor)
    await mentor.shot('weave')
    await welcome.lookAround(mentor.page)
    await mentor.shot('discover-empty')
    await community.reached(mentor.page)
  })

  step('the mentor copies an invite, and the seeker pastes it', async () => {
    await community.copyInvite(mentor.page)
    const link = await mentor.page.getByLabel('Invite link').inputValue()
    expect(await community.scanInvite(mentor.page)).toBe(link.toUpperCase())
    await mentor.shot('invite')
    seeker = await stage.person('seeker')
    await welcome.createVault(seeker.page, seeker.passphrase)
    await seeker.page.getByLabel('Invite', { exact: true }).click()
    await seeker.page.keyboard.press('ControlOrMeta+v')
    await heading(seeker.page, 'Your community').waitFor()
    await seeker.page.getByRole('heading', { name: words.community }).waitFor()
    await seeker.shot('invite-seen')
    await welcome.join(seeker.page)
    await welcome.takeName(seeker.page, words.seeker)
    await welcome.lookAround(seeker.page)
  })

  step('the mentor publishes an offer, and sees how far it is', async () => {
    await goTo(mentor.page, 'Discover')
    await writing.fillOffer(mentor.page, { title: words.title, text: words.text, topic })
    await mentor.shot('write')
    const seen = await writing.publish(mentor.page, words.title)
    expect(seen).not.toEqual([])
    await mentor.shot('published')
  })

  step('the seeker finds it by topic and by word', async () => {
    const { page } = seeker
    await discover.lookUntilFound(page, words.title)
    await discover.pressTopic(page, 'Sewing')
    await page.getByText('Nothing like that').waitFor()
    await discover.pressTopic(page, topic)
    await discover.offer(page, words.title).waitFor()
    await seeker.shot('discover-topic')
    await page.getByRole('button', { name: topic, pressed: true }).click()
    await discover.search(page, 'kayak')
    await page.getByText('Nothing like that').waitFor()
    await seeker.shot('discover-nothing')
    await discover.search(page, 'PORTFOLIO illustrat')
    await discover.offer(page, words.title).waitFor()
    await discover.openOffer(page, words.title)
    await seeker.shot('offer')
  })

  step('the seeker introduces themselves', async () => {
    await discover.introduce(seeker.page, words.introduction)
    await seeker.page.getByRole('main').getByText('Waiting for an answer').first().waitFor()
    await seeker.shot('introduced')
  })

  step('the mentor finds the introduction and accepts', async () => {
    await people.lookForMail(mentor.page, 'Waiting for your answer', words.seeker)
    await people.open(mentor.page, 'Waiting for your answer', words.seeker)
    await mentor.page.getByText(words.introduction).waitFor()
    await mentor.shot('introduction')
    await people.accept(mentor.page, words.seeker)
    await mentor.shot('conversation-begins')
  })

  step('they talk', async () => {
    await conversation.say(mentor.page, hello)
    await people.lookForMail(seeker.page, 'Conversations', words.mentor)
    await people.open(seeker.page, 'Conversations', words.mentor)
    await conversation.waitToRead(seeker.page, hello)
    await conversation.waitForDelivery(mentor.page, hello, 'Delivered')
    await conversation.say(seeker.page, answer)
    await conversation.waitToRead(mentor.page, answer)
    await conversation.waitForDelivery(seeker.page, answer, 'Delivered')
    await seeker.shot('talking')
  })

  step('the seeker is gone at once, and what the mentor writes waits to be picked up', async () => {
    await seeker.vanish()
    for (const text of away) await conversation.say(mentor.page, text)
    for (const text of away) await conversation.waitForDelivery(mentor.page, text, 'Waiting to be picked up')
    await mentor.shot('waiting-to-be-picked-up')
  })

  step('the seeker comes back and reads everything once and in order', async () => {
    await seeker.come()
    await welcome.unlock(seeker.page, seeker.passphrase)
    await heading(seeker.page, 'Discover').waitFor()
    await people.lookForMail(seeker.page, 'Conversations', words.mentor)
    await people.open(seeker.page, 'Conversations', words.mentor)
    await conversation.waitForCount(seeker.page, 2 + away.length)
    expect(await conversation.log(seeker.page)).toEqual([
      `${words.mentor}: ${hello}`,
      `You: ${answer}`,
      ...away.map((text) => `${words.mentor}: ${text}`),
    ])
    await seeker.shot('read-afterwards')
  })

  step('the mentor sees that it was delivered', async () => {
    for (const text of away) await conversation.waitForDelivery(mentor.page, text, 'Delivered')
    await mentor.shot('delivered')
  })

  test('no request left this machine', () => {
    expect([...mentor.watch.strangers, ...seeker.watch.strangers]).toEqual([])
  })

  test('nothing can be read from an address, a title or the console', () => {
    for (const { watch } of [mentor, seeker]) {
      expect(watch.addresses.length).toBeGreaterThan(5)
      for (const address of watch.addresses)
        expect(address).toMatch(/^(http:\/\/127\.0\.0\.1:\d+\/|ws:\/\/127\.0\.0\.1:\d+\/socket|null|\{"step":\d+\})$/)
      expect(new Set(watch.titles)).toEqual(new Set(['Staffetta']))
      // `verbose` is the browser's own advice on forms
      expect(watch.console.filter((line) => !line.startsWith('verbose: [DOM]'))).toEqual([])
    }
  })
})
