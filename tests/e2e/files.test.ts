import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect } from 'vitest'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import { pictures, secret, telling } from '../support/pictures.ts'
import * as conversation from './pages/conversation.ts'
import * as files from './pages/files.ts'
import { tabTo } from './pages/keyboard.ts'
import * as people from './pages/people.ts'
import * as welcome from './pages/welcome.ts'
import { heading, press } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { openTalk, pairUp, type Pair, type Side } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* Files, pictures and voice notes between two people: chosen, cleaned, sent, fetched, shown, saved and removed. */

const picture = 'picture.jpg'
const plain = 'the letters.zip'
const large = 'the whole archive.bin'
const voice = 'voice.webm'
const said = [...Object.values(words), picture, plain, large, voice, 'Staffetta']

describeInBrowser('files', () => {
  const step = walk()
  let stage: Stage
  let pair: Pair

  const look = async ({ person, client }: Side, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }

  beforeAll(async () => {
    stage = await Stage.open('files')
    pair = await pairUp(stage)
    await openTalk(pair.mentor)
    await openTalk(pair.seeker)
    await conversation.say(pair.mentor.person.page, 'Hello')
    await conversation.waitForDelivery(pair.mentor.person.page, 'Hello', 'Delivered')
    said.push('Hello')
  })
  afterAll(() => stage?.close())

  step('a picture is cleaned before it is sent, and what was taken off it is said', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await files.choose(page, { name: `${secret}.jpg`, mimeType: 'image/jpeg', bytes: telling(1).jpeg })
    const panel = page.locator('.file-draft')
    await panel.getByText('Taken off this picture:').waitFor()
    const told = await panel.innerText()
    for (const trace of ['where it was taken', 'when it was taken', 'which camera', 'its own name'])
      expect(told).toContain(trace)
    expect(told).not.toContain(secret)
    await look(seeker, 'cleaned')
    await tabTo(page, 'Send it')
    await page.keyboard.press('Enter')
    await files
      .file(page, picture)
      .getByText(/^Waits until/)
      .waitFor()
  })

  step('the other gets it only if they ask, and sees it from memory', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await files.file(page, picture).getByText('Not here yet.').waitFor()
    expect(await page.getByRole('img', { name: /^Picture/ }).count()).toBe(0)
    await look(mentor, 'offered')
    await files.file(page, picture).getByRole('button', { name: 'Get it' }).click()
    await files.file(page, picture).getByText('Here, locked away in Staffetta').waitFor()
    await eventually(async () => (await files.colours(page, picture)) > 10)
    await files.file(seeker.person.page, picture).getByText('They have all of it').waitFor()
    await eventually(async () => (await files.colours(seeker.person.page, picture)) > 10)
    await conversation.waitForEnd(page)
    await look(mentor, 'picture')
    for (const { watch } of [mentor.person, seeker.person])
      expect(watch.console.filter((line) => /policy|refused/i.test(line))).toEqual([])
  })

  step('it is saved after a warning, without what it told', async () => {
    const { page } = pair.mentor.person
    await files.file(page, picture).getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alertdialog').getByText('It is then on your disk without a lock').waitFor()
    await look(pair.mentor, 'save')
    const [download] = await Promise.all([page.waitForEvent('download'), conversation.confirm(page, 'Save it')])
    expect(download.suggestedFilename()).toBe(picture)
    const bytes = await readFile(await download.path())
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
    expect(bytes.includes(secret)).toBe(false)
    await download.delete()
  })

  step('a picture that cannot be cleaned is not sent by mistake', async () => {
    const { seeker } = pair
    const { page } = seeker.person
    await files.choose(page, {
      name: 'broken.jpg',
      mimeType: 'image/jpeg',
      bytes: pictures.jpeg.slice(0, Math.floor(pictures.jpeg.length / 3)),
    })
    await page.getByText('cannot be taken off it here').waitFor()
    expect(await page.getByRole('button', { name: 'Send it', exact: true }).count()).toBe(0)
    await look(seeker, 'not-cleaned')
    await press(page, 'As a plain file, with everything in it')
    await page.getByText('It goes as it is.').waitFor()
    await press(page, 'Do not send it')
    await page.getByText('It goes as it is.').waitFor({ state: 'detached' })
    expect(await seeker.client.files.list({ conversationId: seeker.conversationId })).toHaveLength(1)
  })

  step('what is empty or too large is refused in words', async () => {
    const { page } = pair.seeker.person
    await files.choose(page, { name: 'empty.txt', mimeType: 'text/plain', bytes: new Uint8Array() })
    await page.getByText('This file is empty.').waitFor()
    await press(page, 'Close')
  })

  step('one that is asked for while the other is away waits, is paused, and goes on', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    const bytes = randomBytes(300_000)
    await files.choose(seeker.person.page, { name: plain, mimeType: 'application/zip', bytes })
    await seeker.person.page
      .getByText('documents often hold names')
      .or(seeker.person.page.getByText('It goes as it is.'))
      .waitFor()
    await press(seeker.person.page, 'Send it')
    await files.file(page, plain).getByText('Not here yet.').waitFor()
    await seeker.person.vanish()
    await page.getByText('Away: messages wait to be picked up').waitFor({ timeout: 60_000 })
    const row = files.file(page, plain)
    await row.getByRole('button', { name: 'Get it' }).click()
    await row.getByText('Comes as soon as you are both here').waitFor()
    await look(mentor, 'waiting')
    await row.getByRole('button', { name: 'Pause' }).click()
    await row.getByText('Paused. What is here stays.').waitFor()
    await seeker.person.come()
    await welcome.unlock(seeker.person.page, seeker.person.passphrase)
    await heading(seeker.person.page, 'Discover').waitFor()
    pair = { ...pair, seeker: { ...seeker, client: await seeker.person.client() } }
    await people.lookForMail(page, 'Conversations', words.seeker)
    await people.open(page, 'Conversations', words.seeker)
    await row.getByText('Paused. What is here stays.').waitFor()
    await row.getByRole('button', { name: 'Go on' }).click()
    await row.getByText('Here, locked away in Staffetta').waitFor({ timeout: 120_000 })
    await row.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Staffetta does not look into it.').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), conversation.confirm(page, 'Save it')])
    expect(Buffer.compare(await readFile(await download.path()), bytes)).toBe(0)
    await download.delete()
  })

  step('a large one shows how far it is on both sides, and can be cancelled and asked for again', async () => {
    const { mentor, seeker } = pair
    const { page } = mentor.person
    await openTalk(seeker)
    await files.choose(seeker.person.page, {
      name: large,
      mimeType: 'application/octet-stream',
      bytes: randomBytes(24_000_000),
    })
    await seeker.person.page.getByText('Getting it ready…').waitFor()
    await seeker.person.page.getByRole('button', { name: 'Send it', exact: true }).click({ timeout: 60_000 })
    const row = files.file(page, large)
    await row.getByRole('button', { name: 'Get it' }).click()
    await row.getByRole('progressbar').waitFor()
    await row.getByText('On its way here').waitFor()
    await mentor.person.shot('on-its-way')
    await row.getByRole('button', { name: 'Cancel' }).click()
    await row.getByText('Not here yet.').waitFor()
    await row.getByRole('button', { name: 'Get it' }).click()
    await files.file(seeker.person.page, large).getByText('On its way to them').waitFor()
    await row.getByText('Here, locked away in Staffetta').waitFor({ timeout: 120_000 })
  })

  step('a voice note is recorded, heard before it is sent, and played by the other from memory', async () => {
    const { mentor, seeker } = pair
    const { page } = seeker.person
    await files.refuseMicrophone(page, true)
    await press(page, 'Record a voice note')
    await page.getByText('The microphone may not be used.').waitFor()
    await look(seeker, 'no-microphone')
    await press(page, 'Close')
    await files.refuseMicrophone(page, false)
    await tabTo(page, 'Record a voice note')
    await page.keyboard.press('Enter')
    await page.getByText('Recording. At most five minutes.').waitFor()
    await look(seeker, 'recording')
    await press(page, 'Throw it away')
    await page.getByText('Recording.').waitFor({ state: 'detached' })
    expect(await page.locator('.file-draft').innerText()).toBe('')
    await press(page, 'Record a voice note')
    await page.getByText(/^0:0[2-9]$/).waitFor()
    await press(page, 'Done')
    await page.getByText('A voice can be recognised').waitFor()
    await look(seeker, 'recorded')
    await files.play(page)
    await mentor.client.settings.change({ fetchVoice: true })
    await press(page, 'Send it')
    const row = files.file(mentor.person.page, voice)
    await files.play(row)
    await conversation.waitForEnd(mentor.person.page)
    await look(mentor, 'voice')
  })

  step('one is removed after a question, and cannot be opened again', async () => {
    const { mentor } = pair
    const { page } = mentor.person
    const row = files.file(page, picture)
    await row.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('alertdialog').waitFor()
    await conversation.confirm(page, 'Remove')
    await row.getByText('Removed from this device').waitFor()
    expect(await page.getByRole('img', { name: /^Picture/ }).count()).toBe(0)
    expect(await row.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0)
  })
})
