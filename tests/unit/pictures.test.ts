import { deflateSync, inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { concat, hex, u16, u32, utf8, type Bytes } from '../../core/base/bytes.ts'
import { stripPicture } from '../../core/files/strip.ts'
import { faultOf } from '../support/faults.ts'
import {
  exif,
  gif,
  inserted,
  jpegSegment,
  pictures,
  pngChunk,
  secret,
  telling,
  webpChunk,
  webpWith,
} from '../support/pictures.ts'

const kinds = ['jpeg', 'png', 'webp', 'gif'] as const
const plain = { ...pictures, gif }

const holds = (bytes: Uint8Array, part: Uint8Array): boolean => hex(bytes).includes(hex(part))

/** What is decoded to pixels: it has to come out as it went in. */
function pixels(bytes: Bytes, kind: (typeof kinds)[number]): string {
  const found = Buffer.from(bytes)
  if (kind === 'jpeg')
    return found
      .subarray(found.lastIndexOf(Uint8Array.of(0xff, 0xda)), found.lastIndexOf(Uint8Array.of(0xff, 0xd9)))
      .toString('hex')
  if (kind === 'png') return Buffer.from(PNG.sync.read(found).data).toString('hex')
  if (kind === 'gif')
    return found.subarray(found.indexOf(Uint8Array.of(0x21, 0xf9)), found.lastIndexOf(0x3b)).toString('hex')
  const at = found.indexOf('VP8 ')
  return found.subarray(at, at + 8 + found.readUInt32LE(at + 4)).toString('hex')
}

describe.each(kinds)('a %s', (kind) => {
  it('keeps its pixels bit by bit, and nothing that was beside them', async () => {
    const dirty = telling(6)[kind]
    expect(holds(dirty, utf8(secret))).toBe(true)
    const { bytes, type, removed } = await stripPicture(dirty)
    expect(type).toBe(`image/${kind}`)
    expect(holds(bytes, utf8(secret))).toBe(false)
    expect(holds(bytes, utf8('xmp'))).toBe(false)
    expect(pixels(bytes, kind)).toBe(pixels(plain[kind], kind))
    expect(removed).toContain('place')
    expect(removed).toContain('text')
    if (kind !== 'gif') expect(removed).toEqual(expect.arrayContaining(['camera', 'time', 'author']))
  })

  it('is as it was once it was cleaned, and then there is nothing to tell of', async () => {
    const once = await stripPicture(telling(8)[kind])
    const twice = await stripPicture(once.bytes)
    expect(hex(twice.bytes)).toBe(hex(once.bytes))
    // what is left of its EXIF is how it is turned
    expect(twice.removed).toEqual([])
  })

  it('is refused wherever it ends too early', async () => {
    const whole = plain[kind]
    for (let length = 0; length < whole.length; length++) {
      expect(await faultOf(() => stripPicture(whole.slice(0, length)))).toBe('picture-unreadable')
    }
  })
})

describe('how a picture is turned', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('stays, and nothing else of its EXIF does: %s', async (kind) => {
    const { bytes } = await stripPicture(telling(6)[kind])
    const minimal = concat(utf8('MM'), u16(42), u32(8), u16(1), u16(0x0112), u16(3), u32(1), u16(6), u16(0), u32(0))
    expect(holds(bytes, minimal)).toBe(true)
    const upright = await stripPicture(telling(1)[kind])
    expect(holds(upright.bytes, utf8('MM'))).toBe(false)
    expect(holds(upright.bytes, utf8(kind === 'jpeg' ? 'Exif' : kind === 'png' ? 'eXIf' : 'EXIF'))).toBe(false)
  })

  it('is left alone where the EXIF makes no sense, and goes all the same', async () => {
    for (const block of [
      new Uint8Array(0),
      utf8('MM'),
      exif(6).slice(0, 20),
      concat(utf8('II'), exif(6).slice(2)),
      exif(9),
    ]) {
      const { bytes, removed } = await stripPicture(
        inserted(pictures.jpeg, 2, jpegSegment(0xe1, concat(utf8('Exif\0\0'), block))),
      )
      expect(holds(bytes, utf8('Exif'))).toBe(false)
      expect(removed.length).toBeGreaterThan(0)
    }
  })
})

describe('a colour profile', () => {
  const colours = ['rXYZ', 'rTRC', 'wtpt']
  const names = ['desc', 'cprt', 'Google', 'mluc']

  it.each(['jpeg', 'webp'] as const)('keeps its colours and loses its names: %s', async (kind) => {
    const { bytes } = await stripPicture(pictures[kind])
    expect(holds(pictures[kind], utf8('desc'))).toBe(true)
    for (const tag of colours) expect(holds(bytes, utf8(tag))).toBe(true)
    for (const tag of names) expect(holds(bytes, utf8(tag))).toBe(false)
  })

  it('keeps its colours and loses its names: png', async () => {
    const found = Buffer.from(pictures.webp)
    const at = found.indexOf('ICCP')
    const profile = pictures.webp.subarray(at + 8, at + 8 + found.readUInt32LE(at + 4))
    const named = concat(utf8(`${secret}\0\0`), deflateSync(profile))
    const { bytes } = await stripPicture(inserted(pictures.png, 33, pngChunk('iCCP', named)))
    expect(holds(bytes, utf8(secret))).toBe(false)
    const out = Buffer.from(bytes)
    const chunk = out.indexOf('iCCP')
    const clean = inflateSync(out.subarray(chunk + 4 + 'icc'.length + 2, chunk + 4 + out.readUInt32BE(chunk - 4)))
    for (const tag of colours) expect(holds(clean, utf8(tag))).toBe(true)
    for (const tag of names) expect(holds(clean, utf8(tag))).toBe(false)
  })

  it('is left out where it lies about its lengths', async () => {
    const lying = concat(
      u32(200),
      new Uint8Array(32),
      utf8('acsp'),
      new Uint8Array(88),
      u32(1),
      utf8('rXYZ'),
      u32(0xffff_ff00),
      u32(0x200),
    )
    const { bytes, removed } = await stripPicture(
      inserted(unprofiled(), 2, jpegSegment(0xe2, concat(utf8('ICC_PROFILE\0'), Uint8Array.of(1, 1), lying))),
    )
    expect(holds(bytes, utf8('ICC_PROFILE'))).toBe(false)
    expect(removed).toEqual(['other'])
  })
})

/** The JPEG without its own profile. */
function unprofiled(): Bytes {
  const found = Buffer.from(pictures.jpeg)
  const at = found.indexOf('ICC_PROFILE') - 4
  return concat(pictures.jpeg.subarray(0, at), pictures.jpeg.subarray(at + 2 + found.readUInt16BE(at + 2)))
}

describe('what tries to hide', () => {
  const hidden = utf8(secret)

  it('behind the tables of a JPEG', async () => {
    const found = Buffer.from(pictures.jpeg)
    for (const code of [0xdb, 0xc4, 0xc0, 0xda]) {
      const at = found.indexOf(Uint8Array.of(0xff, code))
      const length = found.readUInt16BE(at + 2)
      const body = pictures.jpeg.subarray(at + 4, at + 2 + length)
      const longer = concat(
        pictures.jpeg.subarray(0, at),
        jpegSegment(code, concat(body, hidden)),
        pictures.jpeg.subarray(at + 2 + length),
      )
      expect(await faultOf(() => stripPicture(longer))).toBe('picture-unreadable')
    }
  })

  it('between the segments of a JPEG, or in kinds that nobody shows', async () => {
    expect(await faultOf(() => stripPicture(inserted(pictures.jpeg, 2, hidden)))).toBe('picture-unreadable')
    expect(await faultOf(() => stripPicture(inserted(pictures.jpeg, 2, jpegSegment(0xde, hidden))))).toBe(
      'picture-unreadable',
    )
  })

  it('behind the last row of a PNG, as cropped screenshots once kept what was cropped', async () => {
    const rows = concat(...Array.from({ length: 2 }, () => new Uint8Array(1 + 2 * 4)))
    const png = (data: Uint8Array): Bytes =>
      concat(
        pictures.png.subarray(0, 8),
        pngChunk('IHDR', concat(u32(2), u32(2), Uint8Array.of(8, 6, 0, 0, 0))),
        pngChunk('IDAT', data),
        pngChunk('IEND', new Uint8Array(0)),
      )
    const good = png(deflateSync(rows))
    expect(hex((await stripPicture(good)).bytes)).toBe(hex(good))
    for (const data of [
      deflateSync(concat(rows, hidden)),
      concat(deflateSync(rows), hidden),
      deflateSync(rows.subarray(1)),
      deflateSync(rows).subarray(0, -1),
      deflateSync(new Uint8Array(50_000_000)),
    ]) {
      expect(await faultOf(() => stripPicture(png(data)))).toBe('picture-unreadable')
    }
  })

  it('in a PNG that says it is larger than its pixels, without taking time or memory', async () => {
    const png = concat(
      pictures.png.subarray(0, 8),
      pngChunk('IHDR', concat(u32(0x7fff_ffff), u32(0x7fff_ffff), Uint8Array.of(16, 6, 0, 0, 1))),
      pngChunk('IDAT', deflateSync(new Uint8Array(9))),
      pngChunk('IEND', new Uint8Array(0)),
    )
    expect(await faultOf(() => stripPicture(png))).toBe('picture-unreadable')
  })

  it('in a PNG that is as large as it says, and larger than anything that is shown', async () => {
    // 1 GiB of black in 1 MiB: unpacked to its end it would be a sound picture
    const side = 16_384
    const rows = deflateSync(new Uint8Array(side * (1 + 4 * side)), { level: 1 })
    const png = concat(
      pictures.png.subarray(0, 8),
      pngChunk('IHDR', concat(u32(side), u32(side), Uint8Array.of(8, 6, 0, 0, 0))),
      pngChunk('IDAT', rows),
      pngChunk('IEND', new Uint8Array(0)),
    )
    expect(await faultOf(() => stripPicture(png))).toBe('picture-unreadable')
  })

  it('in critical chunks that nobody knows, in a palette that is too long, with a wrong checksum', async () => {
    expect(await faultOf(() => stripPicture(inserted(pictures.png, 33, pngChunk('SECR', hidden))))).toBe(
      'picture-unreadable',
    )
    expect(await faultOf(() => stripPicture(inserted(pictures.png, 33, pngChunk('PLTE', new Uint8Array(769)))))).toBe(
      'picture-unreadable',
    )
    const wrong = pictures.png.slice()
    wrong[30] = (wrong[30] ?? 0) ^ 1
    expect(await faultOf(() => stripPicture(wrong))).toBe('picture-unreadable')
  })

  it('in the frames of a WebP animation', async () => {
    const lossy = Buffer.from(pictures.webp)
    const at = lossy.indexOf('VP8 ')
    const picture = pictures.webp.subarray(at)
    const head = new Uint8Array(10)
    head[0] = 0x02
    const anim = (frame: Uint8Array): Bytes =>
      webpWith(
        concat(utf8('RIFF____WEBP')),
        webpChunk('VP8X', head),
        webpChunk('ANIM', new Uint8Array(6)),
        webpChunk('ANMF', concat(new Uint8Array(16), frame)),
      )
    const { bytes, removed } = await stripPicture(anim(concat(picture, webpChunk('EVIL', hidden))))
    expect(hex(bytes)).toBe(hex(anim(picture)))
    expect(removed).toEqual(['other'])
    expect(await faultOf(() => stripPicture(anim(webpChunk('EVIL', hidden))))).toBe('picture-unreadable')
  })

  it('in the loop count of a GIF', async () => {
    const longer = inserted(
      gif,
      19,
      Uint8Array.of(0x21, 0xff, 11),
      utf8('NETSCAPE2.0'),
      Uint8Array.of(hidden.length),
      hidden,
      Uint8Array.of(0),
    )
    const { bytes, removed } = await stripPicture(longer)
    expect(hex(bytes)).toBe(hex(gif))
    expect(removed).toEqual(['other'])
  })
})

describe('what is two things at once', () => {
  it.each(kinds)('is one of them afterwards: a %s with an archive behind it', async (kind) => {
    const archive = concat(Uint8Array.of(0x50, 0x4b, 0x03, 0x04), utf8(secret))
    const { bytes, removed } = await stripPicture(concat(plain[kind], archive))
    expect(holds(bytes, archive)).toBe(false)
    expect(removed).toEqual(['other'])
  })

  it('or is refused: a page that begins as a picture does', async () => {
    for (const start of ['GIF89a', 'RIFF', '\xff\xd8\xff', 'BM', '<svg']) {
      const page = Buffer.from(`${start}/*<script>alert(1)</script>*/${'x'.repeat(99)}`, 'latin1')
      expect(await faultOf(() => stripPicture(new Uint8Array(page)))).toBe('picture-unreadable')
    }
  })

  it('and one that is too long is not looked at', async () => {
    expect(await faultOf(() => stripPicture(new Uint8Array(32 * 1024 * 1024 + 1)))).toBe('too-large')
  })
})
