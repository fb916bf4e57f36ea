import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { base64url, equal } from '../../core/base/bytes.ts'
import type { DraftId, FileId } from '../../core/base/ids.ts'
import { random } from '../../core/crypto/random.ts'
import { faultOf } from '../support/faults.ts'
import { acquaintedSides, blobs, type FileSide } from '../support/file-side.ts'
import { pictures, secret, telling } from '../support/pictures.ts'
import { scratch } from '../support/scratch.ts'

const disk = scratch()
let nth = 0
let side: FileSide

beforeEach(async () => {
  side = (await acquaintedSides(disk, `drafts-${nth++}`)).giver
  await side.start()
})

afterEach(() => side.files.stop())
afterAll(() => disk.remove())

/** Sends a finished draft, and gives what is kept of it. */
async function kept(id: DraftId): Promise<Uint8Array> {
  await side.files.send(id, side.id, async (offer) => void side.note(true, offer))
  return side.content(side.list().at(-1)?.id as FileId)
}

describe('a picture', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    'says what was taken off, and gives a name that says nothing: %s',
    async (kind) => {
      const id = await side.draft(telling(6)[kind], { name: `${secret}.${kind}`, mediaType: `image/${kind}` })
      const view = await side.files.finish(id, false)
      expect(view).toMatchObject({ mediaType: `image/${kind}`, cleaned: true })
      expect(view.name).toBe(`picture.${kind === 'jpeg' ? 'jpg' : kind}`)
      expect(view.removed).toEqual(expect.arrayContaining(['place', 'text', 'name']))
      const bytes = await kept(id)
      expect(bytes.length).toBe(view.size)
      expect(Buffer.from(bytes).includes(secret)).toBe(false)
      // what came from the page is not kept
      expect(blobs(side)).toHaveLength(1)
    },
  )

  it('is one whatever it is called, and of whatever kind it is', async () => {
    const hidden = await side.draft(telling(1).jpeg, { name: 'notes.bin', mediaType: 'application/octet-stream' })
    expect(await side.files.finish(hidden, false)).toMatchObject({ mediaType: 'image/jpeg', cleaned: true })
    const mistaken = await side.draft(telling(1).png, { name: 'a.jpg', mediaType: 'image/jpeg' })
    expect(await side.files.finish(mistaken, false)).toMatchObject({ mediaType: 'image/png', name: 'picture.png' })
  })

  it('that cannot be cleaned is refused, and goes as it is where the person wants that', async () => {
    for (const [content, mediaType] of [
      [pictures.jpeg.slice(0, -1), 'image/jpeg'],
      [random(500), 'image/heic'],
    ] as const) {
      const id = await side.draft(content, { name: 'IMG 7.heic', mediaType })
      expect(await faultOf(() => side.files.finish(id, false))).toBe('picture-unreadable')
      expect(await side.files.finish(id, true)).toMatchObject({
        name: 'IMG 7.heic',
        mediaType: 'other',
        removed: [],
        cleaned: false,
      })
      expect(equal(await kept(id), content)).toBe(true)
    }
  })
})

describe('a draft', () => {
  it('takes pieces in order, each once, and neither more nor less than was said', async () => {
    const content = random(100_000)
    const id = await side.files.begin({ name: 'x', mediaType: '', size: content.length })
    const append = (from: number, to: number) => side.files.append(id, from, base64url(content.subarray(from, to)))
    expect(await append(0, 40_000)).toBe(40_000)
    expect(await append(0, 40_000)).toBe(40_000)
    expect(await faultOf(() => append(50_000, 60_000))).toBe('bad-input')
    expect(await faultOf(() => side.files.finish(id, false))).toBe('bad-input')
    expect(await faultOf(() => side.files.send(id, side.id, async () => {}))).toBe('wrong-state')
    // two calls at once come one after the other
    expect(await Promise.all([append(40_000, 80_000), append(80_000, 100_000)])).toEqual([80_000, 100_000])
    await side.files.finish(id, false)
    expect(await faultOf(() => append(80_000, 100_000))).toBe('wrong-state')
    expect(equal(await kept(id), content)).toBe(true)
    expect(await faultOf(() => side.files.finish(id, false))).toBe('not-found')
  })

  it('that is longer than was said is gone', async () => {
    const id = await side.files.begin({ name: 'x', mediaType: '', size: 10 })
    expect(await faultOf(() => side.files.append(id, 0, base64url(random(11))))).toBe('bad-input')
    expect(await faultOf(() => side.files.append(id, 0, base64url(random(1))))).toBe('not-found')
    expect(blobs(side)).toEqual([])
  })

  it('stays where its message could not be saved', async () => {
    const id = await side.draft(random(10))
    await side.files.finish(id, false)
    const failing = side.files.send(id, side.id, async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(side.database.all('SELECT * FROM files')).toEqual([])
    expect((await kept(id)).length).toBe(10)
  })

  it('is forgotten when it is discarded, when the vault is locked, and is one of four at most', async () => {
    const ids = [await side.draft(random(10)), await side.draft(random(10)), await side.draft(random(10))]
    await side.files.begin({ name: 'x', mediaType: '', size: 1 })
    expect(await faultOf(() => side.files.begin({ name: 'x', mediaType: '', size: 1 }))).toBe('wrong-state')
    await side.files.discard(ids[0] as DraftId)
    await side.files.discard(ids[0] as DraftId)
    expect(blobs(side)).toHaveLength(3)
    await side.files.stop()
    expect(readdirSync(join(side.directory, 'files'))).toEqual([])
    await side.start()
    expect(await faultOf(() => side.files.finish(ids[1] as DraftId, false))).toBe('not-found')
  })

  it('of a voice note has a name that does not say when it was made', async () => {
    const id = await side.draft(random(100), {
      name: 'Recording 2026-11-29 12.03.webm',
      mediaType: 'audio/webm;codecs=opus',
    })
    expect(await side.files.finish(id, false)).toMatchObject({
      name: 'voice.webm',
      mediaType: 'audio/webm',
      removed: ['name'],
    })
  })
})
