import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../core/base/clock.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { placeFirstCome, placeMostWork } from '../../core/boxes/limits.ts'
import { moreMemoryWorkBits } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { writeCapability, type IntroductionAddress } from '../../core/offers/introduction-address.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { eventually } from '../support/eventually.ts'
import { words } from '../support/member.ts'
import { networked, type Networked } from '../support/networked.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { startTestnet, type Testnet, type TestMember } from '../support/testnet.ts'

/*
 * A flood that fills the place of an offer's introductions on real nodes. What
 * somebody has who did more work than the flood, and what somebody has who did
 * not.
 */

/** Of the memory-hard work. */
const least = 2
/** Of boxes: what nodes ask for, and what the flood adds, before and later. */
const asked = 4
const flood = { first: 4, later: 13 }

let files: Scratch
let net: Testnet
let mentor: Networked
let diligent: Networked
let hasty: Networked
let attacker: TestMember
let address: IntroductionAddress

const person = (name: string, joins?: Networked): Promise<Networked> =>
  networked({ net, files, workBits: least }, name, joins)

/** Garbage that its author's reader can open, of so much more work than nodes ask for. */
async function fill(count: number, moreWork: number): Promise<number> {
  let taken = 0
  for (let i = 0; i < count; i++) {
    const box = await attacker.client.prepare({
      capability: writeCapability(address),
      author: freshSigningKey(),
      sequence: 1n,
      expiryHours: Math.floor(systemClock.now() / 3_600_000) + 300,
      content: random(500),
      moreWork,
    })
    await attacker.client.store(box).then(
      () => taken++,
      () => {},
    )
  }
  return taken
}

async function offerOf({ member, communityId }: Networked): Promise<OfferId> {
  await member.offers.refresh({ communityId })
  return member.offers.browse({ communityId })[0]?.id as OfferId
}

const sent = ({ member }: Networked) => member.introductions.sent()[0]

beforeAll(async () => {
  files = scratch()
  net = await startTestnet({ nodes: 3, workBits: asked, node: { storesPerMinute: 10_000 } })
  mentor = await person('Maple Heron')
  diligent = await person('Quiet River', mentor)
  hasty = await person('Loud Crow', mentor)
  attacker = await net.member()
  mentor.member.offers.publish({ personaId: mentor.personaId, draft: words })
  await eventually(() => mentor.member.offers.mine()[0]?.state === 'published')
  const seen = new SeenOffers(diligent.member.database).get(await offerOf(diligent))
  if (seen === undefined) throw new Error('the offer was not read')
  ;({ address } = seen)
})

afterAll(async () => {
  for (const { member } of [mentor, diligent, hasty]) await member.stop()
  await net.stop()
  files.remove()
})

it('an introduction of more work than a flood is found behind it', async () => {
  expect(await fill(placeFirstCome, 0)).toBe(placeFirstCome)
  expect(await fill(placeMostWork, flood.first)).toBe(placeMostWork)
  await diligent.member.introductions.send({
    personaId: diligent.personaId,
    offerId: await offerOf(diligent),
    text: 'I did the work.',
    workBits: least + moreMemoryWorkBits,
  })
  await eventually(() => sent(diligent)?.state === 'waiting', { timeoutMs: 60_000 })
  await mentor.poller.check()
  expect(mentor.member.introductions.pending()).toMatchObject([{ text: 'I did the work.' }])
  // the flood left nothing but that it was looked at
  expect(mentor.member.database.all('SELECT * FROM introduction_senders')).toHaveLength(1)
})

it('one of less is refused by the nodes, and its sender is told so and why', async () => {
  await fill(placeMostWork, flood.later)
  await hasty.member.introductions.send({
    personaId: hasty.personaId,
    offerId: await offerOf(hasty),
    text: 'I did the least.',
  })
  await eventually(() => sent(hasty)?.state === 'failed', { timeoutMs: 60_000 })
  expect(sent(hasty)).toMatchObject({ state: 'failed', crowded: true, workBits: least })
  await mentor.poller.check()
  expect(mentor.member.introductions.pending().map(({ text }) => text)).toEqual(['I did the work.'])
})
