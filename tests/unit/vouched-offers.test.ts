import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OfferId } from '../../core/base/ids.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { eventually } from '../support/eventually.ts'
import { words } from '../support/member.ts'
import { Village } from '../support/village.ts'

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

const own = () => village.mentor.offers.mine()[0]
const isPublished = () =>
  eventually(() => {
    village.clock.advance(1000)
    return own()?.state === 'published'
  })

describe('what others signed for an author', () => {
  it('goes along with an offer, and is read as it was given', async () => {
    const vouches = [new Uint8Array([1, 2, 3]), new Uint8Array(200).fill(7)]
    village.vouches = vouches
    const id = await village.publish()
    expect(new SeenOffers(village.seeker.database).get(id)?.vouches).toEqual(vouches)
    vouches.pop()
    village.mentor.offers.republish(own()?.id as OfferId)
    await isPublished()
    await village.seeker.offers.refresh({ communityId: village.communityId.seeker })
    expect(new SeenOffers(village.seeker.database).get(id)?.vouches).toEqual(vouches)
  })

  it.each([
    ['an offer', 'offer', 1],
    ['no request, whatever its author sends', 'request', 0],
  ] as const)('is counted of %s', async (_, kind, counted) => {
    village.vouches = [new Uint8Array(100).fill(7)]
    await village.publish({ ...words, kind })
    const { communityId, clock } = village
    expect(new SeenOffers(village.seeker.database).vouched(communityId.seeker, clock.now())).toHaveLength(counted)
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
