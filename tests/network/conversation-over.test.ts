import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationId } from '../../core/base/ids.ts'
import { getConversation, isOver } from '../../core/conversations/store.ts'
import { eventually } from '../support/eventually.ts'
import { scratch } from '../support/scratch.ts'
import { acquaint, Talker } from '../support/talker.ts'
import { startTestnet, type Testnet } from '../support/testnet.ts'

const files = scratch()
let net: Testnet
let seeker: Talker
let mentor: Talker
let here: ConversationId
let there: ConversationId

beforeAll(async () => {
  net = await startTestnet()
  const timing = { firstPresence: 300, settle: 300 }
  seeker = new Talker({ net, files, name: 'seeker', timing })
  mentor = new Talker({ net, files, name: 'mentor', timing })
  ;({ here, there } = await acquaint(seeker, mentor))
  await seeker.start()
  await mentor.start()
})

afterAll(async () => {
  await seeker.stop()
  await mentor.stop()
  await net.stop()
  files.remove()
})

const look = () => Promise.all([seeker.check(), mentor.check()])

describe('a conversation that both have ended', () => {
  it('is confirmed, and then neither side can be reached through it any more', async () => {
    await eventually(
      async () => {
        await look()
        return seeker.channel(here) === 'relay' && mentor.channel(there) === 'relay'
      },
      { everyMs: 200 },
    )
    await seeker.conversations.actions.end(here)
    await eventually(() => seeker.conversations.view(here).ending === 'confirmed')
    expect(mentor.conversations.view(there).ending).toBe('by-contact')
    await eventually(() => seeker.channel(here) === 'none' && mentor.channel(there) === 'none')
    await eventually(
      async () => {
        await look()
        return [getConversation(seeker.database, here), getConversation(mentor.database, there)].every(isOver)
      },
      { everyMs: 200 },
    )
    for (const talker of [seeker, mentor]) {
      await talker.stop()
      await talker.start()
    }
    for (let looks = 0; looks < 5; looks++) await look()
    expect([seeker.channel(here), mentor.channel(there)]).toEqual(['none', 'none'])
  })
})
