import type { Stream } from '@libp2p/interface'
import { beforeEach, describe, expect, it } from 'vitest'
import { u32, type Bytes } from '../../core/base/bytes.ts'
import { systemClock } from '../../core/base/clock.ts'
import { random } from '../../core/crypto/random.ts'
import { chunkLength } from '../../core/files/limits.ts'
import { decodeOffer, encodeOffer } from '../../core/files/offer.ts'
import { chunkFrameLength, type ControlFrame, type Frame } from '../../core/files/transfer/frames.ts'
import { askProof, ChunkSealer } from '../../core/files/transfer/sealing.ts'
import { FileWire } from '../../core/files/transfer/wire.ts'
import type { PrivateNode } from '../../core/network/libp2p.ts'
import { fileProtocol } from '../../core/network/protocols.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'
import { eachWithFilePair, type FilePair } from '../support/file-pair.ts'
import { blobs, reached, type FileSide } from '../support/file-side.ts'
import { communityId } from '../support/pair.ts'
import type { Wired } from '../support/streams.ts'

const forever = new AbortController().signal
let net: Wired
let pair: FilePair
let giver: FileSide
let taker: FileSide

eachWithFilePair((fresh, ofAll) => {
  net = ofAll
  pair = fresh
  ;({ giver, taker } = fresh)
})

describe('whoever lies', () => {
  /** Serves in the place of the giver. */
  async function instead(serve: (wire: FileWire, ask: Frame, nth: number) => Promise<void>): Promise<void> {
    await giver.files.detach(communityId)
    let nth = 0
    await net.far.handle(
      fileProtocol,
      (stream: Stream) => {
        const wire = new FileWire(stream, systemClock)
        void (async () => serve(wire, await wire.read(1_000, forever), nth++))().catch(() => {})
      },
      { force: true },
    )
  }

  const hashes = (): Bytes[] =>
    giver.database.all<{ hash: Bytes }>('SELECT hash FROM file_segments ORDER BY number').map(({ hash }) => hash)

  it.each([
    ['a chunk that does not open', 'sealed'],
    ['a chunk that opens and is another', 'content'],
    ['hashes of another file', 'hashes'],
    ['another chunk than the next', 'index'],
    ['zeros that are none', 'filling'],
    ['something else than an answer', 'answer'],
  ])('with %s is asked once more, then no more', async (_, lie) => {
    const content = random(1_000)
    const id = await giver.offer(taker, content)
    const { offer_id, offer_key } =
      giver.database.get<{ offer_id: Bytes; offer_key: Bytes }>('SELECT * FROM files') ?? never()
    let asked = 0
    await instead(async (wire) => {
      asked++
      const sealer = new ChunkSealer({ id: offer_id, key: offer_key, size: content.length })
      const chunk = new Uint8Array(chunkLength)
      chunk.set(lie === 'content' ? random(1_000) : content)
      if (lie === 'filling') chunk[1_000] = 1
      const sealed = sealer.seal(0, chunk)
      if (lie === 'sealed') sealed[0][7] = (sealed[0][7] ?? 0) ^ 1
      if (lie === 'answer') return wire.write({ kind: 'done' }, 1_000, forever)
      await wire.write({ kind: 'begin', hashes: lie === 'hashes' ? [random(32)] : hashes() }, 1_000, forever)
      await wire.writeChunk(lie === 'index' ? 1 : 0, sealed, 1_000, forever)
    })
    taker.files.accept(id)
    await eventually(() => asked === 1)
    expect(taker.view(id).state).not.toBe('failed')
    taker.files.wake()
    await reached(taker, id, 'failed')
    expect(asked).toBe(2)
    expect(taker.view(id)).toMatchObject({ problem: 'wrong-content', fraction: 0 })
    await eventually(() => blobs(taker).length === 0)
  })

  it('and stalls is left after a while, and asked again', async () => {
    const id = await giver.offer(taker, random(3 * chunkLength))
    let asked = 0
    await instead(async (wire) => {
      asked++
      await wire.write({ kind: 'begin', hashes: hashes() }, 1_000, forever)
    })
    taker.files.accept(id)
    await eventually(() => asked >= 2, { timeoutMs: 15_000 })
    expect(taker.view(id).state).toMatch(/waiting|moving/)
  })

  it('about the length of a frame, or floods, is not listened to', async () => {
    const id = await giver.offer(taker, random(3 * chunkLength))
    let ended = 0
    await giver.files.detach(communityId)
    await net.far.handle(
      fileProtocol,
      (stream: Stream) => {
        stream.addEventListener('close', () => ended++)
        stream.send(u32(0xffff_ffff))
        for (let i = 0; i < 200 && stream.status === 'open'; i++) stream.send(new Uint8Array(chunkFrameLength))
      },
      { force: true },
    )
    taker.files.accept(id)
    await eventually(() => ended >= 1)
    expect(taker.view(id).state).toMatch(/waiting|moving/)
  })

  it('offers the same twice, and is heard once', async () => {
    const id = await giver.offer(taker, random(10))
    const row = taker.database.get<{ offer_id: Bytes }>('SELECT offer_id FROM files WHERE id = ?', [id]) ?? never()
    const again = encodeOffer({
      id: row.offer_id,
      size: 5,
      type: 'other',
      name: 'x',
      root: random(32),
      key: random(32),
    })
    expect(taker.note(false, decodeOffer(again))).toBe(false)
    expect(taker.list()).toHaveLength(1)
    expect(taker.view(id).size).toBe(10)
  })
})

describe('whoever asks', () => {
  async function ask(change: (ask: Extract<Frame, { kind: 'ask' }>) => ControlFrame): Promise<Frame['kind']> {
    const { offer_id, offer_key } =
      giver.database.get<{ offer_id: Bytes; offer_key: Bytes }>('SELECT * FROM files') ?? never()
    const asking = { asker: mh(net.near), owner: mh(net.far), segment: 0 }
    const proof = askProof({ id: offer_id, key: offer_key, size: 0 }, asking)
    const stream = await pair.connection().newStream(fileProtocol)
    const wire = new FileWire(stream, systemClock)
    try {
      await wire.write(change({ kind: 'ask', id: offer_id, segment: 0, proof }), 1_000, forever)
      return (await wire.read(2_500, forever)).kind
    } finally {
      wire.abort()
    }
  }
  const mh = (node: PrivateNode): Bytes => node.peerId.toMultihash().bytes

  beforeEach(async () => {
    await giver.offer(taker, random(chunkLength * 3))
  })

  it('on a channel and with the offer gets it', async () => {
    expect(await ask((ask) => ask)).toBe('begin')
  })

  it('without the offer, or for more than there is, gets not a word', async () => {
    expect(await faultOf(() => ask((ask) => ({ ...ask, proof: random(32) })))).toBe('unreachable')
    expect(await faultOf(() => ask((ask) => ({ ...ask, segment: 1 })))).toBe('unreachable')
    expect(await faultOf(() => ask(() => ({ kind: 'done' })))).toBe('unreachable')
  })

  it('for what is not there is told so', async () => {
    expect(await ask((ask) => ({ ...ask, id: random(16) }))).toBe('refused')
  })

  it("with another connection's proof gets nothing", async () => {
    const { offer_id, offer_key } =
      giver.database.get<{ offer_id: Bytes; offer_key: Bytes }>('SELECT * FROM files') ?? never()
    const elsewhere = { asker: random(38), owner: mh(net.far), segment: 0 }
    const proof = askProof({ id: offer_id, key: offer_key, size: 0 }, elsewhere)
    expect(await faultOf(() => ask((ask) => ({ ...ask, proof })))).toBe('unreachable')
  })

  it('without a channel gets nothing, whatever they show', async () => {
    pair.open = false
    expect(await faultOf(() => ask((ask) => ask))).toBe('unreachable')
  })

  it('and takes nothing is left after a while', async () => {
    const stream = await pair.connection().newStream(fileProtocol)
    const wire = new FileWire(stream, systemClock)
    const { offer_id, offer_key } =
      giver.database.get<{ offer_id: Bytes; offer_key: Bytes }>('SELECT * FROM files') ?? never()
    const asking = { asker: mh(net.near), owner: mh(net.far), segment: 0 }
    await wire.write(
      { kind: 'ask', id: offer_id, segment: 0, proof: askProof({ id: offer_id, key: offer_key, size: 0 }, asking) },
      1_000,
      forever,
    )
    await eventually(() => giver.list()[0]?.state === 'moving')
    await eventually(() => giver.list()[0]?.state === 'offered', { timeoutMs: 5_000 })
    wire.abort()
  })

  it('grants more than a window, or less than before, is cut off', async () => {
    for (const chunks of [0, 1_000]) {
      const stream = await pair.connection().newStream(fileProtocol)
      const wire = new FileWire(stream, systemClock)
      const { offer_id, offer_key } =
        giver.database.get<{ offer_id: Bytes; offer_key: Bytes }>('SELECT * FROM files') ?? never()
      const asking = { asker: mh(net.near), owner: mh(net.far), segment: 0 }
      await wire.write(
        { kind: 'ask', id: offer_id, segment: 0, proof: askProof({ id: offer_id, key: offer_key, size: 0 }, asking) },
        1_000,
        forever,
      )
      await wire.write({ kind: 'credit', chunks }, 1_000, forever)
      expect(
        await faultOf(async () => {
          for (;;) await wire.read(1_000, forever)
        }),
      ).toBe('unreachable')
    }
  })
})

function never(): never {
  throw new Error('There is no file')
}
