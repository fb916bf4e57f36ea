import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Fault } from '../../core/base/fault.ts'
import type { OfferId } from '../../core/base/ids.ts'
import { eventually } from '../support/eventually.ts'
import { words } from '../support/member.ts'
import { Village } from '../support/village.ts'

const hour = 3_600_000
const day = 24 * hour

let village: Village

beforeEach(async () => {
  village = new Village()
  await village.start()
})

afterEach(() => village.end())

describe('an offer on the boards', () => {
  it('is found by topic, once, and not by its author as another’s', async () => {
    const id = await village.publish({ ...words, topics: ['career-guidance', 'self-care'] })
    expect(
      await village.seeker.offers.refresh({ communityId: village.communityId.seeker, topic: 'self-care' }),
    ).toEqual({ found: 1 })
    expect(await village.seeker.offers.refresh({ communityId: village.communityId.seeker, topic: 'music' })).toEqual({
      found: 0,
    })
    const views = village.seeker.offers.browse({ communityId: village.communityId.seeker, topic: 'career-guidance' })
    expect(views).toHaveLength(1)
    expect(views[0]).toMatchObject({ id, title: words.title, mine: false, introduced: false })
    expect(views[0]?.author.pseudonym).toBe('Maple Heron')
    await village.mentor.offers.refresh({ communityId: village.communityId.mentor })
    expect(village.mentor.offers.browse({ communityId: village.communityId.mentor })).toMatchObject([{ mine: true }])
  })

  it('is published after a crash between mining and storing, without mining again', async () => {
    // for each of two boxes its board is looked at and it is mined; the first store fails
    village.office.failures.push(
      ...Array.from({ length: 4 }, () => undefined),
      new Fault('unreachable', 'Nobody answers'),
    )
    const { id } = village.mentor.offers.publish({ personaId: village.persona.mentor, draft: words })
    // asked and failed: a restart in between would leave the failure to whoever asks next
    await eventually(() => village.office.failures.length === 0)
    village.mentor = await village.mentor.restart()
    expect(village.mentor.offers.mine()[0]?.state).toBe('publishing')
    await village.mentor.start()
    await eventually(() => village.mentor.offers.mine()[0]?.state === 'published')
    expect(village.asked('prepare')).toBe(2)
    await village.seeker.offers.refresh({ communityId: village.communityId.seeker })
    expect(village.seeker.offers.browse({ communityId: village.communityId.seeker })).toHaveLength(1)
    expect(village.mentor.offers.mine()[0]?.id).toBe(id)
  })

  it('is stored again every half day, and in the next week under other keys', async () => {
    await village.publish()
    const stores = () => village.asked('store')
    const before = stores()
    village.clock.advance(15 * hour)
    await eventually(() => stores() === before + 2)
    expect(village.asked('prepare')).toBe(2)
    village.clock.advance(7 * day)
    await eventually(() => village.asked('prepare') === 4)
    await eventually(async () => {
      const { found } = await village.seeker.offers.refresh({ communityId: village.communityId.seeker })
      return found === 1
    })
    expect(village.seeker.offers.browse({ communityId: village.communityId.seeker })).toHaveLength(1)
  })

  it('fails where nodes refuse it again and again, and can be tried again', async () => {
    village.office.takes = false
    village.mentor.offers.publish({ personaId: village.persona.mentor, draft: words })
    await eventually(() => {
      village.clock.advance(500)
      return village.mentor.offers.mine()[0]?.state === 'failed'
    })
    // each time another box was tried, so that one bad one is not the end
    expect(village.asked('prepare')).toBeGreaterThan(2)
    village.office.takes = true
    village.mentor.offers.retry(village.mentor.offers.mine()[0]?.id as OfferId)
    await eventually(() => {
      village.clock.advance(500)
      return village.mentor.offers.mine()[0]?.state === 'published'
    })
  })

  it('is taken off all boards when it is withdrawn', async () => {
    await village.publish()
    const id = village.mentor.offers.mine()[0]?.id as OfferId
    village.office.open = false
    village.mentor.offers.withdraw(id)
    await eventually(() => village.office.asked.includes('delete'))
    expect(village.mentor.offers.mine()[0]?.state).toBe('withdrawing')
    village.office.open = true
    await eventually(() => {
      village.clock.advance(1000)
      return village.mentor.offers.mine()[0]?.state === 'withdrawn'
    })
    for (let i = 0; i < 2; i++) {
      expect(await village.seeker.offers.refresh({ communityId: village.communityId.seeker })).toEqual({ found: 0 })
    }
    expect(village.seeker.offers.browse({ communityId: village.communityId.seeker })).toEqual([])
    expect([...village.mentor.introductions.sources(village.communityId.mentor)()]).toEqual([])
  })
})
