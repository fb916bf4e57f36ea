import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import * as conversation from './pages/conversation.ts'
import { press, write } from './pages/widgets.ts'
import { openTalk, pairUp, type Pair } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* A conversation that is longer than a page: only what is near is on it. */

const count = 400
/** The most messages that may be on the page. */
const most = 120
const textOf = (index: number): string => `Line ${index} of the long letter.`

/** Numbers of the lines on the page, in the order of the screen. */
async function lines(page: Page): Promise<number[]> {
  const texts = await conversation.log(page)
  return texts.flatMap((text) => /Line (\d+) of/.exec(text)?.[1] ?? []).map(Number)
}

/** The number of the line in the middle of what is seen. */
async function middle(page: Page): Promise<number> {
  const text = await page.locator('.talk-scroll').evaluate((area) => {
    const { left, top, width, height } = area.getBoundingClientRect()
    const seen = [...area.querySelectorAll('[data-message]')].find(
      (item) => item.getBoundingClientRect().bottom > top + height / 2,
    )
    return left + width > 0 ? (seen?.textContent ?? '') : ''
  })
  return Number(/Line (\d+) of/.exec(text)?.[1])
}

describeInBrowser('a long conversation', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair

  beforeAll(async () => {
    stage = await Stage.open('long-conversation')
    pair = await pairUp(stage)
    const { client, conversationId } = pair.mentor
    for (let index = 0; index < count; index++) {
      await client.conversations.send({
        conversationId,
        clientId: randomBytes(16).toString('hex'),
        text: textOf(index),
      })
    }
    await eventually(
      async () => {
        const last = await pair.seeker.client.conversations.messages({
          conversationId: pair.seeker.conversationId,
          limit: 1,
        })
        return last[0]?.text === textOf(count - 1)
      },
      { what: 'the letter to arrive', timeoutMs: 120_000 },
    )
  })
  afterAll(() => stage?.close())

  step('opens at its end, with no more than the last of it', async () => {
    const { page } = pair.seeker.person
    await openTalk(pair.seeker)
    await conversation.waitToRead(page, textOf(count - 1))
    await conversation.waitForEnd(page)
    const shown = await lines(page)
    expect(shown.length).toBeLessThanOrEqual(40)
    expect(shown).toEqual(Array.from({ length: shown.length }, (_, index) => count - shown.length + index))
    await eventually(async () => (await pair.seeker.client.conversations.list())[0]?.unread === 0)
  })

  step(
    'scrolled up, it goes back to its beginning without a jump, and never has more than some on the page',
    async () => {
      const { page } = pair.seeker.person
      await page.locator('.talk-scroll').hover()
      let before = await middle(page)
      const seen = new Set<number>()
      await eventually(
        async () => {
          await page.mouse.wheel(0, -300)
          const now = await middle(page)
          // what is read moves by what was scrolled, not by what was loaded
          if (before - now > 12 || now > before) throw new Error(`from line ${before} to ${now} at once`)
          before = now
          const shown = await lines(page)
          expect(shown.length).toBeLessThanOrEqual(most)
          for (const line of shown) seen.add(line)
          return shown[0] === 0 && (await page.locator('.talk-scroll').evaluate(({ scrollTop }) => scrollTop)) === 0
        },
        { what: 'the beginning', timeoutMs: 60_000 },
      )
      expect(seen.size).toBe(count)
      expect(await page.getByRole('button', { name: 'Earlier messages' }).count()).toBe(0)
      await pair.seeker.person.shot('beginning')
    },
  )

  step('scrolled down, it comes to its end again', async () => {
    const { page } = pair.seeker.person
    await eventually(
      async () => {
        await page.mouse.wheel(0, 600)
        const shown = await lines(page)
        expect(shown.length).toBeLessThanOrEqual(most)
        expect(shown).toEqual(shown.toSorted((a, b) => a - b))
        return shown.at(-1) === count - 1 && !(await page.getByRole('button', { name: 'To the newest' }).isVisible())
      },
      { what: 'the end', timeoutMs: 60_000 },
    )
  })

  step('what comes while one reads further up does not move the page, and one press leads to it', async () => {
    const { page } = pair.seeker.person
    await page.mouse.wheel(0, -2000)
    await page.getByRole('button', { name: 'To the newest' }).waitFor()
    const before = await middle(page)
    await conversationSays('A late word.')
    await eventually(async () => (await pair.seeker.client.conversations.list())[0]?.unread === 1)
    expect(await middle(page)).toBe(before)
    await press(page, 'To the newest')
    // the button is gone: whoever pressed it stands with the last messages, and not at the very beginning
    await page.locator('[data-message]:focus').waitFor()
    await conversation.message(page, 'A late word.').waitFor()
    await conversation.waitForEnd(page)
    await eventually(async () => (await pair.seeker.client.conversations.list())[0]?.unread === 0)
  })

  step('a search leads far back, and from there the way goes on in both directions', async () => {
    const { page } = pair.seeker.person
    await write(page.getByRole('searchbox', { name: 'Search in your conversations' }), 'letter 57')
    await page.getByRole('list', { name: 'Found messages' }).getByRole('button').filter({ hasText: 'Line 57 ' }).click()
    await conversation.message(page, textOf(57)).and(page.locator(':focus')).waitFor()
    const shown = await lines(page)
    expect(shown).toContain(58)
    expect(shown).toContain(56)
    expect(shown.length).toBeLessThanOrEqual(most)
    await pair.seeker.person.shot('found')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.closest('[data-message]')?.textContent ?? '')).toContain(
      textOf(59),
    )
    await press(page, 'To the newest')
    await conversation.message(page, 'A late word.').waitFor()
  })

  step('the quote of an answer leads to what is no longer on the page', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    const first = (
      await seeker.client.conversations.messages({ conversationId: seeker.conversationId, before: 6, limit: 1 })
    )[0]
    await seeker.client.conversations.send({
      conversationId: seeker.conversationId,
      clientId: randomBytes(16).toString('hex'),
      text: 'I keep thinking of this one.',
      replyTo: first?.id ?? '',
    })
    await conversation
      .message(page, 'I keep thinking of this one.')
      .getByRole('button', { name: /^Answers:/ })
      .click()
    await conversation
      .message(page, first?.text ?? '')
      .and(page.locator(':focus'))
      .waitFor()
  })

  step('where no community computer answers, it is said why something waits', async () => {
    const { page } = pair.seeker.person
    await pair.mentor.person.vanish()
    await stage.killNode()
    await conversation.say(page, 'Is anybody there?')
    await conversation.waitForDelivery(page, 'Is anybody there?', 'Waiting to go out')
    await page.getByText('1 message waits to go out.').waitFor()
    await page.getByText('None of your community’s computers answers.').waitFor()
    await pair.seeker.person.shot('why')
  })

  async function conversationSays(text: string): Promise<void> {
    const { client, conversationId } = pair.mentor
    await client.conversations.send({ conversationId, clientId: randomBytes(16).toString('hex'), text })
  }
})
