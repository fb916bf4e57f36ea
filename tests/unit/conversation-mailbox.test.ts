import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { equal, hex, type Bytes } from '../../core/base/bytes.ts'
import { Fault } from '../../core/base/fault.ts'
import type { ConversationId, MessageId } from '../../core/base/ids.ts'
import { freshId } from '../../core/base/ids.ts'
import type { Job } from '../../core/base/jobs.ts'
import { silentLog } from '../../core/base/log.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { advance, dayOf, mailboxAt, presenceAt, seekerToMentor } from '../../core/conversations/chain.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import { isHeard } from '../../core/conversations/create.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { encodeItem } from '../../core/conversations/item.ts'
import { Mailbox } from '../../core/conversations/mailbox.ts'
import { PresenceBook } from '../../core/conversations/presence-book.ts'
import { encodePresence, type Presence } from '../../core/conversations/presence-content.ts'
import { PresencePublisher } from '../../core/conversations/presence-publisher.ts'
import { mailboxWindow } from '../../core/conversations/watches.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { freshSigningKey, signingKey, type SigningKey } from '../../core/crypto/sign.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { communityId, introduce, pairSchema } from '../support/pair.ts'
import { PostOffice } from '../support/post-office.ts'
import { scratch } from '../support/scratch.ts'

const hour = 3_600_000
const files = scratch()
afterAll(() => files.remove())
let nth = 0
let clock: ManualClock
let office: PostOffice
let seeker: Person
let mentor: Person

/** One side, over the rules and the store of one real node. */
class Person {
  readonly desk: Desk
  readonly id: ConversationId
  readonly conversations: Conversations
  readonly mailbox: Mailbox
  readonly publisher: PresencePublisher
  addresses: string[] = []
  live = false

  constructor(desk: Desk, id: ConversationId) {
    this.desk = desk
    this.id = id
    this.conversations = new Conversations({ ...desk, emit: () => {}, log: silentLog, members: () => undefined })
    const parts = { desk, communityId, client: office }
    this.mailbox = new Mailbox({ ...parts, timing: defaultTiming, live: () => this.live, changed: () => {} })
    this.publisher = new PresencePublisher({ ...parts, addresses: () => this.addresses })
  }

  get state() {
    return getConversation(this.desk.database, this.id)
  }

  async say(text: string): Promise<void> {
    await this.conversations.send({ conversationId: this.id, clientId: freshId<MessageId>(), text })
  }

  async work(jobs: readonly Job[]): Promise<number> {
    const due = jobs.filter(({ dueAt }) => dueAt <= clock.now())
    for (const job of due) await job.run(new AbortController().signal)
    return due.length
  }

  async publish(): Promise<void> {
    this.publisher.mark(this.id, 0)
    await this.work(this.publisher.jobs())
  }

  async look(): Promise<void> {
    for (const watch of this.conversations.sources(communityId)()) {
      for (const box of await office.fetch([watch.capability])) await watch.handle(box)
    }
  }

  heard(): string[] {
    const all = this.conversations.messages({ conversationId: this.id, limit: 99 })
    return all.filter(({ mine }) => !mine).map(({ kind, text }) => (kind === 'text' ? text : `<${kind}>`))
  }

  delivery(): (string | null)[] {
    const all = this.conversations.messages({ conversationId: this.id, limit: 99 })
    return all.filter(({ mine }) => mine).map(({ delivery }) => delivery)
  }
}

beforeEach(async () => {
  nth++
  clock = new ManualClock()
  office = new PostOffice(clock)
  const open = (name: string) => files.database(`${name}-${nth}`, pairSchema)
  const [mine, yours] = [open('seeker'), open('mentor')]
  const pair = await introduce(mine, yours, clock)
  const person = (database: typeof mine, id: ConversationId) =>
    new Person({ database, ratchet: new Ratchet(database, clock), clock }, id)
  seeker = person(mine, pair.seeker.id)
  mentor = person(yours, pair.mentor.id)
})

afterEach(() => {
  seeker.desk.database.close()
  mentor.desk.database.close()
  office.close()
})

/** Stores what the seeker's own vault would never make, with the keys that the pair shares. */
async function plant(
  content: Bytes,
  { index = 0, author }: { index?: number; author?: SigningKey } = {},
): Promise<void> {
  const { capability, authorSeed } = mailboxAt(advance(seeker.state.sendChain, index))
  const draft = {
    capability,
    author: author ?? signingKey(authorSeed),
    sequence: 9n,
    expiryHours: nowHours(clock) + 24,
    content,
  }
  await office.store(await office.prepare(draft))
}

let planted = 1
async function plantPresence(presence: Presence, day = dayOf(clock.now())): Promise<void> {
  const { capability, authorSeed } = presenceAt(seeker.state.presenceKey, seekerToMentor, day)
  const expiryHours = nowHours(clock) + 24
  const draft = {
    capability,
    author: signingKey(authorSeed),
    sequence: BigInt(planted++),
    expiryHours,
    content: encodePresence(presence),
  }
  await office.store(await office.prepare(draft))
}

describe('what is stored', () => {
  it('is one box for each message, mined once, deleted when it was received', async () => {
    await seeker.say('zero')
    await seeker.say('one')
    expect(seeker.delivery()).toEqual(['queued', 'queued'])
    while ((await seeker.work(seeker.mailbox.jobs())) > 0);
    expect(seeker.delivery()).toEqual(['stored', 'stored'])
    expect(office.asked.filter((what) => what === 'prepare')).toHaveLength(2)
    await mentor.look()
    expect(mentor.heard()).toEqual(['zero', 'one'])
    expect(await mentor.work(mentor.mailbox.jobs())).toBe(2)
    const places = [0, 1].map((index) => mailboxAt(advance(seeker.state.sendChain, index)).capability)
    expect(await office.fetch(places)).toEqual([])
    await mentor.publish()
    await seeker.look()
    expect(seeker.delivery()).toEqual(['delivered', 'delivered'])
    expect(seeker.mailbox.jobs()).toEqual([])
  })

  it('is mined once although storing fails, also over a restart', async () => {
    await seeker.say('zero')
    for (let failed = 0; failed < 3; failed++) {
      office.failures.push(
        ...(failed === 0 ? [undefined] : []),
        new Fault('unreachable', 'Nobody', { retryable: true }),
      )
      await expect(seeker.work(seeker.mailbox.jobs())).rejects.toMatchObject({ code: 'unreachable' })
      seeker = new Person({ ...seeker.desk, ratchet: new Ratchet(seeker.desk.database, clock) }, seeker.id)
    }
    await seeker.work(seeker.mailbox.jobs())
    expect(seeker.delivery()).toEqual(['stored'])
    expect(office.asked.filter((what) => what === 'prepare')).toHaveLength(1)
  })

  it('is made anew where the nodes refuse it', async () => {
    await seeker.say('zero')
    office.failures.push(undefined, new Fault('box-refused', 'Too little work'))
    await expect(seeker.work(seeker.mailbox.jobs())).rejects.toMatchObject({ code: 'box-refused' })
    await seeker.work(seeker.mailbox.jobs())
    expect(office.asked.filter((what) => what === 'prepare')).toHaveLength(2)
    expect(seeker.delivery()).toEqual(['stored'])
  })

  it('is stored again every day, and mined again before it expires, until it is acknowledged', async () => {
    await seeker.say('zero')
    await seeker.work(seeker.mailbox.jobs())
    let stored = 0
    for (let day = 0; day < 40; day++) {
      clock.advance(24 * hour)
      stored += await seeker.work(seeker.mailbox.jobs())
      const { capability } = mailboxAt(seeker.state.sendChain)
      expect(await office.fetch([capability])).toHaveLength(1)
    }
    // due a day later, give or take a quarter, and looked for once a day: every second day at the latest
    expect(stored).toBeGreaterThanOrEqual(20)
    expect(office.asked.filter((what) => what === 'prepare').length).toBeLessThan(8)
    await mentor.look()
    expect(mentor.heard()).toEqual(['zero'])
  })

  it('waits while a channel is open', async () => {
    await seeker.say('zero')
    seeker.live = true
    expect(seeker.mailbox.jobs()).toEqual([])
    seeker.live = false
    expect(seeker.mailbox.jobs()).toHaveLength(1)
  })
})

describe('what is found', () => {
  it('counts as unreadable where its form is unknown, and the next is read', async () => {
    await seeker.say('to be lost')
    await seeker.say('after')
    await seeker.work(seeker.mailbox.jobs())
    await seeker.work(seeker.mailbox.jobs())
    await plant(Uint8Array.of(2, 1, 2, 3))
    await mentor.look()
    expect(mentor.heard()).toEqual(['<unreadable>', 'after'])
  })

  it('is left alone where another author put it', async () => {
    await plant(encodeItem(new Uint8Array(300)), { author: freshSigningKey() })
    await mentor.look()
    expect(mentor.heard()).toEqual([])
    expect(isHeard(mentor.desk.database, mentor.id)).toBe(false)
    expect(mentor.mailbox.jobs()).toEqual([])
  })

  it('is watched for a window ahead, and in the presence of two days', () => {
    const watched = [...mentor.conversations.sources(communityId)()].map(({ capability }) => hex(capability.place))
    const { sendChain, presenceKey } = seeker.state
    const today = dayOf(clock.now())
    const expected = [
      ...Array.from({ length: mailboxWindow }, (_, ahead) => mailboxAt(advance(sendChain, ahead))),
      ...[today - 1, today].map((day) => presenceAt(presenceKey, seekerToMentor, day)),
    ].map(({ capability }) => hex(capability.place))
    expect(watched.toSorted()).toEqual(expected.toSorted())
  })

  it('is found in the presence of days ago, where something waits to be acknowledged', async () => {
    await seeker.say('zero')
    await seeker.work(seeker.mailbox.jobs())
    await mentor.look()
    await mentor.publish()
    clock.advance(9 * 24 * hour)
    await seeker.look()
    expect(seeker.delivery()).toEqual(['delivered'])
  })
})

describe('presence', () => {
  const told = { at: 10, addresses: ['/ip4/192.0.2.1/tcp/1'], ack: 0, direct: true }

  it('tells addresses, consent and what was received, once until something changes', async () => {
    seeker.addresses = ['/ip4/192.0.2.1/tcp/1']
    await seeker.publish()
    await seeker.publish()
    expect(office.asked).toEqual(['prepare', 'store'])
    seeker.conversations.allowDirect({ conversationId: seeker.id, allowed: true })
    await seeker.publish()
    expect(office.asked).toHaveLength(4)
    await mentor.look()
    expect(mentor.state).toMatchObject({ heard: true, direct: { mine: false, theirs: true } })
    clock.advance(24 * hour)
    await seeker.work(seeker.publisher.jobs())
    expect(office.asked.filter((what) => what === 'store')).toHaveLength(3)
  })

  it('tells what changed while it was being told, and not a day later', async () => {
    seeker.publisher.mark(seeker.id, 0)
    const telling = seeker.work(seeker.publisher.jobs())
    seeker.conversations.allowDirect({ conversationId: seeker.id, allowed: true })
    // as the courier does when something is to be told soon
    seeker.publisher.mark(seeker.id, 100)
    await telling
    clock.advance(100)
    await seeker.work(seeker.publisher.jobs())
    await mentor.look()
    expect(mentor.state.direct.theirs).toBe(true)
  })

  it('shows nodes no time: its sequence counts what was told on a day', async () => {
    const sequence = async (): Promise<bigint | undefined> => {
      const { capability } = presenceAt(mentor.state.presenceKey, seekerToMentor, dayOf(clock.now()))
      return (await office.fetch([capability]))[0]?.sequence
    }
    await seeker.publish()
    expect(await sequence()).toBe(1n)
    seeker.addresses = ['/ip4/192.0.2.1/tcp/1']
    await seeker.publish()
    expect(await sequence()).toBe(2n)
    clock.advance(24 * hour)
    await seeker.publish()
    expect(await sequence()).toBe(1n)
  })

  it('of an earlier time changes neither consent nor address', async () => {
    const book = new PresenceBook(mentor.desk)
    const found = async () => {
      const at = presenceAt(mentor.state.presenceKey, seekerToMentor, dayOf(clock.now()))
      const [box] = await office.fetch([at.capability])
      if (box === undefined) throw new Error('no presence')
      return box
    }
    await plantPresence(told)
    const old = await found()
    expect(book.read(mentor.id, old)).toBe(true)
    await plantPresence({ ...told, at: 11, addresses: [], direct: false })
    expect(book.read(mentor.id, await found())).toBe(true)
    expect(book.read(mentor.id, old)).toBe(false)
    expect(mentor.state.direct.theirs).toBe(false)
    expect(book.get(mentor.id)).toMatchObject({ at: 11, addresses: [] })
    // also for a vault that was opened anew
    expect(new PresenceBook(mentor.desk).read(mentor.id, old)).toBe(false)
    expect(mentor.state.direct.theirs).toBe(false)
  })

  it('cannot acknowledge what was never sent, nor speak from beyond all time', async () => {
    await mentor.say('zero')
    await plantPresence({ ...told, ack: 4_000_000_000 })
    await mentor.look()
    expect(mentor.state).toMatchObject({ sendAcked: 1, sendNext: 1 })
    await plantPresence({ ...told, at: 2 ** 60, direct: false })
    expect(await faultOf(() => mentor.look())).toBe('malformed')
    expect(mentor.state).toMatchObject({ presenceSeen: 10, direct: { theirs: true } })
  })

  it('lies at another place each day, each way', () => {
    const { presenceKey } = seeker.state
    const places = [0, 1].flatMap((direction) =>
      [1, 2, 3].map((day) => presenceAt(presenceKey, direction === 0 ? 0 : 1, day).capability.place),
    )
    expect(new Set(places.map(hex)).size).toBe(6)
    expect(equal(mentor.state.presenceKey, presenceKey)).toBe(true)
  })
})
