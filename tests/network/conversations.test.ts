import { describe, expect, it } from 'vitest'
import { isHeard } from '../../core/conversations/create.ts'
import { eventually } from '../support/eventually.ts'
import type { Talker } from '../support/talker.ts'
import { pairsOnANet, type Two } from '../support/talkers.ts'

const pair = pairsOnANet()

/** Both look at the nodes until there is a channel of a kind. */
async function connected({ seeker, mentor, here, there }: Two, kind: 'relay' | 'direct' = 'relay'): Promise<void> {
  await eventually(
    async () => {
      await Promise.all([seeker.check(), mentor.check()])
      return seeker.channel(here) === kind && mentor.channel(there) === kind
    },
    { what: `a ${kind} channel`, everyMs: 200, timeoutMs: 40_000 },
  )
}

describe('two members', () => {
  it('find each other by presence and talk through a relay', async () => {
    const two = await pair()
    const { seeker, mentor, here, there } = two
    await Promise.all([seeker.start(), mentor.start()])
    await connected(two)
    expect(isHeard(mentor.database, there)).toBe(true)
    for (let i = 0; i < 20; i++) {
      await seeker.say(here, `question ${i}`)
      await mentor.say(there, `answer ${i}`)
    }
    await eventually(() =>
      [...seeker.delivery(here), ...mentor.delivery(there)].every((state) => state === 'delivered'),
    )
    expect(mentor.heard(there)).toEqual(Array.from({ length: 20 }, (_, i) => `question ${i}`))
    expect(seeker.heard(here)).toEqual(Array.from({ length: 20 }, (_, i) => `answer ${i}`))
    expect(seeker.channel(here)).toBe('relay')
    // nothing of it went by mailbox
    expect(seeker.database.all('SELECT * FROM conversation_outbox')).toEqual([])
  })

  it('reach each other by mailbox, the longest text too, and learn what was received', async () => {
    const { seeker, mentor, here, there } = await pair()
    const long = '長'.repeat(3000)
    await seeker.start()
    await seeker.say(here, 'are you there?')
    await seeker.say(here, long)
    await eventually(() => seeker.delivery(here).every((state) => state === 'stored'))
    await seeker.stop()
    await mentor.start()
    await eventually(async () => {
      await mentor.check()
      return mentor.heard(there).length === 2
    })
    expect(mentor.heard(there)).toEqual(['are you there?', long])
    await mentor.say(there, 'now I am')
    await eventually(() => mentor.delivery(there).every((state) => state === 'stored'))
    // the boxes of what was received are deleted
    await eventually(() => mentor.database.all('SELECT * FROM conversation_disposals').length === 0)
    await mentor.stop()
    await seeker.start()
    await eventually(async () => {
      await seeker.check()
      return seeker.heard(here).length === 1 && seeker.delivery(here).every((state) => state === 'delivered')
    })
  })

  it('lose nothing when one is killed: five messages wait, and come once each and in order', async () => {
    const two = await pair()
    const { seeker, mentor, here, there } = two
    await Promise.all([seeker.start(), mentor.start()])
    await connected(two)
    await seeker.say(here, 'before')
    await eventually(() => mentor.heard(there).length === 1)
    await mentor.kill()
    const waiting = ['one', 'two', 'three', 'four', 'five']
    for (const text of waiting) await seeker.say(here, text)
    await eventually(() => seeker.delivery(here).every((state) => state !== 'queued'), { what: 'all to be stored' })
    expect(seeker.channel(here)).toBe('none')
    await mentor.start()
    await eventually(async () => {
      await mentor.check()
      return mentor.heard(there).length > waiting.length
    })
    expect(mentor.heard(there)).toEqual(['before', ...waiting])
    await connected(two)
    await seeker.say(here, 'after')
    await eventually(() => mentor.heard(there).at(-1) === 'after')
    expect(mentor.heard(there)).toEqual(['before', ...waiting, 'after'])
    await eventually(() => seeker.delivery(here).every((state) => state === 'delivered'))
  })

  it('clear a backlog longer than the window in one check', async () => {
    const { seeker, mentor, here, there } = await pair()
    const texts = Array.from({ length: 30 }, (_, i) => `message ${i}`)
    await seeker.start()
    for (const text of texts) await seeker.say(here, text)
    await eventually(() => seeker.delivery(here).every((state) => state === 'stored'))
    await seeker.stop()
    await mentor.start()
    await eventually(() => mentor.heard(there).length === texts.length, { what: 'the backlog' })
    expect(mentor.heard(there)).toEqual(texts)
  })

  it('are connected once although both dial, again and again', async () => {
    const two = await pair()
    const { seeker, mentor, here, there } = two
    await Promise.all([seeker.start(), mentor.start()])
    await connected(two)
    for (let round = 0; round < 3; round++) {
      for (const talker of [seeker, mentor]) {
        for (const connection of talker.node.libp2p.getConnections()) {
          if (!connection.direct) connection.abort(new Error('cut'))
        }
      }
      await Promise.all([seeker.say(here, `question ${round}`), mentor.say(there, `answer ${round}`)])
      await connected(two)
    }
    await eventually(() =>
      [...seeker.delivery(here), ...mentor.delivery(there)].every((state) => state === 'delivered'),
    )
    expect(mentor.heard(there)).toEqual(['question 0', 'question 1', 'question 2'])
    expect(seeker.heard(here)).toEqual(['answer 0', 'answer 1', 'answer 2'])
    const relayed = (talker: Talker): number =>
      talker.node.libp2p.getConnections().filter(({ direct }) => !direct).length
    await eventually(() => relayed(seeker) === 1 && relayed(mentor) === 1, { what: 'one connection to be left' })
  })

  it('connect directly once both agree, and not before', async () => {
    const two = await pair()
    const { seeker, mentor, here, there } = two
    await Promise.all([seeker.start('direct'), mentor.start('direct')])
    await connected(two)
    seeker.conversations.allowDirect({ conversationId: here, allowed: true })
    await eventually(() => mentor.conversations.view(there).direct.theirs)
    await Promise.all([seeker.check(), mentor.check()])
    expect([seeker.channel(here), mentor.channel(there)]).toEqual(['relay', 'relay'])
    mentor.conversations.allowDirect({ conversationId: there, allowed: true })
    await connected(two, 'direct')
    await seeker.say(here, 'so near')
    await eventually(() => mentor.heard(there).length === 1)
    seeker.conversations.allowDirect({ conversationId: here, allowed: false })
    await connected(two, 'relay')
    await mentor.say(there, 'and far again')
    await eventually(() => seeker.heard(here).length === 1)
  })
})
