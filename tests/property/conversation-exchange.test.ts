import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { isFault } from '../../core/base/fault.ts'
import { freshId, type ConversationId, type MessageId } from '../../core/base/ids.ts'
import type { Job } from '../../core/base/jobs.ts'
import { silentLog } from '../../core/base/log.ts'
import { acknowledge } from '../../core/conversations/acknowledging.ts'
import { Conversations } from '../../core/conversations/conversations.ts'
import type { Desk } from '../../core/conversations/desk.ts'
import { Mailbox } from '../../core/conversations/mailbox.ts'
import { itemsFrom } from '../../core/conversations/outbox.ts'
import { PresencePublisher } from '../../core/conversations/presence-publisher.ts'
import { receiveItems } from '../../core/conversations/receiving.ts'
import { getConversation } from '../../core/conversations/store.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { placeKey } from '../../core/boxes/capability.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { LossyNodes, type Failure } from '../support/lossy-nodes.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { communityId, introduce, pairSchema } from '../support/pair.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

const place = scratch()
afterAll(() => place.remove())
let runs = 0

/** One person's device: everything of core/conversations but sockets, over a real vault and a real ratchet. */
class Device {
  readonly #open: () => Desk
  readonly #nodes: LossyNodes
  readonly id: ConversationId
  readonly sent: string[] = []
  desk: Desk
  conversations: Conversations
  mailbox: Mailbox
  publisher: PresencePublisher

  constructor(open: () => Desk, nodes: LossyNodes, id: ConversationId) {
    this.#open = open
    this.#nodes = nodes
    this.id = id
    ;[this.desk, this.conversations, this.mailbox, this.publisher] = this.#start()
  }

  #start(): [Desk, Conversations, Mailbox, PresencePublisher] {
    const desk = this.#open()
    const common = { desk, communityId, client: this.#nodes }
    const publisher = new PresencePublisher({ ...common, addresses: () => [] })
    publisher.markAll(0)
    return [
      desk,
      new Conversations({ ...desk, emit: () => {}, log: silentLog, members: () => undefined }),
      new Mailbox({ ...common, timing: defaultTiming, live: () => false, changed: () => {} }),
      publisher,
    ]
  }

  restart(): void {
    this.desk.database.close()
    ;[this.desk, this.conversations, this.mailbox, this.publisher] = this.#start()
  }

  async send(text: string, twice: boolean): Promise<void> {
    const wish = { conversationId: this.id, clientId: freshId<MessageId>(), text }
    this.sent.push(text)
    await Promise.all(
      twice ? [this.conversations.send(wish), this.conversations.send(wish)] : [this.conversations.send(wish)],
    )
  }

  /** Looks at the nodes; of what lies there, some is overlooked, and the rest comes in any order, some of it again. */
  async poll(choose: (count: number) => number[]): Promise<void> {
    const watches = [...this.conversations.sources(communityId)()]
    const boxes = await this.#nodes.fetch(watches.map(({ capability }) => capability))
    for (const pick of choose(boxes.length)) {
      const box = boxes[pick]
      const watch = watches.find(
        ({ capability }) => box !== undefined && placeKey(capability.place) === placeKey(box.place),
      )
      if (box !== undefined) await watch?.handle(box)
    }
  }

  /** All that is due now, once. */
  async work(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) {
      if (job.dueAt <= this.desk.clock.now()) await job.run(new AbortController().signal)
    }
  }

  received(): string[] {
    return this.mine(false).map(({ text }) => text)
  }

  mine(mine: boolean) {
    return this.conversations
      .messages({ conversationId: this.id, limit: 200 })
      .filter((message) => message.mine === mine)
  }
}

/** What a live channel does between two devices, with frames lost at its end: those sent before arrive, in order. */
async function channel(from: Device, to: Device, frames: number, acks: boolean): Promise<void> {
  const { sendAcked } = getConversation(from.desk.database, from.id)
  await receiveItems(to.desk, to.id, itemsFrom(from.desk.database, from.id, sendAcked, 8).slice(0, frames))
  const count = getConversation(to.desk.database, to.id).receiveNext
  if (acks) acknowledge(from.desk.database, from.id, { count, live: true, now: from.desk.clock.now() })
}

const side = fc.constantFrom(0, 1)
const picks = fc.array(fc.nat(20), { maxLength: 14 })
const failure = fc.constantFrom<Failure>('none', 'lost', 'unheard')
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), side, twice: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('store' as const), side, failure }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('poll' as const), side, picks }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('channel' as const), side, frames: fc.nat(9), acks: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('presence' as const), side, failure }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), nth: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('later' as const), hours: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), side }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** What Jobs tries again later. */
async function unlessUnreachable(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isFault(error, 'unreachable', 'box-refused')) throw error
  })
}

class Exchange {
  readonly nodes: LossyNodes
  readonly clock: ManualClock
  readonly devices: readonly [Device, Device]
  #texts = 0

  private constructor(clock: ManualClock, nodes: LossyNodes, devices: readonly [Device, Device]) {
    this.clock = clock
    this.nodes = nodes
    this.devices = devices
  }

  static async begin(place: Scratch): Promise<Exchange> {
    const clock = new ManualClock()
    const nodes = new LossyNodes(clock)
    const run = runs++
    const open = (name: string) => (): Desk => {
      const database = place.database(`${name}-${run}`, pairSchema)
      return { database, ratchet: new Ratchet(database, clock), clock }
    }
    const [seeker, mentor] = [open('seeker'), open('mentor')]
    const first = [seeker(), mentor()] as const
    const pair = await introduce(first[0].database, first[1].database, clock)
    for (const { database } of first) database.close()
    return new Exchange(clock, nodes, [
      new Device(seeker, nodes, pair.seeker.id),
      new Device(mentor, nodes, pair.mentor.id),
    ])
  }

  async take(step: Step): Promise<void> {
    const [here, there] = 'side' in step && step.side === 1 ? this.devices.toReversed() : this.devices
    if (here === undefined || there === undefined) throw new Error('two devices')
    switch (step.do) {
      case 'send':
        await here.send(`message ${this.#texts++}`, step.twice)
        break
      case 'store':
        this.nodes.failures.push(step.failure)
        await unlessUnreachable(here.work(here.mailbox.jobs()))
        break
      case 'poll':
        await here.poll((count) => (count === 0 ? [] : step.picks.map((pick) => pick % count)))
        break
      case 'channel':
        await channel(here, there, step.frames, step.acks)
        break
      case 'presence':
        here.publisher.mark(here.id, 0)
        this.nodes.failures.push(step.failure)
        await unlessUnreachable(here.work(here.publisher.jobs()))
        break
      case 'forget':
        this.nodes.forget(step.nth)
        break
      case 'later':
        this.clock.advance(step.hours * 3_600_000)
        break
      case 'restart':
        here.restart()
        break
    }
    this.nodes.failures.length = 0
    this.check()
  }

  /** What must hold at any time. */
  check(): void {
    const [seeker, mentor] = this.devices
    for (const [from, to] of [
      [seeker, mentor],
      [mentor, seeker],
    ] as const) {
      const received = to.received()
      expect(received).toEqual(from.sent.slice(0, received.length))
      expect(from.mine(true).map(({ text }) => text)).toEqual(from.sent)
      const delivered = from.mine(true).filter(({ delivery }) => delivery === 'delivered').length
      expect(delivered).toBeLessThanOrEqual(received.length)
      const all = from.conversations.messages({ conversationId: from.id, limit: 200 })
      expect(all.map(({ position }) => position)).toEqual(all.map((_, position) => position))
    }
  }

  /** From here on nothing fails any more, and both sides are there a few times a day. */
  async settle(): Promise<void> {
    for (let round = 0; round < 60 && !this.settled(); round++) {
      for (const device of this.devices) {
        for (let jobs = 0; jobs < 12; jobs++) await unlessUnreachable(device.work(device.mailbox.jobs()))
        await device.poll((count) => Array.from({ length: count }, (_, index) => count - 1 - index))
        device.publisher.mark(device.id, 0)
        await device.work(device.publisher.jobs())
      }
      this.clock.advance(6 * 3_600_000)
    }
  }

  settled(): boolean {
    return this.devices.every((device) => device.mine(true).every(({ delivery }) => delivery === 'delivered'))
  }
}

it('brings every message across once and in order, whatever fails on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
      const exchange = await Exchange.begin(place)
      for (const step of steps) await exchange.take(step)
      await exchange.settle()
      expect(exchange.settled()).toBe(true)
      const [seeker, mentor] = exchange.devices
      expect(mentor.received()).toEqual(seeker.sent)
      expect(seeker.received()).toEqual(mentor.sent)
      for (const { desk } of exchange.devices) {
        for (const table of ['conversation_outbox', 'conversation_inbox']) {
          expect(desk.database.all(`SELECT * FROM ${table}`)).toEqual([])
        }
        desk.database.close()
      }
      exchange.nodes.close()
    }),
    { numRuns: 40 },
  )
}, 120_000)
