import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IntroductionId, OfferId } from '../../core/base/ids.ts'
import { placeKey } from '../../core/boxes/capability.ts'
import { moreMemoryWorkBits } from '../../core/crypto/memory-work.ts'
import { writeCapability } from '../../core/offers/introduction-address.ts'
import { SeenOffers } from '../../core/offers/seen-offers.ts'
import { eventually } from '../support/eventually.ts'
import { Village } from '../support/village.ts'

/** What members of the village ask for. */
const least = 3

let village: Village
let offerId: OfferId

beforeEach(async () => {
  village = new Village()
  await village.start()
  offerId = await village.publish()
})

afterEach(() => village.end())

const wish = (more: { token?: string; workBits?: number } = {}) => ({
  personaId: village.persona.seeker,
  offerId,
  text: 'Hello',
  ...more,
})
const sent = () => village.seeker.introductions.sent()[0]
const becomes = (state: string) =>
  eventually(
    () => {
      village.clock.advance(1_000)
      return sent()?.state === state
    },
    { what: state },
  )

describe('a seeker', () => {
  it('may do more work than the least, within bounds, and it is seen by the author and by nodes', async () => {
    for (const workBits of [least - 1, least + moreMemoryWorkBits + 1, Number.NaN]) {
      await expect(village.seeker.introductions.send(wish({ workBits }))).rejects.toMatchObject({ code: 'bad-input' })
    }
    expect(village.seeker.database.all('SELECT * FROM ratchet_identities')).toEqual([])
    const prepared = village.office.moreWork.length
    await village.seeker.introductions.send(wish({ workBits: least + 2 }))
    await becomes('waiting')
    expect(sent()).toMatchObject({ workBits: least + 2, invited: false, crowded: false })
    expect(village.office.moreWork.slice(prepared)).toEqual([2])
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()[0]?.work).toBeGreaterThanOrEqual(least + 2)
  })

  it('shows the token that the author gave, and keeps it no longer than it is needed', async () => {
    await expect(village.seeker.introductions.send(wish({ token: 'abcd' }))).rejects.toMatchObject({
      code: 'invite-mangled',
    })
    const { text } = village.mentor.introductions.makeToken(village.persona.mentor, 'the choir')
    await village.seeker.introductions.send(wish({ token: text }))
    await becomes('waiting')
    await village.check(village.mentor)
    const [pending] = village.mentor.introductions.pending()
    expect(pending?.invited?.note).toBe('the choir')
    await village.mentor.introductions.accept(pending?.id as IntroductionId)
    await eventually(() =>
      village.mentor.database.get('SELECT 1 FROM acceptances WHERE due_at > ?', [village.clock.now()]),
    )
    await village.check(village.seeker)
    expect(sent()).toMatchObject({ state: 'accepted', invited: true })
    expect(village.seeker.database.get('SELECT token FROM sent_introductions')).toEqual({ token: null })
  })

  it('is told that the place is full, each try having done more work, and may do more by choice', async () => {
    const offer = new SeenOffers(village.seeker.database).get(offerId)
    if (offer === undefined) throw new Error('no offer')
    village.office.full.add(placeKey(writeCapability(offer.address).place))
    const prepared = village.office.moreWork.length
    const { id } = await village.seeker.introductions.send(wish())
    await becomes('failed')
    expect(sent()?.crowded).toBe(true)
    expect(village.office.moreWork.slice(prepared)).toEqual([0, 2, 4])
    village.office.full.clear()
    village.seeker.introductions.retry(id as IntroductionId, least + 3)
    expect(sent()).toMatchObject({ workBits: least + 3, crowded: false })
    await becomes('waiting')
    expect(village.office.moreWork.at(-1)).toBe(3)
    await village.check(village.mentor)
    expect(village.mentor.introductions.pending()).toMatchObject([{ text: 'Hello' }])
    expect(village.mentor.introductions.pending()[0]?.work).toBeGreaterThanOrEqual(least + 3)
  })
})
