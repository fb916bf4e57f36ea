import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { words } from '../journey/journey.ts'
import { readCatalogue } from '../support/catalogue.ts'
import { describeInBrowser } from '../support/describe-in-browser.ts'
import * as discover from './pages/discover.ts'
import * as welcome from './pages/welcome.ts'
import { alertText, goTo, heading, press, write } from './pages/widgets.ts'
import type { Person } from './stage/person.ts'
import { Stage } from './stage/stage.ts'
import { walk } from './stage/walk.ts'

/* What goes wrong is said in words, where it happened, and what was typed stays. */

const english = readCatalogue(join(import.meta.dirname, '..', '..', 'renderer', 'locales', 'en.po'))
const sentence = (code: string): string => english.get(`error.${code}`) ?? `no sentence for ${code}`

describeInBrowser('when something goes wrong', () => {
  const step = walk()
  let stage: Stage
  let person: Person
  let invite: string

  beforeAll(async () => {
    stage = await Stage.open('problems')
    const nodeLink = await stage.startNode()
    person = await stage.person('unlucky')
    await welcome.createVault(person.page, person.passphrase)
    const client = await person.client()
    invite = await inviteToElsewhere(nodeLink)
    expect(await client.communities.list()).toEqual([])
  })
  afterAll(() => stage?.close())

  /** Of a community that someone else made. */
  async function inviteToElsewhere(nodeLink: string): Promise<string> {
    const founder = await stage.person('founder')
    const client = await founder.client()
    await client.vault.create({ passphrase: founder.passphrase })
    const { id } = await client.communities.create({ name: words.community, nodeLink })
    return (await client.communities.invite({ communityId: id, days: 1 })).link
  }

  async function pasteInvite(link: string): Promise<void> {
    await person.page.getByLabel('Invite', { exact: true }).fill('')
    await welcome.paste(person.page, 'Invite', link)
  }

  step('an invite that is not whole', async () => {
    const mangled = invite.slice(0, -9)
    await pasteInvite(mangled)
    expect(await alertText(person.page)).toBe(sentence('invite-mangled'))
    expect(await person.page.getByLabel('Invite', { exact: true }).inputValue()).toBe(mangled)
    await person.shot('invite-mangled')
  })

  step('an invite that is too old', async () => {
    const link = decodeLink(invite, Date.now())
    if (link.kind !== 'invite') throw new Error('That is no invite')
    const expired = encodeLink({ ...link, expiresAt: Date.now() - 60_000 })
    await pasteInvite(expired)
    await person.page.getByText(sentence('invite-expired')).waitFor()
    expect(await alertText(person.page)).toBe(sentence('invite-expired'))
    expect(await person.page.getByLabel('Invite', { exact: true }).inputValue()).toBe(expired)
    await person.shot('invite-expired')
  })

  step('the right one takes the words away again', async () => {
    await pasteInvite(invite)
    await person.page.getByRole('heading', { name: words.community }).waitFor()
    expect(await person.page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0)
    await welcome.join(person.page)
    await welcome.takeName(person.page, words.seeker)
    await welcome.lookAround(person.page)
  })

  step('a community computer that does not answer', async () => {
    const { page } = person
    await stage.killNode()
    await discover.search(page, 'portfolio')
    await press(page, 'Look again')
    expect(await alertText(page)).toBe(sentence('unreachable'))
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('portfolio')
    await person.shot('unreachable')
  })

  step('an offer is kept until somebody takes it, and a half-written one too', async () => {
    const { page } = person
    await press(page, 'Write')
    await write(page.getByLabel('Title', { exact: true }), words.title)
    await goTo(page, 'Community')
    await page.getByText(/Reaching your community…|Not connected/).waitFor()
    await person.shot('not-connected')
    await goTo(page, 'You')
    await page.getByRole('list', { name: 'Your drafts' }).getByRole('button').first().click()
    await heading(page, 'What can you teach?').waitFor()
    expect(await page.getByLabel('Title', { exact: true }).inputValue()).toBe(words.title)
    await write(page.getByLabel('In your words'), words.text)
    await page.getByText('Career guidance', { exact: true }).first().click()
    await press(page, 'Publish')
    await page.getByText('Waiting for your community’s computers').waitFor()
    await person.shot('kept')
  })

  step('a wrong passphrase', async () => {
    const { page } = person
    await page.getByRole('navigation').getByRole('button', { name: 'Lock' }).click()
    await heading(page, 'Welcome back').waitFor()
    await write(page.getByLabel('Passphrase', { exact: true }), 'not the one that it was')
    await press(page, 'Open')
    expect(await alertText(page)).toBe(sentence('wrong-passphrase'))
    expect(await page.getByLabel('Passphrase', { exact: true }).inputValue()).toBe('not the one that it was')
    await person.shot('wrong-passphrase')
  })

  step('after all that, what was saved is there', async () => {
    await welcome.unlock(person.page, person.passphrase)
    await heading(person.page, 'Discover').waitFor()
    await goTo(person.page, 'You')
    await person.page.getByText(words.title).waitFor()
    await person.page.getByText('On its way', { exact: true }).waitFor()
  })
})
