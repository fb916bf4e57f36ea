import type { Connection } from '@libp2p/interface'
import { describe, expect, it } from 'vitest'
import { concat, u32, u8, type Bytes } from '../../core/base/bytes.ts'
import { workOf } from '../../core/boxes/box.ts'
import { nowHours } from '../../core/boxes/hours.ts'
import { idleStream, refusalPause, requestTime } from '../../core/boxes/limits.ts'
import { encodeRequest } from '../../core/boxes/messages.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, freshCapability, makeBox } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { oneNodeNet, wide } from '../support/one-node-net.ts'
import { startTestnet } from '../support/testnet.ts'

const one = oneNodeNet({ bits: 4, limits: wide })
const { bits, clock, line } = one
/** Offences after which a connection is closed. */
const offences = 16

function offenders(): number {
  return one.health().counts.offenders
}

/** The connection itself: a member that lost one dials again. */
function connectionOf({ peer }: BoxLine): Connection {
  const [connection] = one.member.libp2p.getConnections(peer)
  if (connection === undefined) throw new Error('not connected')
  return connection
}

const good = (): Bytes => makeBox(draftFor(clock), bits)

describe('the connection of a repeat offender is closed, who sends', () => {
  const forged = (): Bytes => {
    const box = good()
    return box.with(4341, (box[4341] ?? 0) ^ 1)
  }
  const kinds: readonly (readonly [what: string, frame: () => Bytes, streams: 'one' | 'many'])[] = [
    ['frames that are none', () => concat(u8(1), u8(0x7f)), 'many'],
    ['frames of another version', () => concat(u8(2), u8(0x10)), 'many'],
    ['boxes of no length', () => concat(u8(1), u8(0x10), random(10)), 'one'],
    ['boxes of another version', () => concat(u8(1), u8(0x10), u8(9), good().subarray(1)), 'one'],
    ['boxes with forged signatures', () => concat(u8(1), u8(0x10), forged()), 'one'],
    ['tombstones with forged signatures', () => concat(u8(1), u8(0x13), forgedTombstone()), 'one'],
  ]

  it.each(kinds)('%s', async (_what, frame, streams) => {
    const before = offenders()
    let over = await line()
    const connection = connectionOf(over)
    for (let sent = 1; sent < offences; sent++) {
      await over.said(frame())
      if (streams === 'many') over = await BoxLine.open(one.member)
    }
    expect(connection.status).toBe('open')
    expect(offenders()).toBe(before)
    expect(await over.said({ type: 'store', box: good() })).toBe('done')
    await over.said(frame()).catch(() => 'the last answer may be lost')
    await eventually(() => connection.status !== 'open', { what: 'the end of the connection' })
    expect(offenders()).toBe(before + 1)
  })

  it('frames too long or empty', async () => {
    const before = offenders()
    let over = await line()
    const connection = connectionOf(over)
    for (let sent = 0; sent < offences; sent++) {
      if (sent > 0) over = await BoxLine.open(one.member)
      over.stream.send(u32(sent % 2 === 0 ? 0 : 2 ** 31))
      await over.answer().catch(() => 'the last answer may be lost')
    }
    await eventually(() => connection.status !== 'open', { what: 'the end of the connection' })
    expect(offenders()).toBe(before + 1)
  })
})

it('whoever only has bad luck is no offender: a slow clock, too little work, a newer box elsewhere', async () => {
  const before = offenders()
  const over = await line()
  const connection = connectionOf(over)
  const draft = draftFor(clock, { sequence: 5n })
  expect(await over.said({ type: 'store', box: makeBox(draft, bits) })).toBe('done')
  for (let i = 0; i < offences; i++) {
    const late = makeBox(draftFor(clock, { expiryHours: nowHours(clock) }), bits)
    const early = makeBox(draftFor(clock, { expiryHours: nowHours(clock) + 400 }), bits)
    expect(await over.said({ type: 'store', box: late })).toBe('expired')
    expect(await over.said({ type: 'store', box: early })).toBe('too-far-ahead')
    expect(await over.said({ type: 'store', box: lazy() })).toBe('work-too-low')
    expect(await over.said({ type: 'store', box: makeBox({ ...draft, sequence: 4n }, bits) })).toBe('stale')
    expect(await over.said({ type: 'get', names: [{ place: random(32), digest: random(8) }] })).toBe('record')
    const nothing = freshCapability()
    expect(await over.said({ type: 'fetch', places: [{ place: nothing.place, signature: over.proof(nothing) }] })).toBe(
      'digests',
    )
  }
  expect(connection.status).toBe('open')
  expect(offenders()).toBe(before)
})

it('nonsense and haste are answered half a second late, and nobody else waits', async () => {
  const patient = await startTestnet({ nodes: 1, workBits: bits, clock, node: { storesPerMinute: 1 } })
  try {
    const { node } = await patient.member()
    const [over, second] = [await BoxLine.open(node), await BoxLine.open(node)]
    const refusedLate = async (request: Bytes, reason: string): Promise<void> => {
      let said: string | undefined
      const answered = over.said(request).then((answer) => (said = answer))
      await second.said({ type: 'get', names: [{ place: random(32), digest: random(8) }] })
      clock.advance(refusalPause - 1)
      await second.said({ type: 'get', names: [{ place: random(32), digest: random(8) }] })
      expect(said).toBeUndefined()
      await eventually(() => {
        clock.advance(1)
        return said
      })
      await answered
      expect(said).toBe(reason)
    }
    await refusedLate(encodeRequest({ type: 'store', box: random(10) }), 'bad-length')
    await refusedLate(encodeRequest({ type: 'store', box: good() }), 'busy')
  } finally {
    await patient.stop()
  }
})

describe('a frame may begin late and must not last', () => {
  it('a byte a second ends the stream after 10 s, and nobody else waits', async () => {
    const over = await line()
    const second = await BoxLine.open(one.member)
    const request = encodeRequest({ type: 'store', box: good() })
    const frame = concat(u32(request.length), request)
    let seconds = 0
    for (; over.stream.status === 'open' && seconds < 60; seconds++) {
      over.stream.send(frame.slice(seconds, seconds + 1))
      // by the time that this is answered, on the same connection, the byte has arrived
      expect(await second.said({ type: 'store', box: good() })).toBe('done')
      clock.advance(1000)
    }
    expect(seconds).toBeGreaterThanOrEqual(requestTime / 1000)
    expect(seconds).toBeLessThanOrEqual(requestTime / 1000 + 3)
  })

  it('a frame in two halves, 9 s apart, is served', async () => {
    const over = await line()
    const second = await BoxLine.open(one.member)
    const request = encodeRequest({ type: 'store', box: good() })
    const frame = concat(u32(request.length), request)
    over.stream.send(frame.slice(0, 100))
    expect(await second.said({ type: 'store', box: good() })).toBe('done')
    clock.advance(requestTime - 1000)
    over.stream.send(frame.slice(100))
    expect(await over.answer()).toEqual({ type: 'done' })
  })

  it('a stream may be silent for half an hour, and no longer', async () => {
    const over = await line()
    expect(await over.said({ type: 'store', box: good() })).toBe('done')
    clock.advance(idleStream - 1000)
    expect(await over.said({ type: 'store', box: good() })).toBe('done')
    // by the time that another stream is open the node waits for the next request on this one
    const other = await BoxLine.open(one.member)
    clock.advance(idleStream + 1000)
    await eventually(() => over.stream.status !== 'open', { what: 'the end of the stream' })
    other.stream.abort(new Error('not needed'))
  })
})

function forgedTombstone(): Bytes {
  const tombstone = encodeTombstone({ place: random(32), author: freshSigningKey(), sequence: 1n })
  return tombstone.with(70, 1)
}

/** With less work than is asked. */
function lazy(): Bytes {
  let box = makeBox(draftFor(clock))
  while (workOf(box) >= bits) box = makeBox(draftFor(clock))
  return box
}
