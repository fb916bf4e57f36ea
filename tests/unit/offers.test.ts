import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../core/api/views.ts'
import { hex } from '../../core/base/bytes.ts'
import type { OfferId, PersonaId } from '../../core/base/ids.ts'
import { readEpochs, wantedEpochs } from '../../core/community/board-epochs.ts'
import { epochOf, epochStart } from '../../core/community/epoch.ts'
import { random } from '../../core/crypto/random.ts'
import {
  allPlaces,
  boardPlaces,
  boardTopics,
  boxAuthor,
  offerPlace,
  shardOf,
  shardGroups,
} from '../../core/offers/boards.ts'
import { Editions } from '../../core/offers/editions.ts'
import { OwnOffers } from '../../core/offers/own-offers.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { identityKeyOf } from '../../core/ratchet/bundle.ts'
import { eventually } from '../support/eventually.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member, words } from '../support/member.ts'
import { sampleOffer } from '../support/offer-samples.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const hour = 3_600_000
const day = 24 * hour

let clock: ManualClock
let files: Scratch
let member: Member

const filter = () => ({ communityId: member.communities.list()[0]?.id ?? member.found('Maple').communityId })

beforeEach(() => {
  clock = new ManualClock()
  files = scratch()
  member = new Member({ files, name: 'member', clock })
})

afterEach(async () => {
  await member.stop()
  files.remove()
})

describe('boards', () => {
  const secret = random(32)
  const board = { kind: 'offer', topic: 'music', epoch: 2900 } as const

  it('have places of their own for every kind, topic, epoch and shard', () => {
    const places = [
      board,
      { ...board, kind: 'request' as const },
      { ...board, topic: 'writing' },
      { ...board, epoch: 2901 },
    ].flatMap((one) => boardPlaces(secret, one, 0).map(({ place }) => hex(place)))
    expect(new Set(places).size).toBe(16)
    const all = shardGroups.flatMap((_, group) => boardPlaces(secret, board, group).map(({ place }) => hex(place)))
    expect(new Set(all).size).toBe(64)
  })

  it('carry an offer at one of their places, owned by a key of its own everywhere', () => {
    for (let i = 0; i < 20; i++) {
      const offerSecret = random(32)
      const places = allPlaces(secret, board).map(({ place }) => hex(place))
      for (const group of shardGroups.keys()) {
        const { place } = offerPlace(secret, offerSecret, board, group)
        expect(places.indexOf(hex(place))).toBe(shardOf(offerSecret, board.epoch, group))
      }
    }
    const offerSecret = random(32)
    const authors = [
      boxAuthor(offerSecret, board, 0),
      boxAuthor(offerSecret, board, 1),
      boxAuthor(offerSecret, { ...board, topic: 'all' }, 0),
      boxAuthor(offerSecret, { ...board, epoch: 2901 }, 0),
      boxAuthor(random(32), board, 0),
    ].map(({ publicKey }) => hex(publicKey))
    expect(new Set(authors).size).toBe(5)
    expect(boardTopics(['music', 'music'])).toEqual(['all', 'music'])
  })

  it('spread offers over all shards', () => {
    const shards = new Set(Array.from({ length: 100 }, () => shardOf(random(32), 1, 0)))
    expect(shards).toEqual(new Set([0, 1, 2, 3]))
    const next = new Set(Array.from({ length: 100 }, () => shardOf(random(32), 1, 1)))
    expect(next).toEqual(new Set([4, 5, 6, 7]))
  })
})

describe('epochs', () => {
  it('are published for this week, and for the next in its last half', () => {
    const start = epochStart(2900)
    expect(wantedEpochs(start)).toEqual([2900])
    expect(wantedEpochs(start + 3.5 * day - 1)).toEqual([2900])
    expect(wantedEpochs(start + 3.5 * day)).toEqual([2900, 2901])
  })

  it('are read for this week, and near its borders for the neighbour', () => {
    const start = epochStart(2900)
    expect(readEpochs(start)).toEqual([2900, 2899])
    expect(readEpochs(start + day)).toEqual([2900])
    expect(readEpochs(start + 6.5 * day)).toEqual([2900, 2901])
    expect(readEpochs(0)).toEqual([0])
  })
})

describe('an offer of one’s own', () => {
  let personaId: PersonaId
  let publish: (draft?: Partial<typeof words>) => ReturnType<Member['offers']['publish']>

  beforeEach(() => {
    ;({ personaId } = member.found('Maple Heron'))
    publish = (draft = {}) => member.offers.publish({ personaId, draft: { ...words, ...draft } })
  })

  it('is in the vault before anything else happens', async () => {
    const view = publish()
    expect(view).toMatchObject({ ...words, personaId, state: 'publishing', progress: null, createdAt: clock.now() })
    member = await member.restart()
    expect(member.offers.mine()).toEqual([view])
  })

  it('waits where the community is not reached, and says so', async () => {
    await member.start()
    const id = publish().id as OfferId
    await eventually(() => member.offers.mine()[0]?.progress?.phase === 'waiting')
    expect(member.events).toContainEqual({ type: 'progress', subject: id, progress: { phase: 'waiting', fraction: 0 } })
  })

  it('is refused, with nothing saved, where it does not fit or cannot be', () => {
    const codes: [Partial<typeof words>, string][] = [
      [{ text: '語'.repeat(limits.offerText) }, 'offer-too-long'],
      [{ topics: ['all'] }, 'bad-input'],
      [{ topics: ['no-such-topic'] }, 'bad-input'],
      [{ tags: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'bad-input'],
      [{ title: 'a\u202eb' }, 'bad-input'],
    ]
    for (const [draft, code] of codes) expect(() => publish(draft)).toThrow(expect.objectContaining({ code }))
    expect(() => member.offers.publish({ personaId: 'b'.repeat(32) as PersonaId, draft: words })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    for (const table of ['own_offers', 'offer_editions', 'offer_boxes', 'ratchet_identities']) {
      expect(member.database.all(`SELECT * FROM ${table}`)).toEqual([])
    }
  })

  it('is saved as it will be read: lists without repeats, texts without halves of characters', () => {
    const view = publish({ topics: ['music', 'music'], languages: ['en', 'en'], title: 'a\ud800b', text: '\udc00c' })
    expect(view).toMatchObject({ topics: ['music'], languages: ['en'], title: 'a\ufffdb', text: '\ufffdc' })
  })

  it('is withdrawn at once where nothing was sent yet, and its keys go', async () => {
    await member.start()
    const id = publish().id as OfferId
    await eventually(() => member.offers.mine()[0]?.progress?.phase === 'waiting')
    member.offers.withdraw(id)
    await eventually(() => member.offers.mine()[0]?.state === 'withdrawn')
    expect(member.database.all('SELECT * FROM offer_editions')).toEqual([])
    expect(member.database.all('SELECT * FROM offer_boxes')).toEqual([])
    member.offers.withdraw(id)
    expect(() => member.offers.retry(id)).toThrow(expect.objectContaining({ code: 'wrong-state' }))
    expect(() => member.offers.withdraw('c'.repeat(32) as OfferId)).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    // and is forgotten a month later, with its identity
    clock.advance(31 * day)
    await eventually(() => member.offers.mine().length === 0)
    expect(member.database.all('SELECT * FROM ratchet_identities')).toEqual([])
  })

  it('has new keys in every week, and keeps the old ones for introductions on their way', async () => {
    const id = publish().id as OfferId
    await member.start()
    const bundles = () =>
      member.database
        .all<{ bundle: Uint8Array<ArrayBuffer>; write_seed: Uint8Array<ArrayBuffer> }>(
          'SELECT bundle, write_seed FROM offer_editions ORDER BY epoch',
        )
        .map(({ bundle, write_seed }) => hex(bundle) + hex(write_seed))
    for (let week = 1; week < 5; week++) {
      clock.advance(7 * day)
      await eventually(() => member.database.all('SELECT * FROM offer_editions').length >= Math.min(week + 1, 3))
    }
    await eventually(() => {
      clock.advance(hour)
      return new Set(bundles()).size === bundles().length && bundles().length <= 5
    })
    const editions = member.database.all<{ epoch: number; delete_at: number }>(
      'SELECT epoch, delete_at FROM offer_editions WHERE offer_id = ?',
      [id],
    )
    for (const { epoch, delete_at } of editions) expect(delete_at).toBe(epochStart(epoch + 1) + 17 * day)
    const identities = new Set(
      member.database
        .all<{ bundle: Uint8Array<ArrayBuffer> }>('SELECT bundle FROM offer_editions')
        .map(({ bundle }) => hex(identityKeyOf(bundle))),
    )
    expect(identities.size).toBe(1)
  })

  it('ends by itself after its time', async () => {
    publish()
    await member.start()
    clock.advance(90 * day)
    await eventually(() => member.offers.mine()[0]?.state === 'withdrawn')
  })

  it('never names a sequence twice for different boxes', () => {
    const id = publish().id as OfferId
    const editions = new Editions({
      database: member.database,
      communities: member.communities,
      personas: member.personas,
      ratchet: member.ratchet,
      clock,
    })
    const own = new OwnOffers(member.database)
    const [box] = editions.boxes.of(id)
    if (box === undefined) throw new Error('no box')
    editions.boxes.setBox(box, random(10))
    editions.boxes.setRefused(box)
    const again = editions.boxes.of(id).find(({ topic }) => topic === box.topic)
    expect(again).toMatchObject({ box: null, sequence: 2, refusals: 1 })
    expect(own.get(id).state).toBe('publishing')
  })
})

describe('offers that were read', () => {
  let seen: SeenOffers
  const put = (content: ReturnType<typeof sampleOffer>, epoch = epochOf(clock.now())) =>
    seen.put(filter().communityId, content, { identityKey: identityKeyOf(content.bundle), epoch, now: clock.now() })
  const ids = (more: Parameters<SeenOffers['browse']>[0] = filter()) =>
    seen.browse(more, clock.now(), new Set()).map(({ id }) => id as OfferId)

  beforeEach(() => {
    seen = new SeenOffers(member.database)
  })

  it('are one, however often and on however many boards they were read', () => {
    const content = sampleOffer(member.ratchet)
    const id = put(content)
    clock.advance(hour)
    const newer = { ...content, draft: { ...content.draft, title: 'Another title', topics: ['music'] } }
    expect(put(newer, epochOf(clock.now()) + 1)).toBe(id)
    expect(put(content)).toBe(id)
    expect(seen.get(id)?.draft.title).toBe('Another title')
    expect(ids({ ...filter(), topic: 'music' })).toEqual([id])
    expect(ids({ ...filter(), topic: 'self-care' })).toEqual([])
    expect(ids()).toEqual([id])
  })

  it('are found by topic and kind, the newest first', () => {
    const first = put(sampleOffer(member.ratchet, { topics: ['music'] }))
    clock.advance(1)
    const second = put(sampleOffer(member.ratchet, { topics: ['music', 'writing'], kind: 'request' }))
    expect(ids()).toEqual([second, first])
    expect(ids({ ...filter(), topic: 'writing' })).toEqual([second])
    expect(ids({ ...filter(), topic: 'music', kind: 'offer' })).toEqual([first])
    expect(ids({ ...filter(), topic: 'music', kind: 'request' })).toEqual([second])
  })

  it('expire with their epoch, whatever they say', () => {
    const id = put({ ...sampleOffer(member.ratchet), expiryHours: 0xffff_ffff })
    const end = epochStart(epochOf(clock.now()) + 1) + 25 * hour
    expect(seen.get(id)?.expiresAt).toBe(end)
    clock.advance(end - clock.now())
    expect(ids()).toEqual([])
    seen.purge(clock.now())
    expect(seen.get(id)).toBeUndefined()
  })

  it('are no longer shown when two readings missed them, until they are found again', () => {
    const content = sampleOffer(member.ratchet, { topics: ['music'] })
    const id = put(content)
    const other = put(sampleOffer(member.ratchet, { topics: ['writing'] }))
    seen.countMissed(filter().communityId, 'music', new Set())
    expect(ids()).toContain(id)
    seen.countMissed(filter().communityId, undefined, new Set([other]))
    expect(ids()).toEqual([other])
    expect(put(content)).toBe(id)
    expect(ids()).toContain(id)
  })

  it('that were answered are kept, so that they are not answered twice', () => {
    const id = put(sampleOffer(member.ratchet))
    seen.setIntroduced(id, true)
    clock.advance(30 * day)
    seen.purge(clock.now())
    expect(seen.get(id)?.introduced).toBe(true)
    expect(ids()).toEqual([])
  })
})
