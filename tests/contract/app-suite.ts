import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppEvent } from '../../core/api/events.ts'
import type { CommunityView, PersonaView } from '../../core/api/views.ts'
import { createApp, type App } from '../../core/app.ts'
import { costFloor } from '../../core/crypto/passphrase.ts'
import { eventually } from '../support/eventually.ts'
import { outcomes } from './outcomes.ts'
import { procedurePaths } from './probe.ts'
import { draft } from './offer-samples.ts'
import { samples } from './samples.ts'
import { call } from './suite.ts'
import type { MakeTransport, Page, Transport } from './transports.ts'

/** These change what all others meet: they are called in their own tests. */
const turning = ['vault.create', 'vault.unlock', 'vault.lock', 'communities.create']
const passphrase = 'seven lanterns over the harbour wall'

/** The real app behind a door: every procedure is reached, and ends as the contract says. */
export function appSuite(name: string, makeTransport: MakeTransport): void {
  describe(`the app over ${name}`, () => {
    let directory = ''
    let app: App
    let transport: Transport
    let page: Page
    const events: AppEvent[] = []

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'contract-'))
      app = createApp({ directory, tuning: { workBits: 4, host: '127.0.0.1', passphraseCost: costFloor } })
      await app.start()
      transport = await makeTransport(app)
      page = await transport.connect()
    })
    afterAll(async () => {
      await transport.stop()
      await app.stop()
      rmSync(directory, { recursive: true, force: true })
    })

    /** 'ok', or the code of the fault. */
    const outcome = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'ok',
        (error: unknown) => (error instanceof ORPCError && error.defined ? String(error.code) : String(error)),
      )
    const all = async (column: 0 | 1): Promise<void> => {
      for (const [path, expected] of Object.entries(outcomes)) {
        if (turning.includes(path)) continue
        expect.soft(await outcome(call(page.client, path, samples[path]?.input)), path).toBe(expected[column])
      }
    }

    test('names every procedure in its table', () => {
      expect([...Object.keys(outcomes), 'events'].toSorted()).toEqual(procedurePaths().toSorted())
    })

    test('tells what happens from the first moment on', async () => {
      const stream = await page.client.events()
      void (async () => {
        for await (const event of stream) events.push(event)
      })().catch(() => {})
    })

    test('without a vault, everything in it is locked', async () => {
      await all(0)
      expect(await outcome(page.client.vault.unlock({ passphrase }))).toBe('vault-absent')
    })

    test('makes, locks and opens the vault', async () => {
      expect(await outcome(page.client.vault.create({ passphrase: 'a' }))).toBe('weak-passphrase')
      expect(await page.client.vault.create({ passphrase })).toEqual({ state: 'open' })
      expect(await page.client.vault.lock()).toEqual({ state: 'locked' })
      expect(await page.client.vault.lock()).toEqual({ state: 'locked' })
      expect(await outcome(page.client.vault.create({ passphrase }))).toBe('vault-exists')
      expect(await outcome(page.client.vault.unlock({ passphrase: `${passphrase}!` }))).toBe('wrong-passphrase')
      expect(await page.client.vault.unlock({ passphrase })).toEqual({ state: 'open' })
      await eventually(() => events.filter(({ type }) => type === 'vault').length >= 3)
    })

    test('in an empty vault, nothing is found', () => all(1))

    describe('in a community', () => {
      let community: CommunityView
      let persona: PersonaView

      test('that it makes and hosts', async () => {
        community = await page.client.communities.create({ name: 'Lanterna' })
        expect(community).toMatchObject({ name: 'Lanterna', hosting: true })
        await eventually(async () => {
          const [one] = await page.client.communities.list()
          return one?.network.state === 'reached'
        })
        await eventually(() => events.some(({ type }) => type === 'community'))
      })

      test('it invites, knows its own invite, and refuses what is no link', async () => {
        const { link, expiresAt } = await page.client.communities.invite({ communityId: community.id, days: 7 })
        const said = await page.client.communities.inspect({ link })
        expect(said).toMatchObject({ communityName: 'Lanterna', expiresAt, alreadyMember: true })
        expect(await outcome(page.client.communities.join({ link }))).toBe('already-member')
        const { link: nodeLink } = await page.client.communities.nodeLink({ communityId: community.id })
        expect(await outcome(page.client.communities.join({ link: nodeLink }))).toBe('invite-mangled')
        expect(await outcome(page.client.communities.addNode({ communityId: community.id, link }))).toBe(
          'invite-mangled',
        )
        expect(await outcome(page.client.communities.addNode({ communityId: community.id, link: nodeLink }))).toBe('ok')
      })

      test('someone is someone', async () => {
        const [pseudonym = ''] = await page.client.personas.propose({ language: 'it' })
        persona = await page.client.personas.create({ communityId: community.id, pseudonym })
        expect(await page.client.personas.list()).toEqual([persona])
        await eventually(() => events.some(({ type }) => type === 'personas'))
      })

      test('its founder names guardians, editors and topics, and others cannot be named twice', async () => {
        const here = { communityId: community.id }
        const { code } = await page.client.charter.guardianCode(here)
        const guarded = await page.client.charter.addGuardian({ ...here, name: 'Nonna Ada', code })
        expect(guarded).toMatchObject({ version: 1, founder: 'mine', guardians: [{ name: 'Nonna Ada', mine: true }] })
        expect(await outcome(page.client.charter.addGuardian({ ...here, name: 'Again', code }))).toBe('wrong-state')
        const { code: editor } = await page.client.charter.editorCode({ personaId: persona.id })
        expect(await outcome(page.client.charter.addGuardian({ ...here, name: 'x', code: editor }))).toBe(
          'invite-mangled',
        )
        const edited = await page.client.charter.addEditor({ ...here, name: 'Riva', code: editor })
        expect(edited.editors).toMatchObject([{ name: 'Riva', personaId: persona.id, weave: persona.weave }])
        const words = [{ language: 'it' as const, name: 'Coro', also: ['prove'] }]
        const { topics } = await page.client.charter.putTopic({ ...here, words, near: ['singing'] })
        expect(topics).toMatchObject([{ words, near: ['singing'] }])
        const [group] = await page.client.topics.list({ language: 'en', ...here })
        expect(group).toMatchObject({ id: 'own', topics: [{ name: 'Coro', also: ['prove'] }] })
        await eventually(async () => (await page.client.charter.view(here)).out)
        const article = {
          ...here,
          language: 'it',
          title: 'Le prove',
          topics: [topics[0]?.id ?? ''],
          text: '# Coro\n\nSi canta.',
        }
        const written = await page.client.library.publish(article)
        expect(await page.client.library.list(here)).toMatchObject({
          signsAs: 'Riva',
          articles: [{ title: 'Le prove' }],
        })
        const version = { ...here, articleId: written.articleId, language: 'it' }
        expect(await page.client.library.read(version)).toMatchObject({ text: article.text, version: 1 })
        const [foundArticle] = await page.client.library.search({ ...here, text: 'canta', limit: 5 })
        expect(foundArticle).toMatchObject({ article: { title: 'Le prove' }, excerpt: 'Coro Si canta.' })
        await eventually(async () => (await page.client.library.read(version)).out)
        await page.client.library.refresh(here)
        await page.client.library.withdraw(version)
        expect(await outcome(page.client.library.read(version))).toBe('not-found')
        await eventually(() => events.some(({ type }) => type === 'library'))
        await page.client.charter.removeTopic({ ...here, id: topics[0]?.id ?? '' })
        await page.client.charter.removeGuardian({ ...here, key: guarded.guardians[0]?.key ?? '' })
        await page.client.charter.removeEditor({ ...here, key: edited.editors[0]?.key ?? '' })
        expect(await page.client.charter.view(here)).toMatchObject({
          version: 6,
          guardians: [],
          editors: [],
          topics: [],
        })
        await eventually(() => events.some(({ type }) => type === 'charter'))
      })

      test('an offer is published, found and taken back', async () => {
        const [group] = await page.client.topics.list({ language: 'it' })
        const topic = group?.topics[0]
        const own = await page.client.offers.publish({
          personaId: persona.id,
          draft: { ...draft, topics: [topic?.id ?? ''] },
        })
        await eventually(async () => (await page.client.offers.mine())[0]?.state === 'published', { timeoutMs: 60_000 })
        expect(events.some((event) => event.type === 'progress' && event.subject === own.id)).toBe(true)
        await page.client.offers.refresh({ communityId: community.id })
        const [found] = await page.client.offers.browse({ communityId: community.id })
        expect(found).toMatchObject({ title: draft.title, mine: true })
        // by what its topic is called
        const here = { communityId: community.id, limit: 10 }
        expect(await page.client.matching.search({ ...here, text: topic?.name ?? '' })).toEqual([found])
        expect(await page.client.matching.suggest(here)).toEqual([])
        const introduction = { personaId: persona.id, offerId: found?.id ?? '', text: 'to myself' }
        expect(await outcome(page.client.introductions.send(introduction))).toBe('wrong-state')
        await page.client.offers.withdraw({ offerId: own.id })
        await eventually(async () => (await page.client.offers.mine())[0]?.state !== 'published')
      })

      test('it looks for mail, and reaches out again', async () => {
        expect(await page.client.communities.check({ communityId: community.id })).toEqual({})
        expect(await page.client.communities.reconnect({ communityId: community.id })).toEqual({})
        expect(await page.client.introductions.pending()).toEqual([])
      })

      test('a way of connecting that is not there yet is refused, and the setting stays', async () => {
        expect(await outcome(page.client.settings.change({ privacyMode: 'tor' }))).toBe('mode-unavailable')
        expect(await page.client.settings.change({ theme: 'dark' })).toMatchObject({
          theme: 'dark',
          privacyMode: 'relay',
        })
        await eventually(() => events.some(({ type }) => type === 'settings'))
      })
    })

    test('a stream ends when the app stops, and calls say so', async () => {
      const stream = await page.client.events()
      const ended = (async () => {
        for await (const event of stream) void event
        return true
      })()
      await app.stop()
      expect(await ended).toBe(true)
      expect(await outcome(page.client.vault.unlock({ passphrase }))).toBe('wrong-state')
      expect(transport.logged).toEqual([])
    })
  })
}
