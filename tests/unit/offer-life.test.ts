import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import type { IntroductionId, OfferDraftId, OfferId } from '../../core/base/ids.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { eventually } from '../support/eventually.ts'
import { words } from '../support/member.ts'
import { Village } from '../support/village.ts'

/* What becomes of an offer between its first words and its end: drafts, changes, pauses, reminders. */

const hour = 3_600_000
const day = 24 * hour

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

const own = () => village.mentor.offers.mine()[0]
const ownId = () => own()?.id as OfferId
const becomes = (state: string) =>
  eventually(
    () => {
      village.clock.advance(1000)
      return own()?.state === state
    },
    { what: state },
  )
const communityId = () => village.communityId.seeker
/** What the seeker sees after a new reading, of everything or of a topic. */
async function seen(topic?: string) {
  await village.seeker.offers.refresh({ communityId: communityId(), ...(topic === undefined ? {} : { topic }) })
  return village.seeker.offers.browse({ communityId: communityId(), ...(topic === undefined ? {} : { topic }) })
}
/** How many a reading finds there now, whatever was read before. */
const found = async (topic: string) =>
  (await village.seeker.offers.refresh({ communityId: communityId(), topic })).found

describe('an offer that is changed', () => {
  it('is the same one with other words, on the boards of its topics now and no longer on the others', async () => {
    const id = await village.publish({ ...words, topics: ['music', 'dance'] })
    const draft: OfferDraft = { ...words, topics: ['dance', 'singing'], title: 'Singing together', tags: ['choir'] }
    expect(village.mentor.offers.edit({ offerId: ownId(), draft })).toMatchObject({ ...draft, state: 'publishing' })
    await becomes('published')
    expect(await seen()).toMatchObject([{ id, title: 'Singing together', topics: ['dance', 'singing'] }])
    expect(await found('singing')).toBe(1)
    expect(await found('dance')).toBe(1)
    await eventually(async () => (await found('music')) === 0)
    expect(village.seeker.matching.search({ communityId: communityId(), text: 'choir', limit: 5 })).toHaveLength(1)
  })

  it('comes back to a board from which it was taken', async () => {
    await village.publish({ ...words, topics: ['music'] })
    for (const topics of [['singing'], ['music'], ['singing'], ['music', 'singing']]) {
      village.mentor.offers.edit({ offerId: ownId(), draft: { ...words, topics } })
      await becomes('published')
      await eventually(async () => (await found('music')) === (topics.includes('music') ? 1 : 0))
      await eventually(async () => (await found('singing')) === (topics.includes('singing') ? 1 : 0))
    }
    village.mentor.offers.withdraw(ownId())
    await becomes('withdrawn')
    for (const topic of ['music', 'singing', 'all']) expect(await found(topic)).toBe(0)
  })

  it('keeps its keys: an introduction to the words before arrives', async () => {
    const offerId = await village.publish()
    village.mentor.offers.edit({ offerId: ownId(), draft: { ...words, title: 'Other words' } })
    await becomes('published')
    const sent = await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Hello' })
    await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toMatchObject([{ text: 'Hello', offerTitle: 'Other words' }])
    expect(sent.offerTitle).toBe(words.title)
  })

  it('is not changed where the words do not fit, cannot be, or belong to another kind', async () => {
    await village.publish()
    const before = [own(), village.mentor.database.all('SELECT * FROM offer_boxes')]
    const refused: [Partial<OfferDraft>, string][] = [
      [{ text: '語'.repeat(700) }, 'offer-too-long'],
      [{ title: 'a\u202eb' }, 'bad-input'],
      [{ topics: ['all'] }, 'bad-input'],
      [{ kind: 'request' }, 'wrong-state'],
    ]
    for (const [draft, code] of refused)
      expect(() => village.mentor.offers.edit({ offerId: ownId(), draft: { ...words, ...draft } })).toThrow(
        expect.objectContaining({ code }),
      )
    expect([own(), village.mentor.database.all('SELECT * FROM offer_boxes')]).toEqual(before)
  })

  it('is not shown with its words before, where a node still has them', async () => {
    await village.publish({ ...words, title: 'Before', topics: ['music'] })
    const [old] = village.seeker.database.all<{ draft: string; revision: number }>(
      'SELECT draft, revision FROM seen_offers',
    )
    village.mentor.offers.edit({ offerId: ownId(), draft: { ...words, title: 'After', topics: ['music'] } })
    await becomes('published')
    await seen()
    const table = new SeenOffers(village.seeker.database)
    const after = table.get((await seen())[0]?.id as OfferId)
    if (after === undefined || old === undefined) throw new Error('The offer is gone')
    const content = {
      ...after,
      introduction: after.address,
      draft: { ...after.draft, title: 'Before' },
      expiryHours: 0xffff_ffff,
      revision: old.revision,
    }
    const { identity_key: identityKey } =
      village.seeker.database.get<{ identity_key: Uint8Array<ArrayBuffer> }>('SELECT identity_key FROM seen_offers') ??
      {}
    if (identityKey === undefined) throw new Error('The offer is gone')
    // of a later week, but of words before
    table.put(communityId(), content, { identityKey, epoch: 9_999, now: village.clock.now() })
    expect(village.seeker.offers.browse({ communityId: communityId() })).toMatchObject([{ title: 'After' }])
  })
})

describe('an offer that is paused', () => {
  it('is on no board, and comes back when it is taken up again', async () => {
    await village.publish({ ...words, topics: ['music'] })
    village.mentor.offers.pause(ownId())
    expect(own()?.state).toBe('pausing')
    village.mentor.offers.pause(ownId())
    await becomes('paused')
    expect(await found('music')).toBe(0)
    expect(await found('all')).toBe(0)
    await village.mentor.offers.refresh({ communityId: village.communityId.mentor })
    expect(village.mentor.offers.browse({ communityId: village.communityId.mentor })).toEqual([])
    village.clock.advance(8 * day)
    village.mentor.offers.resume(ownId())
    await becomes('published')
    expect(await seen()).toMatchObject([{ title: words.title }])
    expect(await found('music')).toBe(1)
    expect(() => village.mentor.offers.resume(ownId())).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('comes back at once where it had not left yet', async () => {
    await village.publish()
    village.office.open = false
    village.mentor.offers.pause(ownId())
    await eventually(() => village.office.asked.includes('delete'))
    village.mentor.offers.resume(ownId())
    village.office.open = true
    await becomes('published')
    expect(await seen()).toHaveLength(1)
  })

  it('is asked for as long as introductions to it may be on their way', async () => {
    const offerId = await village.publish()
    village.mentor.offers.pause(ownId())
    await becomes('paused')
    await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Just in time' })
    await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toMatchObject([{ text: 'Just in time' }])
  })

  it('can be changed and taken back', async () => {
    await village.publish()
    village.mentor.offers.pause(ownId())
    await becomes('paused')
    village.mentor.offers.edit({ offerId: ownId(), draft: { ...words, title: 'Quietly changed' } })
    expect(own()).toMatchObject({ state: 'paused', title: 'Quietly changed' })
    expect(await found('all')).toBe(0)
    village.mentor.offers.withdraw(ownId())
    await becomes('withdrawn')
    for (const change of [
      () => village.mentor.offers.pause(ownId()),
      () => village.mentor.offers.resume(ownId()),
      () => void village.mentor.offers.renew(ownId()),
      () => void village.mentor.offers.edit({ offerId: ownId(), draft: words }),
    ])
      expect(change).toThrow(expect.objectContaining({ code: 'wrong-state' }))
  })

  it('counts who was accepted, until they are gone', async () => {
    const offerId = await village.publish({ ...words, capacity: 1 })
    await village.seeker.introductions.send({ personaId: village.persona.seeker, offerId, text: 'Hello' })
    await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(village.mentor)
    expect(own()).toMatchObject({ accepted: 0, capacity: 1 })
    village.mentor.events.length = 0
    const pending = village.mentor.introductions.pending()[0]?.id as IntroductionId
    const id = await village.mentor.introductions.accept(pending)
    expect(village.mentor.events).toContainEqual({ type: 'own-offers' })
    expect(own()).toMatchObject({ accepted: 1, capacity: 1 })
    village.mentor.database.run(`UPDATE conversations SET ending = 'by-contact' WHERE id = ?`, [id])
    expect(own()).toMatchObject({ accepted: 0 })
  })
})

describe('an offer that ends', () => {
  const told = () => village.mentor.events.filter(({ type }) => type === 'offer-ends').length

  it('says so once some days before, and again after it was renewed', async () => {
    await village.publish()
    expect(own()?.endsSoon).toBe(false)
    village.clock.advance(79 * day)
    await eventually(() => village.asked('store') > 2)
    expect([told(), own()?.endsSoon]).toEqual([0, false])
    village.clock.advance(day)
    await eventually(() => told() === 1)
    expect(own()?.endsSoon).toBe(true)
    village.clock.advance(day)
    village.mentor = await village.mentor.restart()
    await village.mentor.start()
    village.clock.advance(2 * hour)
    await eventually(() => own()?.state === 'published')
    expect(told()).toBe(0)
    expect(village.mentor.offers.renew(ownId())).toMatchObject({
      expiresAt: village.clock.now() + 90 * day,
      endsSoon: false,
    })
    village.clock.advance(80 * day)
    await eventually(() => told() === 1)
  })

  it('stands on without a gap where it was renewed at the last moment', async () => {
    await village.publish()
    village.clock.advance(90 * day - hour)
    await eventually(async () => (await found('all')) === 1)
    const [before] = await seen()
    village.mentor.offers.renew(ownId())
    await becomes('published')
    const [after] = await seen()
    expect(after?.expiresAt).toBeGreaterThan((before?.expiresAt ?? 0) + day)
    village.clock.advance(2 * hour)
    expect(await found('all')).toBe(1)
    // and introductions can be made with its keys
    await village.seeker.introductions.send({
      personaId: village.persona.seeker,
      offerId: after?.id as OfferId,
      text: 'Still there?',
    })
    await eventually(() => village.seeker.introductions.sent()[0]?.state === 'waiting')
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toHaveLength(1)
  })

  it('is taken off when nobody renews it, paused or not', async () => {
    await village.publish()
    village.mentor.offers.pause(ownId())
    await becomes('paused')
    village.clock.advance(90 * day)
    await becomes('withdrawn')
    expect(village.mentor.database.all('SELECT * FROM offer_editions')).toEqual([])
  })
})

describe('what is being written', () => {
  const blank = { ...words, topics: [], title: '', text: '', languages: [], formats: [] }
  const [first, second] = ['1', '2'].map((sign) => sign.repeat(32) as OfferDraftId)
  if (first === undefined || second === undefined) throw new Error('two ids')

  it('is kept as it is, unfinished, and is gone when it is published or thrown away', async () => {
    const { drafts } = village.mentor.offers
    const personaId = village.persona.mentor
    drafts.save(first, { personaId, draft: blank })
    village.clock.advance(1)
    drafts.save(second, { personaId, draft: { ...blank, title: 'Later' } })
    village.clock.advance(1)
    drafts.save(first, { personaId, draft: { ...words, title: 'Sooner' } })
    village.mentor = await village.mentor.restart()
    const kept = village.mentor.offers.drafts
    expect(kept.list()).toMatchObject([
      { id: first, draft: { title: 'Sooner' }, offerId: null, communityId: village.communityId.mentor },
      { id: second, draft: { title: 'Later', topics: [] } },
    ])
    village.mentor.offers.publish({ personaId, draft: words, draftId: first })
    expect(kept.list().map(({ id }) => id)).toEqual([second])
    kept.discard(second)
    kept.discard(second)
    expect(kept.list()).toEqual([])
  })

  it('stays where publishing is refused', () => {
    const { drafts } = village.mentor.offers
    const personaId = village.persona.mentor
    drafts.save(first, { personaId, draft: blank })
    expect(() => village.mentor.offers.publish({ personaId, draft: { ...words, title: '' }, draftId: first })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
    expect(drafts.list()).toHaveLength(1)
  })

  it('is one for each offer that is changed, and outlives the offer', async () => {
    await village.publish()
    const { drafts } = village.mentor.offers
    const personaId = village.persona.mentor
    drafts.save(first, { personaId, offerId: ownId(), draft: words })
    drafts.save(second, { personaId, offerId: ownId(), draft: { ...words, title: 'Changed' } })
    expect(drafts.list()).toMatchObject([{ id: second, offerId: ownId() }])
    expect(() => drafts.save(first, { personaId, offerId: 'f'.repeat(32) as OfferId, draft: words })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    village.mentor.offers.withdraw(ownId())
    await becomes('withdrawn')
    village.clock.advance(31 * day)
    await eventually(() => own() === undefined)
    expect(drafts.list()).toMatchObject([{ id: second, offerId: null }])
  })

  it('is bounded', () => {
    const { drafts } = village.mentor.offers
    const save = (index: number) =>
      drafts.save(index.toString(16).padStart(32, '0') as OfferDraftId, {
        personaId: village.persona.mentor,
        draft: blank,
      })
    for (let index = 0; index < limits.offerDrafts; index++) save(index)
    save(0)
    expect(() => save(limits.offerDrafts)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    expect(drafts.list()).toHaveLength(limits.offerDrafts)
  })

  it('is shown as others would see it', () => {
    const draft = { ...blank, text: 'on\u202Ee', tags: ['  Cura di SÉ '], topics: ['music', 'music'] }
    expect(village.mentor.offers.preview({ personaId: village.persona.mentor, draft })).toMatchObject({
      text: 'one',
      tags: ['cura di sé'],
      topics: ['music'],
      author: { pseudonym: 'Maple Heron' },
    })
  })
})

describe('what others signed for an author', () => {
  it('goes along with an offer, and is read as it was given', async () => {
    const vouches = [new Uint8Array([1, 2, 3]), new Uint8Array(200).fill(7)]
    village.vouches = vouches
    const id = await village.publish()
    expect(new SeenOffers(village.seeker.database).get(id)?.vouches).toEqual(vouches)
    vouches.pop()
    village.mentor.offers.republish(ownId())
    await becomes('published')
    await seen()
    expect(new SeenOffers(village.seeker.database).get(id)?.vouches).toEqual(vouches)
  })

  it.each([
    ['an offer', 'offer', 'publishing'],
    ['no request', 'request', 'published'],
  ] as const)('sends %s out anew when it changes', async (_, kind, state) => {
    const draft = { ...words, kind }
    await village.publish(draft)
    village.mentor.offers.republishAbout(village.persona.mentor, draft.topics[0] ?? '')
    expect(village.mentor.offers.mine()).toMatchObject([{ kind, state }])
  })
})
