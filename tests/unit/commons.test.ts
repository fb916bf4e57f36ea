import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { concat, hex, type Bytes } from '../../core/base/bytes.ts'
import type { CommunityId } from '../../core/base/ids.ts'
import type { Capability } from '../../core/boxes/capability.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { emptyCharter, type Charter } from '../../core/charter/content.ts'
import { signDocument } from '../../core/commons/document.ts'
import { headPlace, partPlace } from '../../core/commons/places.ts'
import { epochOf } from '../../core/community/epoch.ts'
import { sha256 } from '../../core/crypto/derive.ts'
import { freshSigningKey, type SigningKey } from '../../core/crypto/sign.ts'
import { bytesFor, charterSample } from '../support/charter-samples.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { Member } from '../support/member.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const day = 86_400_000

let files: Scratch
let clock: ManualClock
let office: PostOffice
let founder: Member
let reader: Member
let id: CommunityId
let there: CommunityId

const member = (name: string): Member => new Member({ files, name, clock, client: () => office })

beforeEach(() => {
  files = scratch()
  clock = new ManualClock()
  office = new PostOffice(clock)
  founder = member('founder')
  reader = member('reader')
  id = founder.found('Maple Heron').communityId
  there = reader.join(founder, id, 'Quiet River').communityId
})
afterEach(async () => {
  await reader.stop()
  await founder.stop()
  office.close()
  files.remove()
})

/** Long enough that the body does not fit the head. */
const long: Charter = {
  ...charterSample,
  topics: Array.from({ length: 60 }, (_, i) => ({
    id: `own-abcdefg${i}`,
    words: {
      en: {
        name: `Topic ${i}`,
        also: Array.from({ length: 8 }, (__, j) => `another word for it, which takes some room, ${i} ${j}`),
      },
    },
    near: [],
  })),
}

/** What a member puts at a place: they have the community's secret, and so may write there. */
async function put(
  place: Capability,
  content: Bytes,
  { author = freshSigningKey(), sequence = 1n } = {},
): Promise<SigningKey> {
  const expiryHours = nowHours(clock) + 200
  await office.store(await office.prepare({ capability: place, author, sequence, expiryHours, content }))
  return author
}

function places(shards = [0, 1]): Capability[] {
  const epoch = epochOf(clock.now())
  const secret = founder.communities.secretAt(id, epoch)
  return shards.map((shard) => headPlace(secret, 'charter', epoch, shard))
}

async function copies(): Promise<number> {
  return (await office.fetch(places())).length
}

/** Everything that a member has to do now is done. */
async function tended(who: Member, of: CommunityId): Promise<void> {
  for (let turns = 0; turns < 20; turns++) if (!(await who.commons.tend(of))) return
  throw new Error('There is always more to do')
}

describe('documents of a community', () => {
  it('reach who reads later, short or long, and a later one takes the place of the one before', async () => {
    for (const charter of [charterSample, long, { ...emptyCharter, editors: charterSample.editors }]) {
      founder.charters.edit(id, () => charter)
      await tended(founder, id)
      await reader.commons.refresh(there)
      expect(reader.charters.get(there)).toEqual(charter)
      expect(reader.charters.edition(there).digest).toEqual(founder.charters.edition(id).digest)
    }
    expect(reader.events.filter(({ type }) => type === 'charter')).toHaveLength(3)
    // the same again is no news
    await reader.commons.refresh(there)
    expect(reader.events.filter(({ type }) => type === 'charter')).toHaveLength(3)
  })

  it.each([
    ['short', charterSample],
    ['long', long],
  ])('outlive the absence of their signer for months, where anybody who has one comes by: %s', async (_, charter) => {
    founder.charters.edit(id, () => charter)
    await tended(founder, id)
    await tended(reader, there)
    for (let weeks = 0; weeks < 12; weeks++) {
      clock.advance(5 * day)
      await tended(reader, there)
    }
    const newcomer = member('newcomer')
    const joined = newcomer.join(reader, there, 'Late Willow').communityId
    await newcomer.commons.refresh(joined)
    expect(newcomer.charters.get(joined)).toEqual(charter)
    expect(newcomer.charters.edition(joined).version).toBe(1)
  })

  it('are not stored by everybody: a few copies are enough', async () => {
    founder.charters.edit(id, () => charterSample)
    await tended(founder, id)
    const others = Array.from({ length: 6 }, (_, i) => member(`other ${i}`))
    for (const [index, other] of others.entries()) {
      const { communityId } = other.join(founder, id, `Other ${index}`)
      await tended(other, communityId)
    }
    // at each of two places: the founder's, and two more
    expect(await copies()).toBeLessThanOrEqual(2 * 3)
    expect(await copies()).toBeGreaterThanOrEqual(2 * 2)
  })

  it('are never replaced by an earlier one, not even where the founder signed it', async () => {
    founder.charters.edit(id, () => charterSample)
    const early = await headOf(founder)
    founder.charters.edit(id, () => emptyCharter)
    await tended(founder, id)
    await reader.commons.refresh(there)
    expect(reader.charters.edition(there).version).toBe(2)
    for (const place of places()) await put(place, early, { sequence: 2n ** 60n })
    await reader.commons.refresh(there)
    expect(reader.charters.get(there)).toEqual(emptyCharter)
    // nor shown to somebody whose invite named the later one
    const newcomer = member('newcomer')
    const joined = newcomer.join(founder, id, 'Late Willow').communityId
    office = new PostOffice(clock)
    for (const place of places()) await put(place, early)
    await newcomer.commons.refresh(joined)
    expect(newcomer.charters.edition(joined).version).toBe(0)
    expect(newcomer.charters.guardians(joined)).toEqual([])
  })

  it('are not harmed by rubbish, by what others signed, or by what is at the wrong place', async () => {
    founder.charters.edit(id, () => charterSample)
    await tended(founder, id)
    const stranger = freshSigningKey()
    const forged = signDocument(
      { area: 'charter', key: new Uint8Array(16), version: 99, at: 0, meta: new Uint8Array(0), body: bytesFor('x') },
      stranger,
    )
    const real = await headOf(founder)
    const hostile: Bytes[] = [
      new Uint8Array(0),
      bytesFor('rubbish'),
      new Uint8Array(16_343).fill(0x61),
      forged,
      real.with(real.length - 1, (real.at(-1) ?? 0) ^ 1),
      concat(real, Uint8Array.of(0)),
    ]
    for (const place of places()) for (const content of hostile) await put(place, content)
    await tended(reader, there)
    expect(reader.charters.get(there)).toEqual(charterSample)
    // what lies for another area is none of this one's
    const secret = founder.communities.secretAt(id, epochOf(clock.now()))
    await put(headPlace(secret, 'library', epochOf(clock.now()), 0), real)
    await reader.commons.refresh(there)
    expect(reader.charters.get(there)).toEqual(charterSample)
  })

  it('come through although others put rubbish where their parts lie', async () => {
    founder.charters.edit(id, () => long)
    const epoch = epochOf(clock.now())
    const secret = founder.communities.secretAt(id, epoch)
    const { parts } = await documentOf(founder)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) {
      const place = partPlace(secret, 'charter', epoch, part)
      for (const content of [new Uint8Array(0), bytesFor('rubbish'), new Uint8Array(16_000)]) await put(place, content)
    }
    // the head is there and its body is not: nothing is shown of it yet
    for (const place of places()) await put(place, await headOf(founder))
    await reader.commons.refresh(there)
    expect(reader.charters.edition(there).version).toBe(0)
    await tended(founder, id)
    await reader.commons.refresh(there)
    expect(reader.charters.get(there)).toEqual(long)
  })

  it('that their signer signed and that make no sense change nothing, and are not asked for again', async () => {
    founder.charters.edit(id, () => charterSample)
    await tended(founder, id)
    await reader.commons.refresh(there)
    const usual = await asking(() => reader.commons.refresh(there))
    const key = founder.communities.founderKey(id)
    if (key === undefined) throw new Error('No founder')
    const wish = { area: 'charter', key: new Uint8Array(16), at: 0, meta: new Uint8Array(0) }
    const short = signDocument({ ...wish, version: 50, body: bytesFor('nonsense') }, key)
    const body = new Uint8Array(5000).fill(7)
    const longer = signDocument({ ...wish, version: 51, body }, key)
    const epoch = epochOf(clock.now())
    const secret = founder.communities.secretAt(id, epoch)
    for (const place of places()) for (const head of [short, longer]) await put(place, head)
    await put(partPlace(secret, 'charter', epoch, sha256(body)), body)
    await reader.commons.refresh(there)
    expect(reader.charters.get(there)).toEqual(charterSample)
    // the places of heads, and of no part
    expect(await asking(() => reader.commons.refresh(there))).toBe(usual)
    expect(reader.charters.edition(there).version).toBe(1)
  })

  it('are stored again, with more work, where a place is full, and survive that nobody takes them for a while', async () => {
    founder.charters.edit(id, () => charterSample)
    for (const { place } of places()) office.full.add(hex(place))
    for (let turns = 0; turns < 3; turns++) expect(await founder.commons.tend(id)).toBe(true)
    expect(office.moreWork.some((more) => more > 0)).toBe(true)
    office.full.clear()
    await tended(founder, id)
    await reader.commons.refresh(there)
    expect(reader.charters.get(there)).toEqual(charterSample)
  })
})

/** How much is asked meanwhile. */
async function asking(body: () => Promise<void>): Promise<number> {
  const before = office.asked.length
  await body()
  return office.asked.length - before
}

async function documentOf(who: Member) {
  const held = who.commons.current(id, 'charter')[0]
  if (held === undefined) throw new Error('No document')
  return held.document
}

async function headOf(who: Member): Promise<Bytes> {
  const held = who.commons.current(id, 'charter')[0]
  if (held === undefined) throw new Error('No document')
  return held.head
}
