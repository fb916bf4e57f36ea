import { afterAll, beforeAll, expect } from 'vitest'
import type { Client } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as conversation from './pages/conversation.ts'
import * as discover from './pages/discover.ts'
import { fillTime, fromTalk, openPart, panel, text, writeOn } from './pages/mentorship.ts'
import * as people from './pages/people.ts'
import { beginsWith, saying, tr } from './pages/speech.ts'
import * as welcome from './pages/welcome.ts'
import { choose, goTo, heading, press, select, write } from './pages/widgets.ts'
import * as writing from './pages/write.ts'
import { foundIn, lines, said } from './stage/life.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'
import { notItalian } from './stage/words.ts'

/*
 * The whole life of a mentorship by hand, from a request to an offer that passes it on.
 * Who learns reads Italian alone, who teaches English: names of the app's own are said in
 * English here for both, and looked up in the catalogue.
 */

const { community, mentor: mentorName, learner: learnerName, request, offer, wish, cards } = lines
const { introduction, hello, answer, about, boundaries, goal, milestones, offline, note, learned, thanks } = lines
const [topic, minute] = ['Career guidance', 60_000] as const

describeInBrowser('the life of a mentorship', () => {
  const step = walk()
  let stage: Stage
  let mentor: Person
  let learner: Person
  let asMentor: Client
  let asLearner: Client
  let invite: string
  let id: string

  /** On what the learner sees nothing is in another language. */
  const see = async (name: string): Promise<void> => {
    await learner.shot(name)
    expect(await notItalian(learner.page, said)).toEqual([])
  }
  const views = () => Promise.all([asMentor, asLearner].map((client) => client.mentorships.view({ mentorshipId: id })))

  beforeAll(async () => {
    stage = await Stage.open('life')
    ;({ mentor, asMentor, invite } = await foundIn(stage))
    learner = await stage.person('learner', { locale: 'it-IT' })
    said.push(invite)
  })
  afterAll(() => stage?.close())

  step('the learner makes a vault, reads what everybody should know, and joins', async () => {
    const { page } = learner
    await welcome.fillVault(page, learner.passphrase)
    await see('vault')
    await press(page, 'Begin')
    await welcome.readIntro(page)
    await heading(page, 'Your community').waitFor()
    await welcome.paste(page, 'Invite', invite)
    await page.getByRole('heading', { name: community }).waitFor()
    await see('invite')
    await welcome.join(page)
    await welcome.takeName(page, learnerName)
    await welcome.lookAround(page)
    asLearner = await learner.client()
  })

  step('they write what they could show of themselves', async () => {
    const { page } = learner
    await goTo(page, 'You')
    await page.getByRole('button', { name: beginsWith(page, 'What you could show') }).click()
    await heading(page, 'What you could show').waitFor()
    await write(page.getByLabel(tr(page, 'Pronouns')), cards.learner.pronouns)
    await write(page.getByLabel(tr(page, 'Another name')), cards.learner.name)
    await press(page, 'Save')
    await page.getByText(saying(page, 'Saved here.')).waitFor()
    await see('card')
  })

  step('they publish a request, with a second language and what they can give in return', async () => {
    const { page } = learner
    await goTo(page, 'Discover')
    await press(page, 'Write')
    await choose(page, 'A request: I want to learn')
    await heading(page, 'What do you want to learn?').waitFor()
    await writing.fillWords(page, { ...request, topic })
    await page.getByText(tr(page, 'Languages, level and way')).click()
    await select(page, 'Languages', new RegExp(`^${new Intl.DisplayNames('it', { type: 'language' }).of('en')}$`, 'i'))
    await page.getByText(tr(page, 'What you can give in return')).click()
    await select(page, 'Topics of a swap', 'Sewing')
    await write(page.getByLabel(tr(page, 'Or in words')), wish)
    await see('request')
    await writing.publish(page, request.title)
    expect(await asLearner.offers.mine()).toMatchObject([
      { kind: 'request', languages: ['it', 'en'], inReturn: { topics: ['sewing'], text: wish } },
    ])
  })

  step(
    'the mentor finds it by other words, in another language, and shows one thing with their introduction',
    async () => {
      const { page } = mentor
      await discover.lookUntilFound(page, request.title)
      await discover.search(page, 'kayak')
      await page.getByText('Nothing like that').waitFor()
      await discover.search(page, 'career advice')
      await discover.offer(page, request.title).waitFor()
      await discover.openOffer(page, request.title)
      await page.getByText(wish).waitFor()
      await choose(page.getByRole('group', { name: 'Show with it' }), 'Where, roughly')
      await discover.introduce(page, introduction)
    },
  )

  step('the learner reads it and accepts', async () => {
    const { page } = learner
    await people.lookForMail(page, 'Waiting for your answer', mentorName)
    await people.open(page, 'Waiting for your answer', mentorName)
    await page.getByText(introduction).waitFor()
    await page.locator('.letter').getByText(cards.mentor.region).waitFor()
    expect(await page.getByRole('main').innerText()).not.toContain(cards.mentor.pronouns)
    await see('introduction')
    await people.accept(page, mentorName)
  })

  step('they write to each other', async () => {
    await conversation.say(learner.page, hello)
    await people.lookForMail(mentor.page, 'Conversations', learnerName)
    await people.open(mentor.page, 'Conversations', learnerName)
    await conversation.waitToRead(mentor.page, hello)
    await conversation.say(mentor.page, answer)
    await conversation.waitToRead(learner.page, answer)
    await conversation.waitForDelivery(learner.page, hello, 'Delivered')
    await see('conversation')
  })

  step('the learner shows one thing more of themselves', async () => {
    const { page } = learner
    await press(page, 'The two of you')
    await choose(page.getByRole('group', { name: tr(page, 'Show more') }), 'Another name')
    await press(page, 'Show it')
    await page.getByRole('button', { name: beginsWith(page, 'Take back') }).waitFor()
    await see('shown')
    await press(mentor.page, 'The two of you')
    await mentor.page.getByRole('main').getByText(cards.learner.name, { exact: true }).waitFor({ timeout: 60_000 })
    expect(await mentor.page.getByRole('main').innerText()).not.toContain(cards.learner.pronouns)
    for (const { page } of [learner, mentor]) await press(page, 'Back')
  })

  step('the learner proposes a mentorship, and the mentor accepts', async () => {
    const { page } = learner
    await press(page, 'Propose a mentorship')
    await heading(page, 'Propose a mentorship').waitFor()
    expect(await page.getByRole('radio', { checked: true }).first().getAttribute('value')).toBe('them')
    await write(page.getByRole('textbox', { name: tr(page, 'What it is about') }), about)
    await see('propose')
    await press(page, 'Propose it')
    await page.getByText(saying(page, 'You proposed this. It begins')).waitFor()
    id = (await asLearner.mentorships.list({}))[0]?.id ?? ''
    await mentor.page.getByRole('log').getByText('proposed a mentorship.').waitFor()
    await fromTalk(mentor.page)
    await mentor.page.getByText(about).waitFor()
    await press(mentor.page, 'Accept the mentorship')
    for (const { page } of [mentor, learner])
      await page.getByRole('tab', { name: beginsWith(page, 'Together') }).waitFor()
  })

  step('both agree to what the mentor adds to their agreement', async () => {
    for (const { page } of [mentor, learner]) await openPart(page, 'Agreement')
    const theirs = text(mentor.page, 'Boundaries')
    await press(theirs, /^Write/)
    await write(theirs.getByRole('textbox'), boundaries)
    await press(theirs, 'Save')
    await press(mentor.page, 'Agree to what stands here')
    await learner.page.getByText(boundaries).waitFor()
    await learner.page.getByText(saying(learner.page, 'has agreed to what stands here now')).waitFor()
    await see('agreement')
    await press(learner.page, 'Agree to what stands here')
    for (const { page } of [mentor, learner])
      await page.getByText(saying(page, 'Both of you have agreed to what stands here')).waitFor()
  })

  step('the learner writes a goal with milestones, and the mentor ticks one off', async () => {
    const { page } = learner
    for (const { page } of [mentor, learner]) await openPart(page, 'Goals')
    await write(page.getByLabel(tr(page, 'A new goal')), goal)
    await press(page, 'Add the goal')
    for (const milestone of [milestones.first, milestones.second]) {
      await write(page.getByLabel(tr(page, 'A milestone'), { exact: true }), milestone)
      await page.keyboard.press('Enter')
      await panel(mentor.page, 'Goals').getByText(milestone).waitFor()
    }
    await choose(mentor.page, milestones.first)
    await page.getByRole('checkbox', { name: milestones.first, checked: true }).waitFor()
    await see('goals')
  })

  step('both go on while the community computer answers nobody, and afterwards both have all of it', async () => {
    await openPart(learner.page, 'Agreement')
    stage.stopNode()
    await writeOn(learner.page, 'What it is about', ` ${offline.learner}`)
    await write(mentor.page.getByLabel('A milestone', { exact: true }), milestones.later)
    await mentor.page.keyboard.press('Enter')
    await panel(mentor.page, 'Goals').getByText(milestones.later).waitFor()
    await openPart(mentor.page, 'Agreement')
    await writeOn(mentor.page, 'What it is about', ` ${offline.mentor}`)
    const [before, learners] = await views()
    expect(before?.agreement.what).toBe(`${about} ${offline.mentor}`)
    expect(learners?.agreement.what).toBe(`${about} ${offline.learner}`)
    await see('alone')
    stage.resumeNode()
    const merged = await eventually(
      async () => {
        const [one, other] = (await views()).map(({ agreement, goals }) => ({ ...agreement, goals }))
        return one?.what === other?.what && other?.goals[0]?.milestones.length === 3 && one?.what
      },
      { what: 'both to have all of it', timeoutMs: 90_000 },
    )
    said.push(merged)
    for (const { page } of [mentor, learner]) {
      const both = text(page, 'What it is about')
      for (const words of [about, ...Object.values(offline)]) await both.getByText(words).waitFor()
    }
    await see('merged')
  })

  step('a session is proposed, accepted and held, and each notes its hours', async () => {
    const { page } = mentor
    for (const { page } of [mentor, learner]) await openPart(page, 'Sessions')
    await press(page, 'Propose a session')
    await fillTime(page, Date.now() + 3 * 24 * 60 * minute)
    await write(page.getByLabel(/^A word about it/), note)
    await press(page, 'Propose it')
    await learner.page.getByText(note).waitFor()
    await see('session')
    await press(learner.page, 'Accept this time')
    await panel(page, 'Sessions').getByText('Agreed', { exact: true }).waitFor()
    // nobody waits here for three days: the same session, as if it had been two hours ago
    const [session] = (await asMentor.mentorships.view({ mentorshipId: id })).sessions
    if (session === undefined) throw new Error('no session was there')
    const past = { sessionId: session.id, at: Date.now() - 120 * minute, minutes: 90, format: 'voice', note } as const
    await asMentor.mentorships.planSession({ mentorshipId: id, ...past })
    await press(learner.page, 'Accept this time')
    for (const { page } of [mentor, learner]) {
      await press(page, 'It took place')
      await press(page.getByRole('dialog'), 'Note it')
    }
    for (const { page } of [mentor, learner])
      await panel(page, 'Sessions').getByText(tr(page, 'Took place'), { exact: true }).waitFor()
    await see('held')
  })

  step('the mentor vouches for the learner, who wants it shown', async () => {
    for (const { page } of [mentor, learner]) {
      await press(page, 'Conversation')
      await press(page, 'The two of you')
    }
    await press(mentor.page, 'Vouch for them')
    await press(mentor.page.getByRole('dialog'), 'Sign it')
    const { page } = learner
    // whose request it was is known: nothing has to be asked first
    await page.getByRole('button', { name: beginsWith(page, 'Show it with my offers') }).click({ timeout: 60_000 })
    await page.getByRole('button', { name: beginsWith(page, 'Shown with your offers: hide it') }).waitFor()
    await see('vouch')
  })

  step('they finish: the learner looks back and thanks, and the mentor reads it', async () => {
    const { page } = learner
    for (const { page } of [mentor, learner]) {
      await press(page, 'Back')
      await fromTalk(page)
      await openPart(page, 'Together')
    }
    await press(page, 'Finish together')
    await press(page, 'I would like to finish')
    await press(mentor.page, 'See how to finish')
    await press(mentor.page, 'Finish it')
    await page.getByText(tr(page, 'You have finished together.')).waitFor()
    await press(page, 'Next step')
    await write(page.getByLabel(tr(page, 'What did you learn?')), learned)
    await see('look-back')
    await press(page, saying(page, 'Share it with {name}'))
    await conversation.confirm(page, 'Share')
    await press(page, 'Next step')
    await write(page.getByLabel(tr(page, 'To {name}', { name: mentorName })), thanks)
    await press(page, 'Say thank you')
    await page.getByText(tr(page, 'Said'), { exact: true }).waitFor()
    await see('thanks')
    for (const words of [learned, thanks]) {
      await press(mentor.page, 'Next step')
      await mentor.page.getByText(words).waitFor()
    }
    await mentor.shot('thanked')
  })

  step('the learner passes it on: an offer that is begun already, with the vouch', async () => {
    const { page } = learner
    await press(page, 'Next step')
    await press(page, 'Next step')
    await page.getByText(saying(page, 'Their vouch goes with your offers of its topic')).waitFor()
    expect(await page.getByRole('button', { name: tr(page, 'Ask for a vouch') }).count()).toBe(0)
    await see('pass-it-on')
    await press(page, 'Write an offer')
    await heading(page, 'What can you teach?').waitFor()
    await page
      .getByText(saying(page, 'Chosen: {chosen}'))
      .filter({ hasText: tr(page, topic) })
      .waitFor()
    await writing.fillWords(page, offer)
    await see('offer')
    await writing.publish(page, offer.title)
    const written = { kind: 'offer', topics: ['career-guidance'], languages: ['it', 'en'] }
    expect((await asLearner.offers.mine())[0]).toMatchObject(written)
    await see('passed-on')
  })

  step('who reads it sees that somebody they know vouches for it', async () => {
    const { page } = mentor
    await goTo(page, 'Discover')
    await discover.search(page, 'career advice')
    await discover.lookUntilFound(page, offer.title)
    await discover.offer(page, offer.title).getByText(`You vouch for this, for ${topic}.`).waitFor({ timeout: 60_000 })
    // their request is still there, and is no offer
    expect(await discover.offer(page, request.title).innerText()).not.toContain('You vouch')
    await discover.openOffer(page, offer.title)
    await page.getByRole('main').getByText(`You vouch for this, for ${topic}.`).last().waitFor()
    await mentor.shot('vouched')
  })

  step('the hours are there for each, on their own side', async () => {
    for (const { page } of [mentor, learner]) {
      await goTo(page, 'Mentorships')
      await press(page, 'Hours given and received')
      await heading(page, 'Hours given and received').waitFor()
    }
    await see('hours')
    expect(await asMentor.mentorships.hours()).toMatchObject({ given: 90, received: 0 })
    expect(await asLearner.mentorships.hours()).toMatchObject({ given: 0, received: 90 })
  })

  step('nothing of it asks strangers, or stands in an address', async () => {
    for (const { watch } of [mentor, learner]) {
      expect(watch.strangers).toEqual([])
      expect(watch.addresses.length).toBeGreaterThan(3)
      for (const address of watch.addresses) for (const word of said) expect(address).not.toContain(word)
    }
  })
})
