import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { placeKey, type Capability } from '../../core/boxes/capability.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { lowerMedian } from '../../core/boxes/occupancy.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { allPlaces, boardPlaces, boxAuthor, offerPlace, shardGroups } from '../../core/offers/boards.ts'
import { encodeOffer } from '../../core/offers/content.ts'
import { chooseGroup, hasRoom } from '../../core/offers/group-choice.ts'
import { draftFor, freshCapability, makeBox } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'
import { words } from '../support/member.ts'
import { sampleOffer } from '../support/offer-samples.ts'
import { Village } from '../support/village.ts'

const topic = words.topics[0] ?? ''
let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

/** The places of a group of a board in the present week. */
function group(number: number, about: string): Capability[] {
  const epoch = epochOf(village.clock.now())
  const secret = village.mentor.communities.secretAt(village.communityId.mentor, epoch)
  return boardPlaces(secret, { kind: 'offer', topic: about, epoch }, number)
}

function everywhere(): Capability[] {
  const epoch = epochOf(village.clock.now())
  const secret = village.mentor.communities.secretAt(village.communityId.mentor, epoch)
  return ['all', topic].flatMap((about) => allPlaces(secret, { kind: 'offer', topic: about, epoch }))
}

/** Boxes of others. */
async function fill(place: Capability, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await village.office.store(makeBox(draftFor(village.clock, { capability: place })))
}

function groups(): Record<string, number> {
  const rows = village.mentor.database.all<{ topic: string; board_group: number }>(
    'SELECT topic, board_group FROM offer_boxes',
  )
  return Object.fromEntries(rows.map((row) => [row.topic, row.board_group]))
}

async function withdraw(): Promise<void> {
  village.mentor.offers.withdraw(village.mentor.offers.mine()[0]?.id as OfferId)
  await eventually(() => {
    village.clock.advance(1000)
    return village.mentor.offers.mine()[0]?.state === 'withdrawn'
  })
}

async function published(): Promise<void> {
  await eventually(() => {
    village.clock.advance(1000)
    return village.mentor.offers.mine()[0]?.state === 'published'
  })
}

describe('a board that fills', () => {
  it('gives an offer a place in its next group, where readers find it', async () => {
    for (const place of group(0, 'all')) await fill(place, 96)
    await village.publish()
    expect(groups()).toEqual({ all: 1, [topic]: 0 })
    expect(await village.seeker.offers.refresh({ communityId: village.communityId.seeker })).toEqual({ found: 1 })
    await withdraw()
    expect(await village.office.fetch(everywhere())).toHaveLength(4 * 96)
  })

  it('keeps an offer in the first group while that is less than three quarters full', async () => {
    for (const [index, place] of group(0, 'all').entries()) await fill(place, index === 0 ? 95 : 96)
    await village.publish()
    expect(groups()).toEqual({ all: 0, [topic]: 0 })
  })

  it('counts no tombstones', async () => {
    const [place = freshCapability()] = group(0, 'all')
    for (let i = 0; i < 3; i++) {
      const draft = draftFor(village.clock, { capability: place })
      await village.office.store(makeBox(draft))
      if (i > 0) await village.office.delete({ place: place.place, author: draft.author, sequence: 1n })
    }
    expect(await village.office.occupancy([place])).toEqual([1])
  })

  it('is not taken for full by its sum alone: what counts is the offer’s own place, too', async () => {
    expect(hasRoom([95, 96, 96, 96], 0)).toBe(true)
    expect(hasRoom([96, 96, 96, 96], 0)).toBe(false)
    expect(hasRoom([128, 0, 0, 0], 0)).toBe(false)
    expect(hasRoom([128, 0, 0, 0], 1)).toBe(true)
    const full = { occupancy: () => Promise.resolve([128]) }
    const asked: number[] = []
    const choice = (number: number) => (asked.push(number), { places: [freshCapability()], own: 0 })
    expect(await chooseGroup(full, 2, choice, new AbortController().signal)).toBe(4)
    expect(asked).toEqual([2, 3])
  })

  it('has as many boxes as most nodes say at least', () => {
    expect(lowerMedian([5])).toBe(5)
    expect(lowerMedian([0, 128])).toBe(0)
    expect(lowerMedian([7, 128, 6])).toBe(7)
    expect(lowerMedian([0, 0, 7, 7, 7])).toBe(7)
  })
})

describe('a place that is full after all', () => {
  it('sends an offer on, and keeps nothing of it once it is taken off', async () => {
    for (const about of ['all', topic]) {
      for (const number of [0, 1])
        for (const { place } of group(number, about)) village.office.full.add(placeKey(place))
    }
    village.mentor.offers.publish({ personaId: village.persona.mentor, draft: words })
    await published()
    expect(groups()).toEqual({ all: 2, [topic]: 2 })
    // a minority has each of them at the places before
    expect(await village.office.fetch(everywhere())).toHaveLength(6)
    expect(await village.seeker.offers.refresh({ communityId: village.communityId.seeker })).toEqual({ found: 1 })
    await withdraw()
    expect(await village.office.fetch(everywhere())).toEqual([])
    expect(village.mentor.database.all('SELECT 1 FROM offer_boxes_left')).toEqual([])
  })

  it('is remembered over a crash at any step of going on', async () => {
    for (const { place } of group(0, 'all')) village.office.full.add(placeKey(place))
    for (let step = 4; step < 9; step++) {
      village.office.failures.push(
        ...Array.from({ length: step }, () => undefined),
        ...Array.from({ length: 3 }, () => new Fault('unreachable', 'Nobody answers', { retryable: true })),
      )
      const before = village.office.asked.length
      village.mentor.offers.publish({ personaId: village.persona.mentor, draft: words })
      await eventually(() => {
        village.clock.advance(1000)
        return village.office.asked.length > before + step
      })
      village.mentor = await village.mentor.restart()
      await village.mentor.start()
      await published()
      expect(groups()).toEqual({ all: 1, [topic]: 0 })
      await withdraw()
      expect(await village.office.fetch(everywhere())).toEqual([])
    }
  })

  it('in the last group ends in a failure, and can be tried again', async () => {
    for (const { place } of everywhere()) village.office.full.add(placeKey(place))
    village.mentor.offers.publish({ personaId: village.persona.mentor, draft: words })
    await eventually(() => {
      village.clock.advance(60_000)
      return village.mentor.offers.mine()[0]?.state === 'failed'
    })
    village.office.full.clear()
    village.mentor.offers.retry(village.mentor.offers.mine()[0]?.id as OfferId)
    await published()
    await withdraw()
    expect(await village.office.fetch(everywhere())).toEqual([])
  })
})

/** Offers and requests of as many people, spread over all groups of the board of everything. */
async function crowd(count: number): Promise<void> {
  const { clock, communityId, mentor, office } = village
  const epoch = epochOf(clock.now())
  const secret = mentor.communities.secretAt(communityId.mentor, epoch)
  const sample = sampleOffer(mentor.ratchet)
  const expiryHours = nowHours(clock) + 24
  for (let i = 0; i < count; i++) {
    const board = { kind: i % 2 === 0 ? ('offer' as const) : ('request' as const), topic: 'all', epoch }
    const [offerSecret, persona, number] = [random(32), freshSigningKey(), i % shardGroups.length]
    const author = boxAuthor(offerSecret, board, number)
    const said = { ...sample, draft: { ...sample.draft, kind: board.kind }, personaKey: persona.publicKey, expiryHours }
    const content = encodeOffer(said, { author: author.publicKey, epoch }, persona)
    const capability = offerPlace(secret, offerSecret, board, number)
    await office.store(makeBox({ capability, author, sequence: 1n, expiryHours, content }))
  }
}

describe('reading many offers', () => {
  it('of both kinds in all groups gives others their turn, and finds each once', async () => {
    const count = 320
    await crowd(count)
    const { seeker } = village
    let [turns, reading] = [0, true]
    const others = (async () => {
      for (; reading; turns++) await setImmediate()
    })()
    const where = { communityId: village.communityId.seeker }
    for (let i = 0; i < 3; i++) expect(await seeker.offers.refresh(where)).toEqual({ found: count })
    reading = false
    await others
    // after 16 that were verified, and before 64 that are saved
    expect(turns).toBeGreaterThanOrEqual(3 * (count / 16 + count / 64))
    expect(seeker.offers.browse(where)).toHaveLength(count)
  })

  it('saves no harm when it is cancelled: what it did not get to is not missed', async () => {
    await village.publish()
    const { seeker } = village
    for (let i = 0; i < 3; i++) {
      const abort = new AbortController()
      const reading = seeker.offers.refresh({ communityId: village.communityId.seeker }, abort.signal)
      await eventually(() => village.office.asked.at(-1) === 'fetch')
      abort.abort()
      expect(await faultOf(() => reading)).toBe('cancelled')
    }
    expect(seeker.offers.browse({ communityId: village.communityId.seeker })).toHaveLength(1)
  })
})
