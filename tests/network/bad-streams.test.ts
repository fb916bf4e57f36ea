import { expect, it } from 'vitest'
import { concat, u32, type Bytes } from '../../core/base/bytes.ts'
import { Frames } from '../../core/boxes/frames.ts'
import { maxRecords, requestTime, streamsPerConnection } from '../../core/boxes/limits.ts'
import { encodeRequest, type Request } from '../../core/boxes/messages.ts'
import { authorDigest } from '../../core/boxes/store.ts'
import { encodeTombstone } from '../../core/boxes/tombstone.ts'
import { random } from '../../core/crypto/random.ts'
import { boxProtocol } from '../../core/network/protocols.ts'
import { heapInUse } from '../harness/heap.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor, makeBox, type FullDraft } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { oneNodeNet, wide } from '../support/one-node-net.ts'

const one = oneNodeNet({ bits: 4, limits: wide })
const { bits, clock, line } = one

function framed(request: Request): Bytes {
  const frame = encodeRequest(request)
  return concat(u32(frame.length), frame)
}

const storing = (draft: FullDraft): Request => ({ type: 'store', box: makeBox(draft, bits) })
const fetching = (draft: FullDraft, over: BoxLine): Request => ({
  type: 'fetch',
  places: [{ place: draft.capability.place, signature: over.proof(draft.capability) }],
})
const getting = ({ capability: { place }, author }: FullDraft, times = 1): Request => ({
  type: 'get',
  names: Array.from({ length: times }, () => ({ place, digest: authorDigest(author.publicKey) })),
})

/** Somebody who does nothing wrong is served, now. */
async function isServed(by: BoxLine): Promise<void> {
  const draft = draftFor(clock)
  expect(await by.said(storing(draft))).toBe('done')
  expect(await by.ask(fetching(draft, by))).toMatchObject({ places: [{ index: 0 }] })
  expect(await by.ask(getting(draft))).toMatchObject({ type: 'record', record: expect.any(Uint8Array) as Uint8Array })
}

it('frames cut short at every field are not waited for once the stream has ended, and nothing is kept of them', async () => {
  const good = await line()
  const attacker = await line()
  const { boxes } = one.health()
  const frame = framed(storing(draftFor(clock)))
  attacker.stream.abort(new Error('not needed'))
  for (const end of [0, 1, 4, 5, 6, 7, 8, 40, 72, 104, 112, 116, 124, 4220, 4284, frame.length - 1]) {
    const over = await BoxLine.open(one.member)
    if (end > 0) over.stream.send(frame.slice(0, end))
    await over.stream.close()
    await eventually(() => over.stream.status !== 'open', { what: 'the end of the stream' })
  }
  await isServed(good)
  expect(one.health().boxes).toBe(boxes + 1)
})

it('requests that do not wait for their answers are answered in their order', async () => {
  const over = await line()
  const draft = draftFor(clock)
  const { place } = draft.capability
  const remove: Request = { type: 'delete', tombstone: encodeTombstone({ place, author: draft.author, sequence: 1n }) }
  const early = [getting(draft), remove, storing(draft), getting(draft), fetching(draft, over), getting(draft), remove]
  over.stream.send(concat(...early.map(framed)))
  // a record before its place is proved, a tombstone before there is a box: nothing is there
  expect(await over.answer()).toEqual({ type: 'record', record: undefined })
  expect(await over.answer()).toEqual({ type: 'done' })
  expect(await over.answer()).toEqual({ type: 'done' })
  expect(await over.answer()).toEqual({ type: 'record', record: undefined })
  expect(await over.answer()).toMatchObject({ type: 'digests', places: [{ listed: [{ kind: 'box' }] }] })
  expect(await over.answer()).toMatchObject({ type: 'record', record: expect.any(Uint8Array) as Uint8Array })
  expect(await over.answer()).toEqual({ type: 'done' })
})

it('a thousand streams at once give one member no more than four, and keep nobody else waiting', async () => {
  const good = await line()
  const first = await line()
  const [connection] = one.member.libp2p.getConnections(first.peer)
  if (connection === undefined) throw new Error('not connected')
  const before = heapInUse()
  const signal = AbortSignal.timeout(60_000)
  const opening = Promise.allSettled(
    Array.from({ length: 1000 }, async () => {
      const stream = await connection.newStream(boxProtocol, { maxOutboundStreams: 2000, signal })
      const frames = new Frames(stream, { longest: 1024, buffer: 4096 })
      await frames.read(signal)
      return frames
    }),
  )
  await isServed(good)
  const opened = (await opening).flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  expect(opened.length).toBeLessThan(streamsPerConnection)
  await isServed(good)
  await isServed(first)
  expect(heapInUse() - before).toBeLessThan(24)
  // and once they are gone there is room again
  for (const frames of opened) frames.abort()
  const again = await eventually(() => BoxLine.open(one.member))
  await isServed(again)
})

it('a peer that never reads is waited for 10 s, holds little memory, and keeps nobody else waiting', async () => {
  const good = await line()
  const draft = draftFor(clock, { content: random(16_000) })
  expect(await good.said(storing(draft))).toBe('done')
  const gets = (): number => one.health().counts.requests.get ?? 0
  const deaf: BoxLine[] = []
  while (deaf.length < 12) {
    const over = await line()
    await over.ask(fetching(draft, over))
    deaf.push(over)
  }
  const before = { heap: heapInUse(), gets: gets() }
  for (const over of deaf) {
    over.stream.pause()
    // 10 MiB of answers each
    for (let i = 0; i < 20; i++) over.stream.send(framed(getting(draft, maxRecords)))
  }
  await eventually(() => gets() >= before.gets + deaf.length, { what: 'the first request of each' })
  await isServed(good)
  const memory = heapInUse() - before.heap
  // of 10 each, at both ends, since both are in this process: a window and a record or two
  expect(memory).toBeLessThan(deaf.length * 2)
  expect(deaf.map(({ stream }) => stream.status)).toEqual(deaf.map(() => 'open'))
  clock.advance(requestTime + 1)
  await eventually(() => deaf.every(({ stream }) => stream.status !== 'open'), { what: 'the end of their streams' })
  // of 20 from each; a window may take more than one answer in
  expect(gets() - before.gets).toBeLessThan(deaf.length * 4)
  await isServed(good)
})
