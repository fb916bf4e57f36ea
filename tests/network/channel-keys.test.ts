import type { Stream } from '@libp2p/interface'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../core/base/bytes.ts'
import { systemClock } from '../../core/base/clock.ts'
import { Channel, type Arrived, type Carried } from '../../core/conversations/channel/channel.ts'
import type { Frame } from '../../core/conversations/channel/frames.ts'
import { Wire } from '../../core/conversations/channel/wire.ts'
import { defaultTiming } from '../../core/conversations/timing.ts'
import { random } from '../../core/crypto/random.ts'
import { maxResetRecord } from '../../core/ratchet/reset-record.ts'
import { eventually } from '../support/eventually.ts'
import { wired, type Wired } from '../support/streams.ts'

const forever = new AbortController().signal

let net: Wired
let streams: { near: Stream; far: Stream }
let channel: Channel
let ended: Promise<unknown>
let wire: Wire
let heard: Frame[]

/** What this side has: four items, made with the keys of a generation. */
const vault = { generation: 0, told: undefined as Bytes | undefined, acked: 0 }
const arrived: Arrived[] = []
const resets: Bytes[] = []
const carried: Carried = {
  counters: () => ({ sendAcked: vault.acked, sendNext: 4, receiveNext: 0, direct: false }),
  items: (from, limit) =>
    [0, 1, 2, 3]
      .slice(from, from + limit)
      .map((index) => ({ index, ciphertext: Uint8Array.of(vault.generation, index, 0) })),
  save: async (items, acknowledged) => {
    arrived.push(...items)
    vault.acked = Math.max(vault.acked, acknowledged)
  },
  consented: () => {},
  keys: () => ({ generation: vault.generation, told: vault.told }),
  keysHeard: async () => {},
  resetHeard: async (record) => void resets.push(record),
}

beforeAll(async () => {
  net = await wired()
})
afterAll(() => net.stop())

beforeEach(async () => {
  Object.assign(vault, { generation: 0, told: undefined, acked: 0 })
  arrived.length = resets.length = 0
  streams = await net.streams('/test/channel-keys')
  channel = new Channel({ wire: new Wire(streams.near), carried, clock: systemClock, timing: defaultTiming })
  wire = new Wire(streams.far)
  const frames: Frame[] = []
  heard = frames
  const listen = async (): Promise<void> => {
    for (;;) frames.push(await wire.read(forever))
  }
  listen().catch(() => {})
  ended = channel.run()
})
afterEach(async () => {
  channel.close()
  await ended
})

const items = (): number[][] =>
  heard.flatMap((frame) => (frame.kind === 'item' ? [[...frame.ciphertext.subarray(0, 2)]] : []))
const say = (frame: Frame): Promise<void> => wire.write(frame, forever)

describe('a session reset in a live channel', () => {
  it('has items sent anew, and only once both sides use the new keys', async () => {
    await say({ kind: 'ack', count: 1 })
    await eventually(() => items().length === 3)
    expect(heard.some(({ kind }) => kind === 'keys' || kind === 'reset')).toBe(false)
    Object.assign(vault, { generation: 7, told: random(40) })
    channel.tellKeys()
    channel.fill()
    await eventually(() => heard.at(-1)?.kind === 'keys')
    // what is told of it goes first: it is what the other needs to follow
    expect(heard.slice(-2)).toEqual([
      { kind: 'reset', record: vault.told },
      { kind: 'keys', generation: 7 },
    ])
    await say({ kind: 'ack', count: 2 })
    await say({ kind: 'item', index: 0, ciphertext: random(40) })
    await eventually(() => heard.at(-1)?.kind === 'ack')
    expect(items()).toEqual([1, 2, 3].map((index) => [0, index]))
    await say({ kind: 'keys', generation: 7 })
    await say({ kind: 'item', index: 0, ciphertext: random(40) })
    await eventually(() => items().length === 5)
    expect(items().slice(3)).toEqual([2, 3].map((index) => [7, index]))
    // each item counts for the keys that its sender used then
    await eventually(() => arrived.length === 2)
    expect(arrived.map(({ generation }) => generation)).toEqual([0, 7])
  })

  it('is told once in each channel, and heard', async () => {
    const record = random(maxResetRecord)
    await say({ kind: 'reset', record })
    await eventually(() => resets.length === 1)
    expect(resets).toEqual([record])
    vault.told = random(1200)
    channel.tellKeys()
    channel.tellKeys()
    await say({ kind: 'item', index: 0, ciphertext: random(40) })
    await eventually(() => heard.at(-1)?.kind === 'ack' && heard.some(({ kind }) => kind === 'reset'))
    expect(heard.filter(({ kind }) => kind === 'reset').length).toBe(1)
  })

  it.each([
    ['back', [3, 2]],
    ['nowhere', [3, 3]],
    ['to those of the introduction', [0]],
  ])('is ended by keys that go %s: a contact cannot have all sent anew again and again', async (_, generations) => {
    for (const generation of generations) await say({ kind: 'keys', generation }).catch(() => {})
    expect(await ended).toMatchObject({ code: 'malformed' })
  })
})
