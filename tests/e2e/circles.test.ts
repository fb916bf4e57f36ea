import { afterAll, beforeAll, expect } from 'vitest'
import * as journey from '../journey/journey.ts'
import { words } from '../journey/journey.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import { eventually } from '../support/eventually.ts'
import { focus, tabTo, typeInto } from './pages/keyboard.ts'
import { choose, goTo, heading, press, write } from './pages/widgets.ts'
import { audit, speakBySettings } from './stage/audit.ts'
import { pairUp, type Side } from './stage/pair.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* A history evening of three over real apps: a host, and two who do not know each other. */

const circle = 'History evening'
const third = 'Silver Tide'
const inCircle = 'Night Reader'
const hello = 'Welcome. We begin with the year 1969.'
const answer = 'I have read about it, and never spoken about it.'
const source = 'https://archive.example/1969'
const after = 'Now we are two.'
const unkind = 'Somebody was unkind to me.'
const said = [
  ...Object.values(words),
  circle,
  third,
  inCircle,
  hello,
  answer,
  source,
  after,
  unkind,
  'The archive',
  // the last words in the list
  ...[hello, answer, after, 'The archive'].flatMap((text) => [`${words.mentor}: ${text}`, `${inCircle}: ${text}`]),
]

describeInBrowser('a circle', () => {
  const step = walk()
  let stage: Stage
  let host: Side
  let second: Side
  let other: Pick<Side, 'person' | 'client' | 'communityId'>

  const look = async ({ person, client }: typeof other, name: string): Promise<void> => {
    expect(await audit(person, name, { said, speak: speakBySettings(person.page, client) })).toEqual([])
  }
  /** The app looks for mail until something is on the page. */
  const until = async ({ person, client, communityId }: typeof other, text: string): Promise<void> => {
    await eventually(
      async () => {
        await client.communities.check({ communityId })
        return person.page.getByText(text).first().isVisible()
      },
      { what: `«${text}»`, timeoutMs: 60_000, everyMs: 250 },
    )
  }
  const openCircle = async ({ person: { page } }: typeof other): Promise<void> => {
    await goTo(page, 'People')
    await page.getByRole('list', { name: 'Circles' }).getByRole('button', { name: circle }).click()
  }
  const say = async ({ person: { page } }: typeof other, text: string): Promise<void> => {
    await write(page.getByRole('textbox', { name: 'Message' }), text)
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText(text).waitFor()
  }

  beforeAll(async () => {
    stage = await Stage.open('circles')
    const { mentor, seeker } = await pairUp(stage)
    host = mentor
    second = seeker
    const person = await stage.person('third')
    const client = await person.client()
    const someone = { client, passphrase: person.passphrase }
    await journey.createVault(someone)
    const { link } = await host.client.communities.invite({ communityId: host.communityId, days: 1 })
    const communityId = await journey.join(someone, link)
    const { id } = await client.personas.create({ communityId, pseudonym: third })
    await journey.introduce(someone, id, await journey.findOffer(someone, communityId))
    await journey.acceptIntroduction({ client: host.client, passphrase: '' }, host.communityId)
    await journey.learnOfAcceptance(someone, communityId)
    other = { person, client, communityId }
    for (const each of [host, second, other]) await goTo(each.person.page, 'People')
  })
  afterAll(() => stage?.close())

  step('begins with a name and those who are invited', async () => {
    const { page } = host.person
    await press(page, 'New circle')
    await heading(page, 'New circle').waitFor()
    await look(host, 'new')
    await press(page, 'Begin the circle')
    await page.getByText('Give it a name.').waitFor()
    await write(page.getByRole('textbox', { name: 'Name of the circle' }), circle)
    await choose(page, words.seeker)
    await choose(page, third)
    await press(page, 'Begin the circle')
    await heading(page, circle).waitFor()
    await look(host, 'alone')
  })

  step('is joined under a name of its own', async () => {
    for (const each of [second, other]) {
      const { page } = each.person
      await until(each, `${words.mentor} invites you`)
      // as a circle, and not in the conversation with the host besides
      await each.person.page.getByRole('button', { name: /^People\s*1 thing is new$/ }).waitFor()
      await openCircle(each)
      await heading(page, circle).waitFor()
    }
    await look(second, 'invited')
    const { page } = other.person
    await write(page.getByRole('textbox', { name: 'Your name in this circle' }), inCircle)
    for (const each of [second, other]) await press(each.person.page, 'Join the circle')
    await second.person.page.getByRole('heading', { name: 'You said yes' }).waitFor()
    await eventually(
      async () => {
        for (const { client, communityId } of [host, second, other]) await client.communities.check({ communityId })
        const circles = await Promise.all([second, other].map(({ client }) => client.circles.list()))
        return circles.every(([first]) => first?.members.length === 3)
      },
      { what: 'all three to be in it', timeoutMs: 60_000, everyMs: 250 },
    )
  })

  step('reads what each of them writes', async () => {
    await say(host, hello)
    for (const each of [second, other]) await until(each, hello)
    await say(other, answer)
    for (const each of [host, second]) await until(each, answer)
    const { page } = second.person
    await page.getByRole('log').getByText(inCircle).waitFor()
    // nobody but the host knows whom the host calls by another name
    expect(await page.getByText(third).count()).toBe(0)
    await look(second, 'messages')
  })

  step('keeps what everybody should find again', async () => {
    const { page } = host.person
    await page.getByRole('tab', { name: 'Resources' }).click()
    await page.getByText('Nothing here yet').waitFor()
    await write(page.getByRole('textbox', { name: 'Title' }), 'The archive')
    await write(page.getByRole('textbox', { name: 'Text or link' }), source)
    await press(page, 'Add it')
    await page.getByRole('list', { name: 'Resources' }).getByText('The archive').waitFor()
    await until(other, 'The archive')
    await other.person.page.getByRole('tab', { name: 'Resources' }).click()
    await press(other.person.page, source)
    await other.person.page.getByText('Staffetta opens no links.').waitFor()
    await press(other.person.page, 'Close')
    await look(other, 'resources')
  })

  step('is walked through with the keyboard alone', async () => {
    const { page } = other.person
    await tabTo(page, 'Resources')
    await page.keyboard.press('ArrowLeft')
    expect((await focus(page)).name).toBe('Messages')
    // one stop for all messages, at the newest: the arrows go through
    await tabTo(page, /The archive/)
    expect(await focus(page)).toMatchObject({ tag: 'li', isSeen: true })
    await page.keyboard.press('Home')
    expect((await focus(page)).name).toContain(hello)
    await page.keyboard.press('ArrowDown')
    expect((await focus(page)).name).toContain(answer)
    await other.person.shot('keyboard')
    await typeInto(page, 'Message', 'typed')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await tabTo(page, 'Messages')
    await page.keyboard.press('End')
    expect((await focus(page)).name).toBe('Members')
    await tabTo(page, `Tell the host about ${words.seeker}`)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await typeInto(page, /^What happened/, unkind)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect((await focus(page)).name).toBe(`Tell the host about ${words.seeker}`)
    await tabTo(page, 'Leave the circle')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect((await focus(page)).name).toBe('Leave the circle')
  })

  step('lets a member tell the host what happened', async () => {
    const { page } = other.person
    await page.getByRole('tab', { name: 'Members' }).click()
    await press(page, `Tell the host about ${words.seeker}`)
    await write(page.getByRole('textbox', { name: 'What happened' }), unkind)
    await press(page, 'Tell the host')
    await page.getByText('It is on its way to the host.').waitFor()
    await press(page, 'Close')
    await look(other, 'members')
    await host.person.page.getByRole('tab', { name: 'Members' }).click()
    await until(host, unkind)
    await look(host, 'host-members')
  })

  step('goes on without one who was removed', async () => {
    const { page } = host.person
    await press(page, `Remove ${words.seeker}`)
    await page.getByRole('alertdialog').waitFor()
    await host.person.shot('remove')
    await press(page, 'Take them out')
    await page.getByText('Were in it before').waitFor()
    await page.getByRole('tab', { name: 'Messages' }).click()
    await say(host, after)
    await other.person.page.getByRole('tab', { name: 'Messages' }).click()
    await until(other, after)
    await until(second, 'The host took you out of this circle.')
    expect(await second.person.page.getByText(after).count()).toBe(0)
    await look(second, 'removed')
  })

  step('is left at once', async () => {
    const { page } = other.person
    await page.getByRole('tab', { name: 'Members' }).click()
    await press(page, 'Leave the circle')
    await press(page, 'Leave it')
    await page.getByRole('tab', { name: 'Messages' }).click()
    await page.getByText('You left this circle.').waitFor()
    await press(page, 'Delete it from this device')
    await eventually(
      async () => {
        for (const { client, communityId } of [host, other]) await client.communities.check({ communityId })
        return (await host.client.circles.list())[0]?.members.filter(({ present }) => present).length === 1
      },
      { what: 'the host to know', timeoutMs: 60_000, everyMs: 250 },
    )
    await press(page, 'Delete it')
    await heading(page, 'People').waitFor()
    expect(await other.client.circles.list()).toEqual([])
  })
})
