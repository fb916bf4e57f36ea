import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IntroductionId, OfferId } from '../../core/base/ids.ts'
import { introductionWorkBits } from '../../core/crypto/memory-work.ts'
import { eventually } from '../support/eventually.ts'
import { words } from '../support/member.ts'
import { networked, type Networked } from '../support/networked.ts'
import { scratch, type Scratch } from '../support/scratch.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

/*
 * Offers and introductions over a real network: community nodes, a mentor, two
 * seekers and a bystander, each with a vault and a libp2p node of their own.
 */

let files: Scratch
let net: Testnet
let mentor: Networked
let seeker: Networked
let other: Networked

const person = (name: string, joins?: Networked): Promise<Networked> =>
  networked({ net, files, workBits: introductionWorkBits }, name, joins)

const offersOf = ({ member, communityId }: Networked, topic?: string) =>
  member.offers.browse({ communityId, ...(topic === undefined ? {} : { topic }) })

beforeAll(async () => {
  files = scratch()
  net = await startTestnet({ nodes: 4, anchors: 2 })
  mentor = await person('Maple Heron')
  seeker = await person('Quiet River', mentor)
  other = await person('Loud Crow', mentor)
})

afterAll(async () => {
  for (const { member } of [mentor, seeker, other]) await member.stop()
  await net.stop()
  files.remove()
})

describe('offers and introductions over a real network', () => {
  it('an offer is published to its boards', async () => {
    mentor.member.offers.publish({
      personaId: mentor.personaId,
      draft: { ...words, topics: ['career-guidance', 'self-care'] },
    })
    mentor.member.offers.publish({ personaId: mentor.personaId, draft: { ...words, kind: 'request', title: 'Sewing' } })
    await eventually(() => mentor.member.offers.mine().every(({ state }) => state === 'published'))
  })

  it('is found by everybody in the community, by topic', async () => {
    for (const who of [seeker, other]) {
      expect(await who.member.offers.refresh({ communityId: who.communityId })).toEqual({ found: 2 })
      expect(await who.member.offers.refresh({ communityId: who.communityId, topic: 'self-care' })).toEqual({
        found: 1,
      })
      expect(offersOf(who, 'self-care')).toMatchObject([{ title: words.title, mine: false }])
      expect(offersOf(who)).toHaveLength(2)
    }
  })

  it('an introduction reaches its author, whose answer makes the same conversation on both sides', async () => {
    const offerId = offersOf(seeker, 'self-care')[0]?.id as OfferId
    const { id } = await seeker.member.introductions.send({
      personaId: seeker.personaId,
      offerId,
      text: 'I would like to hear how you did it.',
    })
    await eventually(() => seeker.member.introductions.sent()[0]?.state === 'waiting', { timeoutMs: 60_000 })
    await mentor.poller.check()
    const [pending] = mentor.member.introductions.pending()
    expect(pending).toMatchObject({ from: { pseudonym: 'Quiet River' }, text: 'I would like to hear how you did it.' })
    await mentor.member.introductions.accept(pending?.id as IntroductionId)
    await eventually(async () => {
      await seeker.poller.check()
      return seeker.member.introductions.sent().find((sent) => sent.id === id)?.state === 'accepted'
    })
    const keys = [seeker, mentor].map(({ member }) =>
      member.database.all<{ channel_key: Uint8Array<ArrayBuffer> }>('SELECT channel_key FROM conversations'),
    )
    expect(keys[0]).toHaveLength(1)
    expect(keys[0]).toEqual(keys[1])
  })

  it('a withdrawn offer is gone for all', async () => {
    for (const { id } of mentor.member.offers.mine()) mentor.member.offers.withdraw(id as OfferId)
    await eventually(() => mentor.member.offers.mine().every(({ state }) => state === 'withdrawn'))
    for (let i = 0; i < 2; i++) {
      expect(await other.member.offers.refresh({ communityId: other.communityId })).toEqual({ found: 0 })
    }
    expect(offersOf(other)).toEqual([])
  })
})
