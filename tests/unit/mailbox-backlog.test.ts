import { afterAll, describe, expect, it } from 'vitest'
import { freshId, type MessageId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Member } from '../../core/conversations/courier.ts'
import { Mailbox } from '../../core/conversations/mailbox.ts'
import { mailboxWindow } from '../../core/conversations/watches.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { communityId, introduce, pairSchema } from '../support/pair.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch } from '../support/scratch.ts'

const files = scratch()
afterAll(() => files.remove())

describe('more mail than a window holds', () => {
  it.each(['in order', 'backwards'])('is looked for at once when the window was full, found %s', async (order) => {
    const clock = new ManualClock()
    const office = new PostOffice(clock)
    const open = (name: string) => files.database(`${name} ${order}`, pairSchema)
    const [mine, yours] = [open('seeker'), open('mentor')]
    const pair = await introduce(mine, yours, clock)
    let looks = 0
    const poller = { check: async () => void looks++ }
    const over = (database: typeof mine, member?: Member) => {
      const desk = { database, ratchet: new Ratchet(database, clock), clock }
      const conversations = new Conversations({ ...desk, emit: () => {}, log: silentLog, members: () => member })
      const live = () => false
      const parts = { desk, communityId, client: office, timing: defaultTiming, live, changed: () => {} }
      return { conversations, mailbox: new Mailbox(parts) }
    }
    const seeker = over(mine)
    // nothing else of it is asked for
    const node = { status: () => ({ state: 'reached' }) }
    const mentor = over(yours, { poller, node } as unknown as Member)
    for (let text = 0; text <= mailboxWindow; text++) {
      const wish = { conversationId: pair.seeker.id, clientId: freshId<MessageId>(), text: String(text) }
      await seeker.conversations.send(wish)
      for (const job of seeker.mailbox.jobs()) await job.run(new AbortController().signal)
    }
    const watches = [...mentor.conversations.sources(communityId)()]
    for (const watch of order === 'in order' ? watches : watches.toReversed()) {
      for (const box of await office.fetch([watch.capability])) await watch.handle(box)
    }
    const heard = mentor.conversations.messages({ conversationId: pair.mentor.id, limit: 99 })
    expect(heard.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    expect(looks).toBe(1)
    for (const database of [mine, yours]) database.close()
    office.close()
  })
})

describe('acknowledgements told while this side was away', () => {
  it('are looked for once the network is reached, however often it was tried before', async () => {
    const clock = new ManualClock()
    const [mine, yours] = ['away', 'there'].map((name) => files.database(name, pairSchema))
    if (mine === undefined || yours === undefined) throw new Error('no databases')
    const pair = await introduce(mine, yours, clock)
    let state = 'connecting'
    const member = { node: { status: () => ({ state }) } } as unknown as Member
    const desk = { database: mine, ratchet: new Ratchet(mine, clock), clock }
    const conversations = new Conversations({ ...desk, emit: () => {}, log: silentLog, members: () => member })
    await conversations.send({ conversationId: pair.seeker.id, clientId: freshId<MessageId>(), text: 'yes' })
    clock.advance(9 * 86_400_000)
    const source = conversations.sources(communityId)
    const places = () => [...source()].length
    const back = Array.from({ length: 5 }, places).at(-1)
    expect(back).toBe(mailboxWindow + 10)
    state = 'reached'
    expect(Array.from({ length: 4 }, places)).toEqual([back, back, back, mailboxWindow + 2])
    for (const database of [mine, yours]) database.close()
  })
})
