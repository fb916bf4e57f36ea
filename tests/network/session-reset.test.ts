import { describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import type { Talker } from '../support/talker.ts'
import { pairsOnANet, type Two } from '../support/talkers.ts'

const pair = pairsOnANet()

async function connected(): Promise<Two> {
  const two = await pair()
  const { seeker, mentor } = two
  await Promise.all([seeker.start(), mentor.start()])
  await eventually(
    async () => {
      await Promise.all([seeker.check(), mentor.check()])
      return seeker.channel(two.here) === 'relay' && mentor.channel(two.there) === 'relay'
    },
    { what: 'a channel', everyMs: 200, timeoutMs: 40_000 },
  )
  return two
}

const delivered = ({ seeker, mentor, here, there }: Two): boolean =>
  [...seeker.delivery(here), ...mentor.delivery(there)].every((state) => state === 'delivered')
const generation = (talker: Talker) =>
  talker.database.get<{ generation: number }>('SELECT generation FROM conversations')?.generation

describe('over a live channel', () => {
  it('a session that is lost is begun anew within moments, and the words on both sides arrive', async () => {
    const two = await connected()
    const { seeker, mentor, here, there } = two
    await seeker.say(here, 'before')
    await eventually(() => delivered(two))
    mentor.database.run('DELETE FROM ratchet_sessions')
    for (let i = 0; i < 5; i++) {
      await seeker.say(here, `question ${i}`)
      await mentor.say(there, `answer ${i}`)
    }
    await eventually(() => delivered(two), { what: 'all is delivered', timeoutMs: 20_000 })
    const words = (heard: string[]) => heard.filter((text) => text !== '')
    expect(words(mentor.heard(there))).toEqual(['before', ...Array.from({ length: 5 }, (_, i) => `question ${i}`)])
    expect(words(seeker.heard(here))).toEqual(Array.from({ length: 5 }, (_, i) => `answer ${i}`))
    expect([generation(seeker), generation(mentor)]).toEqual([1, 1])
    // the same channel carried all of it
    expect([seeker.channel(here), mentor.channel(there)]).toEqual(['relay', 'relay'])
    await seeker.say(here, 'after')
    await eventually(() => delivered(two))
  })

  it('both may lose theirs at once', async () => {
    const two = await connected()
    const { seeker, mentor, here, there } = two
    for (const talker of [seeker, mentor]) talker.database.run('DELETE FROM ratchet_sessions')
    await Promise.all([seeker.say(here, 'question'), mentor.say(there, 'answer')])
    await eventually(() => delivered(two), { what: 'all is delivered', timeoutMs: 20_000 })
    expect([generation(seeker), generation(mentor)]).toEqual([1, 1])
    await mentor.say(there, 'goes on')
    await eventually(() => delivered(two))
    expect(seeker.heard(here).filter((text) => text !== '')).toEqual(['answer', 'goes on'])
  })
})
