import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from '@libp2p/interface'
import { describe, expect, it, type TestContext } from 'vitest'
import { limits } from '../../core/api/limits.ts'
import { equal, utf8 } from '../../core/base/bytes.ts'
import type { FileId } from '../../core/base/ids.ts'
import { random } from '../../core/crypto/random.ts'
import { chunkLength, segmentLength } from '../../core/files/limits.ts'
import { chunkFrameLength, controlLength } from '../../core/files/transfer/frames.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'
import { eachWithFilePair, type FilePair } from '../support/file-pair.ts'
import { blobs, reached, type FileSide } from '../support/file-side.ts'
import { communityId } from '../support/pair.ts'
import { telling } from '../support/pictures.ts'
import type { Scratch } from '../support/scratch.ts'
import { smallDisk, type SmallDisk } from '../support/small-disk.ts'
import type { Wired } from '../support/streams.ts'

let net: Wired
let disk: Scratch
let pair: FilePair
let giver: FileSide
let taker: FileSide

eachWithFilePair((fresh, ofAll, place) => {
  net = ofAll
  disk = place
  pair = fresh
  ;({ giver, taker } = fresh)
})

describe('a file', () => {
  it.each([
    1,
    chunkLength - 1,
    chunkLength,
    chunkLength + 1,
    segmentLength,
    segmentLength + 1,
    2 * segmentLength + 70_000,
  ])('of %d bytes arrives as it was, once it is asked for, and not before', async (size) => {
    const content = random(size)
    const id = await giver.offer(taker, content, { name: '../plans.pdf', mediaType: 'application/pdf' })
    expect(taker.view(id)).toMatchObject({
      name: 'plans.pdf',
      mediaType: 'other',
      size,
      state: 'offered',
      fraction: 0,
      readable: false,
    })
    expect(blobs(taker)).toEqual([])
    expect(await faultOf(() => taker.files.read(id, 0))).toBe('wrong-state')
    taker.files.accept(id)
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
    expect(taker.view(id)).toMatchObject({ fraction: 1, problem: null, readable: true })
    await eventually(() => giver.list()[0]?.state === 'here')
    expect(equal(await giver.content(giver.list()[0]?.id as FileId), content)).toBe(true)
  })

  it('is noise on both disks, under random names, and in lengths that say how many chunks there are', async () => {
    const content = new Uint8Array(chunkLength + 5).fill(0x61)
    const id = await giver.offer(taker, content)
    taker.files.accept(id)
    await reached(taker, id, 'here')
    const stored = [giver, taker].map((side) => {
      const [name = '', ...rest] = blobs(side)
      expect(rest).toEqual([])
      expect(name).toMatch(/^[0-9a-f]{32}$/)
      const path = join(side.directory, 'files', name)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      return readFileSync(path)
    })
    for (const bytes of stored) {
      expect(bytes.length).toBe(2 * (chunkLength + 28))
      expect(bytes.includes('aaaaaaaa')).toBe(false)
    }
    // each under its own key: not even that they are the same file can be seen
    expect(stored[0]?.subarray(0, 64).equals(stored[1]?.subarray(0, 64) ?? Buffer.alloc(0))).toBe(false)
  })

  it('tells how far it is', async () => {
    const id = await giver.offer(taker, random(3 * segmentLength))
    taker.files.accept(id)
    await reached(taker, id, 'here')
    for (const side of [taker, giver]) {
      const progress = () => side.events.filter((event) => event.type === 'progress')
      await eventually(() => progress().at(-1)?.progress === null)
      for (const { progress: each } of progress()) expect(each?.fraction ?? 1).toBeGreaterThan(0)
      expect(side.events).toContainEqual({ type: 'files', conversationId: side.id })
    }
  })

  it('waits while there is no channel, and comes once there is one', async () => {
    pair.open = false
    const id = await giver.offer(taker, random(99))
    taker.files.accept(id)
    expect(taker.view(id).state).toBe('waiting')
    pair.open = true
    taker.files.wake()
    await reached(taker, id, 'here')
  })

  it('is a picture only where it is a sound one', async () => {
    const good = await giver.offer(taker, telling(1).png, { name: 'IMG_2041.png', mediaType: 'image/png' })
    expect(taker.view(good)).toMatchObject({ name: 'picture.png', mediaType: 'image/png' })
    taker.files.accept(good)
    await reached(taker, good, 'here')
    expect(taker.view(good).mediaType).toBe('image/png')
    // whoever lies builds the offer themselves
    const id = await giver.offer(taker, utf8('<script>alert(1)</script>'))
    taker.database.run("UPDATE files SET media_type = 'image/png' WHERE id = ?", [id])
    taker.files.accept(id)
    await reached(taker, id, 'here')
    expect(taker.view(id).mediaType).toBe('other')
  })

  it('that is a short voice note comes by itself where the person wants that', async () => {
    taker.fetchVoice = true
    const id = await giver.offer(taker, random(5_000), { name: 'rec 12-03.webm', mediaType: 'audio/webm;codecs=opus' })
    await reached(taker, id, 'here')
    expect(taker.view(id)).toMatchObject({ name: 'voice.webm', mediaType: 'audio/webm' })
    const long = await giver.offer(taker, random(limits.file.voice + 1), { mediaType: 'audio/webm' })
    const other = await giver.offer(taker, random(5_000))
    await eventually(() => taker.database.all("SELECT * FROM files WHERE state = 'new'").length === 0)
    for (const each of [long, other]) expect(taker.view(each).state).toBe('offered')
  })
})

describe('a transfer that is interrupted', () => {
  const content = random(4 * segmentLength)

  /** Starts it and lets some segments be saved. */
  async function underWay(): Promise<FileId> {
    const id = await giver.offer(taker, content)
    taker.files.accept(id)
    await eventually(() => segmentsOf(taker, id) >= 1, { everyMs: 1 })
    return id
  }

  const segmentsOf = (side: FileSide, id: FileId): number =>
    side.database.all('SELECT * FROM file_segments WHERE file_id = ?', [id]).length

  it('goes on from the last segment after a pause', async () => {
    const id = await underWay()
    expect(await taker.files.pause(id)).toMatchObject({ state: 'paused' })
    const saved = segmentsOf(taker, id)
    expect(saved).toBeLessThan(4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(segmentsOf(taker, id)).toBe(saved)
    expect(taker.view(id).fraction).toBe(saved / 4)
    taker.files.resume(id)
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
  })

  it('goes on after a restart of either side', async () => {
    const id = await underWay()
    await taker.restart()
    const saved = segmentsOf(taker, id)
    expect(saved).toBeGreaterThan(0)
    expect(taker.view(id)).toMatchObject({ state: 'waiting', fraction: saved / 4 })
    await giver.restart(pair.far)
    await taker.files.attach(communityId, pair.near)
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
  })

  it('goes on after its connection broke', async () => {
    const id = await underWay()
    pair.connection().abort(new Error('broken'))
    await eventually(() => taker.view(id).state === 'waiting' || taker.view(id).state === 'here')
    await net.near.dial(net.far.services.listening.transports.getAddrs())
    taker.files.wake()
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
  })

  it('begins anew where its blob is gone', async () => {
    const id = await underWay()
    await taker.files.pause(id)
    for (const name of blobs(taker)) writeFileSync(join(taker.directory, 'files', name), '')
    await taker.files.stop()
    rmSync(join(taker.directory, 'files'), { recursive: true })
    await taker.start(pair.near)
    taker.files.resume(id)
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
  })

  it('is forgotten once it is cancelled, and may be asked for again', async () => {
    const id = await underWay()
    expect(await taker.files.cancel(id)).toMatchObject({ state: 'offered', fraction: 0 })
    expect(blobs(taker)).toEqual([])
    expect(taker.database.all('SELECT blob, blob_key FROM files')).toEqual([{ blob: null, blob_key: null }])
    taker.files.accept(id)
    await reached(taker, id, 'here')
    expect(equal(await taker.content(id), content)).toBe(true)
  })
})

describe('what is removed', () => {
  it('is gone from the disk and its key from the vault, and is not given to anybody any more', async () => {
    const id = await giver.offer(taker, random(100))
    const own = giver.list()[0]?.id as FileId
    expect(await giver.files.remove(own)).toMatchObject({ state: 'gone', readable: false })
    expect(blobs(giver)).toEqual([])
    expect(giver.database.all('SELECT blob_key, offer_key FROM files')).toEqual([
      { blob_key: null, offer_key: new Uint8Array(32) },
    ])
    taker.files.accept(id)
    await reached(taker, id, 'refused')
    await eventually(() => blobs(taker).length === 0)
  })

  it('goes with its message', async () => {
    const id = await giver.offer(taker, random(100))
    taker.files.accept(id)
    await reached(taker, id, 'here')
    await taker.draft(random(500))
    expect(blobs(taker)).toHaveLength(2)
    taker.database.run('DELETE FROM messages')
    expect(taker.database.all('SELECT * FROM files')).toEqual([])
    taker.files.notice()
    // what is being written is left alone
    await eventually(() => blobs(taker).length === 1)
  })

  it('stays nowhere after a crash: drafts, and what nothing refers to', async () => {
    await giver.offer(taker, random(100))
    await giver.draft(random(500))
    writeFileSync(join(giver.directory, 'files', 'ff'.repeat(16)), 'left over')
    giver.database.run("UPDATE files SET message_id = NULL, state = 'preparing'")
    expect(blobs(giver)).toHaveLength(3)
    await giver.restart(pair.far)
    expect(blobs(giver)).toEqual([])
    expect(giver.database.all('SELECT * FROM files')).toEqual([])
  })
})

describe('a full disk', () => {
  function diskOf(context: TestContext, path: string, sizeKiB: number): SmallDisk {
    const small = smallDisk(path, sizeKiB)
    if (small !== undefined) return small
    if (process.env['CI'] !== undefined) throw new Error('No disk could be mounted')
    return context.skip('it takes Linux and its privileges to mount a small disk')
  }

  it('ends a draft with a word, and nothing half done', async (context) => {
    const small = diskOf(context, join(disk.directory, 'small-draft'), 2_048)
    try {
      await giver.files.stop()
      giver.directory = small.path
      await giver.start(pair.far)
      expect(await faultOf(() => giver.draft(random(5 * segmentLength)))).toBe('disk-full')
      expect(blobs(giver)).toEqual([])
    } finally {
      await giver.files.stop()
      small.remove()
    }
  })

  it('stops a transfer with a word, which goes on once there is room', async (context) => {
    const small = diskOf(context, join(disk.directory, 'small-taker'), 14 * 1024)
    try {
      await taker.files.stop()
      taker.directory = small.path
      await taker.start(pair.near)
      mkdirSync(join(small.path, 'files'), { recursive: true })
      writeFileSync(join(small.path, 'ballast'), random(7 * 1024 * 1024))
      const content = random(3 * segmentLength)
      const id = await giver.offer(taker, content)
      taker.files.accept(id)
      await reached(taker, id, 'failed')
      expect(taker.view(id)).toMatchObject({ problem: 'disk-full', fraction: 1 / 3 })
      truncateSync(join(small.path, 'ballast'))
      taker.files.resume(id)
      await reached(taker, id, 'here')
      expect(equal(await taker.content(id), content)).toBe(true)
    } finally {
      await taker.files.stop()
      small.remove()
    }
  })
})

it('says on the wire how many chunks there are, and nothing else', async () => {
  const connection = pair.connection()
  const newStream = connection.newStream.bind(connection)
  const seen: { sent: Set<number>; received: number }[] = []
  connection.newStream = async (...args: Parameters<Connection['newStream']>) => {
    const stream = await newStream(...args)
    const one = { sent: new Set<number>(), received: 0 }
    seen.push(one)
    const send = stream.send.bind(stream)
    stream.send = (data) => {
      one.sent.add(data.byteLength)
      return send(data)
    }
    stream.addEventListener('message', (event) => void (one.received += event.data.byteLength))
    return stream
  }
  try {
    for (const size of [chunkLength + 1, 2 * chunkLength]) {
      const id = await giver.offer(taker, random(size), { name: 'x'.repeat(size % 100), mediaType: 'audio/ogg' })
      taker.files.accept(id)
      await reached(taker, id, 'here')
    }
  } finally {
    connection.newStream = newStream
  }
  // one answer of 1,024 bytes and two chunks, each after its length
  const received = 4 + controlLength + 2 * (4 + chunkFrameLength)
  const sent = new Set([4 + controlLength])
  expect(seen).toEqual([
    { sent, received },
    { sent, received },
  ])
})
