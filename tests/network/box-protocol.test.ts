import { describe, expect, it } from 'vitest'
import { concat, u32, u8, type Bytes } from '../../core/base/bytes.ts'
import { workOf } from '../../core/boxes/box.ts'
import { hourMs, nowHours } from '../../core/boxes/hours.ts'
import { expiryGraceHours } from '../../core/boxes/limits.ts'
import { encodeRequest, type Answer, type Request } from '../../core/boxes/messages.ts'
import { signFetch } from '../../core/boxes/proof.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { random } from '../../core/crypto/random.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, freshCapability, makeBox, type FullDraft } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { oneNodeNet } from '../support/one-node-net.ts'

// time stands still, so that what a minute allows is a number
const one = oneNodeNet({ bits: 6, limits: { storesPerMinute: 20, refusalPause: 0 } })
const { bits, clock, line } = one

function nodePeer(): Uint8Array {
  const [peer] = one.member.servers()
  if (peer === undefined) throw new Error('no node is reached')
  return peer.toMultihash().bytes
}

function fetchOf({ capability }: FullDraft, nonce: Uint8Array, place = capability.place): Request {
  const signature = signFetch({ nonce, node: nodePeer(), place: capability.place }, capability.read)
  return { type: 'fetch', places: [{ place, signature }] }
}

function getOf({ capability, author }: FullDraft): Request {
  return { type: 'get', names: [{ place: capability.place, digest: authorDigest(author.publicKey) }] }
}

function found(answer: Answer): number {
  return answer.type === 'digests' ? answer.places.reduce((sum, { listed }) => sum + listed.length, 0) : -1
}

async function store(over: BoxLine, draft: FullDraft): Promise<void> {
  expect(await over.said({ type: 'store', box: makeBox(draft, bits) })).toBe('done')
}

describe('a node refuses', () => {
  it('each bad box for its reason', async () => {
    const over = await line()
    expect(over.hello.workBits).toBe(bits)
    const said = (box: Bytes): Promise<string> => over.said({ type: 'store', box })
    const good = makeBox(draftFor(clock), bits)
    expect(await said(good.slice(1))).toBe('bad-length')
    expect(await said(new Uint8Array(0))).toBe('bad-length')
    expect(await said(concat(u8(2), good.subarray(1)))).toBe('unknown-version')
    expect(await said(concat(u8(1), u8(1), good.subarray(2)))).toBe('bad-length')
    expect(await said(makeBox(draftFor(clock, { expiryHours: nowHours(clock) }), bits))).toBe('expired')
    expect(await said(makeBox(draftFor(clock, { expiryHours: 2 ** 32 - 1 }), bits))).toBe('too-far-ahead')
    const unsigned = good.slice()
    unsigned[unsigned.length - 1] = (unsigned.at(-1) ?? 0) ^ 1
    expect(await said(unsigned)).toBe('bad-signature')
    const lazy = await over.ask({ type: 'store', box: lazyBox() })
    expect(lazy).toEqual({ type: 'refused', reason: 'work-too-low', detail: bits })
    expect(await said(good)).toBe('done')
  })

  it('to go on with whoever sends frames that are none', async () => {
    const frames: readonly Bytes[] = [
      u8(1),
      concat(u8(1), u8(0x7f)),
      concat(u8(1), u8(0x11), u8(0)),
      concat(u8(1), u8(0x11), u8(65), random(65 * 96)),
      concat(u8(1), u8(0x11), u8(2), random(96)),
      concat(u8(1), u8(0x12), u8(33), random(33 * 40)),
      concat(u8(1), u8(0x12), u8(1), random(41)),
      concat(u8(1), u8(0x20)),
    ]
    const over = await line()
    const lines = [over]
    for (const frame of frames) {
      const next = lines.pop() ?? (await BoxLine.open(one.member))
      expect(await next.said(frame)).toBe('malformed')
      await eventually(() => next.stream.status !== 'open', { what: 'the end of the stream' })
    }
    expect(await (await BoxLine.open(one.member)).said(concat(u8(2), u8(0x10)))).toBe('unknown-version')
  })

  it('lengths that nobody needs, before it waits for the bytes', async () => {
    const over = await line()
    for (const length of [0, 64 * 1024, 2 ** 32 - 1]) {
      const each = length === 0 ? over : await BoxLine.open(one.member)
      each.stream.send(u32(length))
      expect(await each.answer()).toMatchObject({ type: 'refused', reason: 'malformed' })
      await eventually(() => each.stream.status !== 'open')
    }
  })

  it('a flood', async () => {
    const over = await line()
    over.stream.send(concat(u32(100), new Uint8Array(200_000)))
    await eventually(() => over.stream.status !== 'open', { what: 'the end of the stream' })
    expect(await (await BoxLine.open(one.member)).said({ type: 'store', box: random(10) })).toBe('bad-length')
  })

  it('what has expired for more than half a day, and until then leaves it to the reader to say what has', async () => {
    const over = await line()
    const draft = draftFor(clock, { expiryHours: nowHours(clock) + 1 })
    await store(over, draft)
    const ages = async (hours: number): Promise<number> => {
      clock.advance(hours * hourMs)
      const later = await BoxLine.open(one.member)
      const answer = await later.ask(fetchOf(draft, later.hello.nonce))
      later.stream.abort(new Error('done'))
      return found(answer)
    }
    expect(await ages(expiryGraceHours)).toBe(1)
    expect(await ages(1)).toBe(0)
  })

  it('more than a minute allows, and says how long to wait', async () => {
    const over = await line()
    const box = makeBox(draftFor(clock, { expiryHours: nowHours(clock) }))
    for (let i = 0; i < 20; i++) expect(await over.said({ type: 'store', box })).toBe('expired')
    expect(await over.ask({ type: 'store', box })).toEqual({ type: 'refused', reason: 'busy', detail: 3 })
    // a second stream of the same connection does not help, reading still does
    const second = await BoxLine.open(one.member)
    expect(await second.said({ type: 'store', box })).toBe('busy')
    expect(await second.said(fetchOf(draftFor(clock), second.hello.nonce))).toBe('digests')
    clock.advance(3_000)
    expect(await over.said({ type: 'store', box })).toBe('expired')
  })

  it('more streams than one member needs', async () => {
    const over = await line()
    const lines = [over]
    while (lines.length < 4) lines.push(await BoxLine.open(one.member))
    await expect(BoxLine.open(one.member)).rejects.toThrow()
    for (const each of lines) expect(await each.said(fetchOf(draftFor(clock), each.hello.nonce))).toBe('digests')
  })
})

describe('a place', () => {
  it('shows what lies there to whoever proves the right to read, on this stream and at this node', async () => {
    const over = await line()
    const draft = draftFor(clock)
    await store(over, draft)
    const { nonce } = over.hello
    const { capability } = draft
    expect(await over.ask(getOf(draft))).toEqual({ type: 'record', record: undefined })

    const stranger = { ...draft, capability: { ...capability, read: freshSigningKey() } }
    expect(found(await over.ask(fetchOf(stranger, nonce)))).toBe(0)
    const elsewhere = { ...draft, capability: { ...freshCapability(), read: capability.read } }
    expect(found(await over.ask(fetchOf(elsewhere, nonce, capability.place)))).toBe(0)
    expect(found(await over.ask(fetchOf(draft, random(16))))).toBe(0)
    const other = await BoxLine.open(one.member)
    expect(found(await other.ask(fetchOf(draft, nonce)))).toBe(0)
    expect(await over.ask(getOf(draft))).toEqual({ type: 'record', record: undefined })
    // nothing there looks the same as no right to read
    expect(await over.ask(fetchOf(stranger, nonce))).toEqual(await over.ask(fetchOf(draftFor(clock), nonce)))

    expect(found(await over.ask(fetchOf(draft, nonce)))).toBe(1)
    const answer = await over.ask(getOf(draft))
    expect(answer.type === 'record' && answer.record?.length).toBe(4342)
    expect(await other.ask(getOf(draft))).toEqual({ type: 'record', record: undefined })
  })

  it('stays proved on its stream while others are read', async () => {
    const over = await line()
    const { nonce } = over.hello
    const drafts = Array.from({ length: 3 }, () => draftFor(clock))
    for (const draft of drafts) await store(over, draft)
    const [first, ...others] = drafts
    if (first === undefined) throw new Error('no draft')
    await over.ask(fetchOf(first, nonce))
    for (const draft of others) await over.ask(fetchOf(draft, nonce))
    expect(await over.ask(getOf(first))).toMatchObject({ type: 'record', record: expect.any(Uint8Array) as Uint8Array })
  })

  it('yields to its author only', async () => {
    const over = await line()
    const draft = draftFor(clock, { sequence: 3n })
    const { place } = draft.capability
    await store(over, draft)
    const foreign = encodeTombstone({ place, author: freshSigningKey(), sequence: 9n })
    expect(await over.said({ type: 'delete', tombstone: foreign })).toBe('done')
    const forged = foreign.slice()
    forged.set(draft.author.publicKey, 34)
    expect(await over.said({ type: 'delete', tombstone: forged })).toBe('bad-signature')
    expect(await over.said({ type: 'delete', tombstone: forged.slice(1) })).toBe('bad-length')
    const early = encodeTombstone({ place, author: draft.author, sequence: 2n })
    expect(await over.said({ type: 'delete', tombstone: early })).toBe('stale')
    expect(found(await over.ask(fetchOf(draft, over.hello.nonce)))).toBe(1)
    const right = encodeTombstone({ place, author: draft.author, sequence: 3n })
    expect(await over.said({ type: 'delete', tombstone: right })).toBe('done')
    expect(await over.ask(fetchOf(draft, over.hello.nonce))).toMatchObject({
      places: [{ index: 0, listed: [{ kind: 'tombstone', sequence: 3n }] }],
    })
    expect(await over.said({ type: 'store', box: makeBox(draft, bits) })).toBe('stale')
  })
})

it('a stream that ends in the middle of a frame costs the node nothing', async () => {
  const over = await line()
  const frame = encodeRequest({ type: 'store', box: makeBox(draftFor(clock), bits) })
  const before = one.health().boxes
  over.stream.send(concat(u32(frame.length), frame.subarray(0, 2000)))
  over.stream.abort(new Error('gone'))
  const next = await BoxLine.open(one.member)
  expect(await next.said(fetchOf(draftFor(clock), next.hello.nonce))).toBe('digests')
  expect(one.health().boxes).toBe(before)
})

/** With less work than is asked. */
function lazyBox(): Bytes {
  let box = makeBox(draftFor(clock))
  while (workOf(box) >= bits) box = makeBox(draftFor(clock))
  return box
}
