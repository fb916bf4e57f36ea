import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayOf, presenceAt } from '../../core/conversations/chain.ts'
import { decodePresence } from '../../core/conversations/presence-content.ts'
import { PresencePublisher } from '../../core/conversations/presence-publisher.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { Correspondent, settle } from '../support/correspondent.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { communityId, introduce, pairSchema } from '../support/pair.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch } from '../support/scratch.ts'

const files = scratch()
afterAll(() => files.remove())
let nth = 0
let office: PostOffice
let seeker: Correspondent
let mentor: Correspondent

beforeEach(async () => {
  nth++
  const clock = new ManualClock()
  office = new PostOffice(clock)
  const vaults = ['seeker', 'mentor'].map((name) => files.database(`${name}-${nth}`, pairSchema))
  const [mine, yours] = vaults
  if (mine === undefined || yours === undefined) throw new Error('two vaults')
  const pair = await introduce(mine, yours, clock)
  const side = ({ database, id }: typeof pair.seeker) =>
    new Correspondent(() => ({ database, ratchet: new Ratchet(database, clock), clock }), office, id)
  seeker = side(pair.seeker)
  mentor = side(pair.mentor)
})

afterEach(async () => {
  await seeker.close()
  await mentor.close()
  office.close()
})

describe('a contact who is blocked while a poll is under way', () => {
  it('is not heard: neither their mail nor where they are', async () => {
    await seeker.say('zero')
    await seeker.post()
    await seeker.tell()
    const watches = [...mentor.conversations.sources(communityId)()]
    const find = async (): Promise<void> => {
      for (const watch of watches) {
        for (const box of await office.fetch([watch.capability])) await watch.handle(box)
      }
    }
    mentor.conversations.setBlocked(mentor.id, true)
    await find()
    expect(mentor.heard()).toEqual([])
    expect(mentor.state).toMatchObject({ receiveNext: 0, presenceSeen: 0 })
    mentor.conversations.setBlocked(mentor.id, false)
    await find()
    expect(mentor.heard()).toEqual(['zero'])
    await mentor.conversations.forget(mentor.id)
    await find()
  })
})

describe('presence', () => {
  it('does not go out where the contact is blocked, or consent is taken back, while it is being told', async () => {
    seeker.conversations.allowDirect({ conversationId: seeker.id, allowed: true })
    seeker.desk.database.run('UPDATE conversations SET direct_theirs = 1')
    for (const change of [
      () => seeker.conversations.allowDirect({ conversationId: seeker.id, allowed: false }),
      () => seeker.conversations.setBlocked(seeker.id, true),
    ]) {
      const telling = seeker.tell()
      change()
      await telling
      expect(office.asked.splice(0)).toEqual(['prepare'])
    }
    await seeker.tell()
    expect(office.asked).toEqual([])
    seeker.conversations.setBlocked(seeker.id, false)
    await seeker.tell()
    expect(office.asked).toEqual(['prepare', 'store'])
  })

  it('tells no address any more once a conversation is over for both', async () => {
    const told = async (side: Correspondent, direction: 0 | 1): Promise<number> => {
      const publisher = new PresencePublisher({
        desk: side.desk,
        communityId,
        client: office,
        addresses: () => ['/ip4/192.0.2.1/tcp/1'],
      })
      publisher.mark(side.id, 0)
      for (const job of publisher.jobs()) await job.run(new AbortController().signal)
      const { capability } = presenceAt(side.state.presenceKey, direction, dayOf(side.desk.clock.now()))
      const [box] = await office.fetch([capability])
      return box === undefined ? -1 : decodePresence(box.content).addresses.length
    }
    await seeker.conversations.actions.end(seeker.id)
    await seeker.hand(mentor)
    expect([await told(seeker, 0), await told(mentor, 1)]).toEqual([1, 1])
    await mentor.conversations.actions.confirmEnd(mentor.id)
    expect(await settle([seeker, mentor], () => {})).toBe(true)
    expect(seeker.state.ending).toBe('confirmed')
    expect([await told(seeker, 0), await told(mentor, 1)]).toEqual([0, 0])
  })

  it('of a conversation that is forgotten is not told any more, whatever is still under way for it', async () => {
    await seeker.tell()
    await seeker.conversations.forget(seeker.id)
    seeker.publisher.forget(seeker.id)
    // as the courier does when its channel has ended, which is after that
    seeker.publisher.mark(seeker.id, 0)
    expect(seeker.publisher.jobs()).toEqual([])
  })
})
