import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import { readPng } from '../support/qr.ts'
import * as conversation from './pages/conversation.ts'
import { focus, tabTo } from './pages/keyboard.ts'
import * as people from './pages/people.ts'
import * as welcome from './pages/welcome.ts'
import { heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { damage } from './stage/damage.ts'
import { openTalk, pairUp, type Pair, type Side } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* The safety number, and what becomes of a conversation whose keys are lost or others. */

const hello = 'Shall we compare the numbers?'
const after = 'I can read again.'
const anew = 'Here I am with new keys.'
const said = [...Object.values(words), hello, after, anew, 'Staffetta']

async function openNumber({ person }: Side): Promise<void> {
  const { page } = person
  await page.getByRole('main').getByRole('button', { name: 'Privacy', exact: true }).click()
  await press(page.getByRole('dialog'), /^(Compare|See) the verification number$/)
  await heading(page, /^Verification number with/).waitFor()
}

describeInBrowser('verification', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }
  const scan = async ({ person }: Side): Promise<string> => {
    const picture = person.page.getByRole('img', { name: 'The verification number as a QR code' })
    return readPng(await picture.screenshot({ animations: 'disabled' }))
  }
  /** An app ends, something happens to its vault, and it is opened again. */
  const comesBackWith = async (who: keyof Pair, statement: string): Promise<void> => {
    const side = pair[who]
    const { person } = side
    await person.vanish()
    await damage(person, statement)
    await person.come()
    await welcome.unlock(person.page, person.passphrase)
    await heading(person.page, 'Discover').waitFor()
    pair = { ...pair, [who]: { ...side, client: await person.client() } }
  }
  const untilKeys = async (of: Side, keys: 'ok' | 'changed'): Promise<void> => {
    await eventually(
      async () => {
        for (const { client, communityId } of [pair.mentor, pair.seeker])
          await client.communities.check({ communityId }).catch(() => {})
        return (await of.client.conversations.list())[0]?.keys === keys
      },
      { what: `keys to be ${keys}`, timeoutMs: 120_000, everyMs: 250 },
    )
  }

  beforeAll(async () => {
    stage = await Stage.open('verification')
    pair = await pairUp(stage)
    await openTalk(pair.mentor)
    await openTalk(pair.seeker)
    await conversation.say(pair.mentor.person.page, hello)
    await conversation.waitToRead(pair.seeker.person.page, hello)
  })
  afterAll(() => stage?.close())

  step('both see the same number', async () => {
    const { mentor, seeker } = pair
    await openNumber(mentor)
    await openNumber(seeker)
    const numbers = await Promise.all(
      [mentor, seeker].map(async ({ person }) => {
        const groups = person.page.getByRole('list', { name: 'Verification number' }).getByRole('listitem')
        // the page opens before it has the number
        await groups.nth(11).waitFor()
        return groups.allInnerTexts()
      }),
    )
    expect(numbers[0]).toHaveLength(12)
    expect(numbers[0]?.join('')).toMatch(/^\d{60}$/)
    expect(numbers[1]).toEqual(numbers[0])
    await look(seeker, 'number')
  })

  step('what a scanner reads off the other’s screen is compared', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await page.getByText('Let this device compare').click()
    const field = page.getByLabel(/^What a scanner read/)
    await write(field, 'https://example.org')
    await press(page, 'Compare')
    await page.getByText('This is not a verification number.').waitFor()
    await field.fill(await scan(seeker))
    await press(page, 'Compare')
    await page.getByText('The numbers are not the same.').waitFor()
    await look(seeker, 'not-the-same')
    await field.fill(await scan(mentor))
    await press(page, 'Compare')
    await page.getByText('It is the same.').waitFor()
    await seeker.person.shot('the-same')
  })

  step(
    'who finds it the same says so, with the keyboard alone, and who finds it different is told what to do',
    async () => {
      const { mentor, seeker } = pair
      const { page } = seeker.person
      await tabTo(page, 'They differ')
      await page.keyboard.press('Enter')
      await page.getByText('The numbers are not the same.').waitFor()
      await page.keyboard.press('Shift+Tab')
      expect((await focus(page)).name).toBe('They are the same')
      await page.keyboard.press('Enter')
      await page.getByText('You compared it, and it was the same').waitFor()
      expect(await page.getByText('The numbers are not the same.').count()).toBe(0)
      await openTalk(seeker)
      await page.locator('.talk-head').getByText('Verification number compared').waitFor()
      await openTalk(mentor)
      expect(await mentor.person.page.getByText('Verification number compared').count()).toBe(0)
    },
  )

  step('a session that is lost is begun anew, which both see, and nothing is lost', async () => {
    await comesBackWith('mentor', 'DELETE FROM ratchet_sessions')
    const { mentor, seeker } = pair
    await conversation.say(seeker.person.page, after)
    await untilKeys(mentor, 'ok')
    await openTalk(mentor)
    await conversation.waitToRead(mentor.person.page, after)
    for (const { person } of [mentor, seeker])
      await person.page.getByText('This conversation was secured anew').first().waitFor({ timeout: 60_000 })
    await look(mentor, 'made-anew')
  })

  step('another key stops everything, in place of the conversation', async () => {
    const { page } = pair.mentor.person
    await openNumber(pair.mentor)
    await press(page, 'They are the same')
    await openTalk(pair.mentor)
    await page.locator('.talk-head').getByText('Verification number compared').waitFor()
    // the key that the seeker has for this contact alone
    await comesBackWith('seeker', 'DELETE FROM ratchet_identities WHERE id IN (SELECT identity_id FROM conversations)')
    await openTalk(pair.seeker)
    await untilKeys(pair.mentor, 'changed')
    await heading(page, `Stop: this may not be ${words.seeker}`).waitFor()
    expect(await page.getByRole('textbox', { name: 'Message' }).count()).toBe(0)
    expect(await page.getByRole('log').count()).toBe(0)
    await people.people(page, 'Conversations').getByText('Perhaps somebody else').waitFor()
    await look(pair.mentor, 'stop')
  })

  step('who has compared the new number goes on, after a question, and nothing is lost', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await conversation.say(seeker.person.page, anew)
    await tabTo(page, 'Go on with the new number')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    expect((await focus(page)).name).toBe('Leave it as it is')
    await mentor.person.shot('go-on')
    await conversation.confirm(page, 'Go on with the new number')
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    expect(await page.getByText('Verification number compared').count()).toBe(0)
    await untilKeys(mentor, 'ok')
    await untilKeys(seeker, 'ok')
    await conversation.waitToRead(page, anew)
    await openNumber(mentor)
    await openNumber(seeker)
    const [one, other] = await Promise.all(
      [mentor, seeker].map(({ person }) => person.page.getByRole('list', { name: 'Verification number' }).innerText()),
    )
    expect(one).toBe(other)
  })
})
