import type { Stream } from '@libp2p/interface'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { concat, u16, u32, u8, type Bytes } from '../../core/base/bytes.ts'
import { systemClock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { Channel, type Carried } from '../../core/conversations/channel/channel.ts'
import { encodeFrame, frameLengths, type Frame } from '../../core/conversations/channel/frames.ts'
import { Wire } from '../../core/conversations/channel/wire.ts'
import type { Item } from '../../core/conversations/outbox.ts'
import { encodeMessage } from '../../core/conversations/plaintext.ts'
import { receiveWindow } from '../../core/conversations/receiving.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { pad } from '../../core/crypto/pad.ts'
import { random } from '../../core/crypto/random.ts'
import { eventually } from '../support/eventually.ts'
import { ShiftedClock } from '../support/shifted-clock.ts'
import { wired, type Wired } from '../support/streams.ts'

const forever = new AbortController().signal
const timing = { ...defaultTiming, acknowledge: 400, heartbeat: 150, silence: 600 }

/** One side's counters and what came, as the vault would hold them. */
class Books implements Carried {
  readonly sent: Item[] = []
  readonly received: number[] = []
  acked = 0
  consents: boolean[] = []

  post(count: number, length = 362): void {
    for (let i = 0; i < count; i++) this.sent.push({ index: this.sent.length, ciphertext: random(length) })
  }

  counters() {
    return { sendAcked: this.acked, sendNext: this.sent.length, receiveNext: this.received.length, direct: true }
  }

  items(from: number, limit: number): Item[] {
    return this.sent.slice(from, from + limit)
  }

  async save(items: readonly Item[], acknowledged: number): Promise<void> {
    await Promise.resolve()
    for (const { index } of items) if (index === this.received.length) this.received.push(index)
    this.acked = Math.max(this.acked, acknowledged)
  }

  consented(direct: boolean): void {
    this.consents.push(direct)
  }

  readonly resets: Bytes[] = []
  readonly generations: number[] = []
  generation = 0
  told: Bytes | undefined

  keys() {
    return { generation: this.generation, told: this.told }
  }

  async keysHeard(generation: number): Promise<void> {
    this.generations.push(generation)
  }

  async resetHeard(record: Bytes): Promise<void> {
    this.resets.push(record)
  }
}

let net: Wired
let streams: { near: Stream; far: Stream }
let channel: Channel
let books: Books
let ended: Promise<unknown>

beforeAll(async () => {
  net = await wired()
})

afterAll(() => net.stop())

beforeEach(async () => {
  streams = await net.streams('/test/channel')
  books = new Books()
  channel = new Channel({ wire: new Wire(streams.near), carried: books, clock: systemClock, timing })
})

afterEach(async () => {
  channel.close()
  await ended
})

function open(): void {
  ended = channel.run()
}

/** The far side, as somebody by their own rules: everything it hears, and what it says. */
function far(): { wire: Wire; heard: Frame[] } {
  const wire = new Wire(streams.far)
  const heard: Frame[] = []
  const listen = async (): Promise<void> => {
    for (;;) heard.push(await wire.read(forever))
  }
  listen().catch(() => {})
  return { wire, heard }
}

describe('a live channel', () => {
  it('carries items both ways, in order, and acknowledges them', async () => {
    const theirs = new Books()
    const other = new Channel({ wire: new Wire(streams.far), carried: theirs, clock: systemClock, timing })
    const otherEnded = other.run()
    open()
    books.post(50)
    theirs.post(30, 12_400)
    channel.fill()
    other.fill()
    await eventually(() => books.acked === 50 && theirs.acked === 30)
    expect(theirs.received).toEqual(books.sent.map(({ index }) => index))
    expect(books.received).toEqual(theirs.sent.map(({ index }) => index))
    expect(books.consents).toEqual([true])
    channel.close()
    expect(await ended).toBeUndefined()
    expect(await otherEnded).toMatchObject({ code: 'unreachable' })
  })

  it('sends nothing before it heard what the other has, and then not more than a window', async () => {
    const { wire, heard } = far()
    books.post(receiveWindow + 9)
    open()
    channel.fill()
    await eventually(() => heard.some(({ kind }) => kind === 'ack'))
    expect(heard.filter(({ kind }) => kind === 'item')).toEqual([])
    await wire.write({ kind: 'ack', count: 3 }, forever)
    const items = () => heard.flatMap((frame) => (frame.kind === 'item' ? [frame.index] : []))
    await eventually(() => items().length >= receiveWindow)
    await eventually(() => heard.at(-1)?.kind === 'ack')
    expect(items()).toEqual(Array.from({ length: receiveWindow }, (_, nth) => 3 + nth))
  })

  it('is given up where an item is not acknowledged in time', async () => {
    const { wire } = far()
    books.post(1)
    open()
    const beat = setInterval(() => void wire.write({ kind: 'ack', count: 0 }, forever).catch(() => {}), 50)
    expect(await ended).toMatchObject({ code: 'timeout' })
    clearInterval(beat)
    expect(books.acked).toBe(0)
  })

  it('lives on while both are silent but there, and ends where one is gone without a word', async () => {
    const { wire, heard } = far()
    open()
    const from = performance.now()
    while (performance.now() - from < 3 * timing.silence) {
      const before = heard.length
      await wire.write({ kind: 'ack', count: 0 }, forever)
      await eventually(() => heard.length > before)
    }
    expect(streams.near.status).toBe('open')
    expect(await ended).toMatchObject({ code: 'timeout' })
  })

  it.each(['forth', 'back'] as const)(
    'is not kept, nor left without a sign, because a clock is set %s',
    async (way) => {
      const clock = new ShiftedClock()
      channel = new Channel({ wire: new Wire(streams.near), carried: books, clock, timing })
      const { wire, heard } = far()
      books.post(1)
      open()
      let isOver = false
      void ended.then(() => (isOver = true))
      await wire.write({ kind: 'ack', count: 0 }, forever)
      await eventually(() => heard.some(({ kind }) => kind === 'item'))
      clock.jump(way === 'forth' ? 100 : -3_600_000)
      const acks = () => heard.filter(({ kind }) => kind === 'ack').length
      const before = acks()
      await eventually(() => acks() > before, { timeoutMs: 2_000 })
      await eventually(() => isOver, { timeoutMs: 5_000 })
      expect(await ended).toMatchObject({ code: 'timeout' })
    },
  )

  it('hides the length of what is said', () => {
    const lengths = [1, 20, 100].map((length) => {
      const plaintext = encodeMessage({ kind: 'text', text: 'x'.repeat(length), at: Date.now(), ack: 5 })
      // what libsignal adds: 58 to 93 bytes
      return [58, 93].map((more) =>
        encodeFrame({ kind: 'item', index: 7, ciphertext: random(plaintext.length + more) }),
      )
    })
    const frames = [
      ...lengths.flat(),
      encodeFrame({ kind: 'ack', count: 7 }),
      encodeFrame({ kind: 'consent', direct: true }),
      encodeFrame({ kind: 'hello', nonce: random(32), tag: random(32) }),
    ]
    expect(new Set(frames.map((frame) => frame.length))).toEqual(new Set([296]))
  })
})

describe('a hostile other side', () => {
  const frame = (...parts: Bytes[]): Bytes => {
    const bytes = pad(concat(...parts), 296)
    return concat(u16(bytes.length), bytes)
  }
  const item = (index: number, ciphertext: Bytes): Bytes => concat(u8(1), u8(16), u32(index), ciphertext)

  it.each<[string, () => Bytes]>([
    ['a frame of another version', () => frame(u8(2), u8(17), u32(0))],
    ['a frame of an unknown kind', () => frame(u8(1), u8(99), u32(0))],
    ['a frame of the handshake', () => frame(u8(1), u8(3), random(32))],
    ['an item without content', () => frame(item(0, new Uint8Array(0)))],
    [
      'an item in a frame that is too large for it',
      () => {
        const bytes = pad(item(0, random(20)), 1144)
        return concat(u16(bytes.length), bytes)
      },
    ],
    ['an acknowledgement with trailing bytes', () => frame(u8(1), u8(17), u32(0), u8(0x41))],
    ['an acknowledgement of what was never sent', () => frame(u8(1), u8(17), u32(9))],
    ['a consent that is neither yes nor no', () => frame(u8(1), u8(18), u8(2))],
    ['a frame without padding', () => concat(u16(296), new Uint8Array(296))],
    ['a frame of no known length', () => concat(u16(297), new Uint8Array(297))],
    ['an empty frame', () => u16(0)],
    ['the longest length there is', () => u16(0xffff)],
  ])('is hung up on after %s', async (_, bytes) => {
    books.post(1)
    open()
    far()
    streams.far.send(bytes())
    expect(await ended).toBeInstanceOf(Fault)
    expect(streams.near.status).not.toBe('open')
    expect(books).toMatchObject({ acked: 0, received: [], consents: [] })
  })

  it('cannot have its changes of mind written down as fast as it can speak', async () => {
    const { wire } = far()
    open()
    await wire.write({ kind: 'ack', count: 0 }, forever)
    const changes = 30
    const from = performance.now()
    for (let nth = 0; nth < changes; nth++) await wire.write({ kind: 'consent', direct: nth % 2 === 0 }, forever)
    await eventually(() => books.consents.length === changes)
    expect(performance.now() - from).toBeGreaterThan((changes - 5) * timing.together)
  })

  it('cannot make this side keep more than a few windows of bytes', async () => {
    const { wire } = far()
    const { promise: saved, resolve: release } = Promise.withResolvers<void>()
    books.save = () => saved
    open()
    const flood = async (): Promise<void> => {
      for (let index = 0; ; index++) await wire.write({ kind: 'item', index, ciphertext: random(12_000) }, forever)
    }
    await expect(Promise.race([flood(), ended])).rejects.toThrow(Fault)
    release()
    expect(await ended).toBeInstanceOf(Fault)
    expect(Math.max(...frameLengths)).toBeLessThan(13_000)
  })
})
