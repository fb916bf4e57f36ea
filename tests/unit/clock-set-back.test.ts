import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/base/clock.ts'
import { freshId, type MessageId } from '../../core/base/ids.ts'
import { Jobs } from '../../core/base/jobs.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import { Mailbox } from '../../core/conversations/mailbox.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { eventually } from '../support/eventually.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { communityId, introduce, pairSchema } from '../support/pair.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch } from '../support/scratch.ts'
import { Village } from '../support/village.ts'

const hour = 3_600_000
const month = 30 * 24 * hour
const files = scratch()
afterAll(() => files.remove())

describe('a clock that was ahead and is set right', () => {
  it('does not keep a message in the queue until then', async () => {
    const clock = new ManualClock()
    const office = new PostOffice(clock)
    const [mine, yours] = [files.database('seeker', pairSchema), files.database('mentor', pairSchema)]
    const pair = await introduce(mine, yours, clock)
    const desk = { database: mine, ratchet: new Ratchet(mine, clock), clock }
    const conversations = new Conversations({ ...desk, emit: () => {}, log, members: () => undefined })
    const parts = { desk, communityId, client: office, timing: defaultTiming, live: () => false, changed: () => {} }
    const mailbox = new Mailbox(parts)
    const jobs = new Jobs({ name: 'mailbox', list: () => mailbox.jobs(), clock, log })
    const conversationId = pair.seeker.id
    const say = (text: string) => conversations.send({ conversationId, clientId: freshId<MessageId>(), text })
    const states = () => conversations.messages({ conversationId, limit: 9 }).map(({ delivery }) => delivery)
    await say('right')
    await jobs.start()
    await eventually(() => states()[0] === 'stored')
    clock.advance(month)
    await say('ahead')
    clock.advance(-month)
    jobs.wake()
    await eventually(
      () => {
        clock.advance(100)
        return states()[1] === 'stored'
      },
      { timeoutMs: 3_000 },
    )
    await jobs.stop()
    office.close()
    for (const database of [mine, yours]) database.close()
  })

  it('does not keep what failed from being tried again', async () => {
    const time = new ManualClock()
    // timers of a real machine do not follow its clock
    const clock = { now: () => time.now(), wait: (_ms: number, signal?: AbortSignal) => systemClock.wait(5, signal) }
    let ran = 0
    const run = async (): Promise<void> => {
      ran++
      throw new Error('not yet')
    }
    const list = () => [{ key: 'a', subject: 'a', dueAt: 0, run }]
    const jobs = new Jobs({ name: 'test', list, clock, log })
    await jobs.start()
    await eventually(() => ran === 1)
    time.advance(-month)
    const again = eventually(
      () => {
        time.advance(60_000)
        return ran > 1
      },
      { timeoutMs: 1_500 },
    )
    await again.finally(() => jobs.stop())
  })

  it('does not keep an offer from its boards until then', async () => {
    const village = new Village()
    await village.start()
    await village.publish()
    const far = () =>
      village.mentor.database.all('SELECT 1 FROM offer_boxes WHERE due_at > ?', [village.clock.now() + 36 * hour])
        .length
    // stored again, and for the next week, while the clock is ahead
    village.clock.advance(48 * hour)
    await eventually(() => village.asked('store') === 2 + 4)
    village.clock.advance(-48 * hour)
    expect(far()).toBe(4)
    village.mentor.offers.wake()
    await eventually(() => village.asked('store') === 2 + 4 + 2, { timeoutMs: 3_000 }).finally(() => village.end())
  })

  it('from before the community does not make an offer fail', async () => {
    const village = new Village()
    await village.start()
    await village.publish()
    village.clock.advance(-month)
    village.mentor.offers.wake()
    // its list is read before this one's turn
    await new Promise((resolve) => setImmediate(resolve))
    await new Promise((resolve) => setImmediate(resolve))
    village.clock.advance(month)
    village.mentor.offers.wake()
    const states = village.mentor.offers.mine().map(({ state }) => state)
    await village.end()
    expect(states).toEqual(['published'])
  })
})
