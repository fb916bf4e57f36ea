/**
 * Small pictures as a browser writes them (16 x 12 pixels, with a colour
 * profile), and what cameras and programs put beside the pixels.
 */
import { crc32 } from 'node:zlib'
import { concat, copy, u16, u32, utf8, type Bytes } from '../../core/base/bytes.ts'

const encoded = {
  jpeg: [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQy',
    'SUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8',
    'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAMABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAwIF',
    '/8QAFhABAQEAAAAAAAAAAAAAAAAAAgAB/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABcRAAMBAAAAAAAAAAAAAAAAAAABAwT/2gAM',
    'AwEAAhEDEQA/AMVKFKpbCtk8kUJabM//2Q==',
  ].join(''),
  webp: [
    'UklGRiICAABXRUJQVlA4WAoAAAAgAAAADwAACwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggNAAAALABAJ0BKhAADAALgFolsAJ0ugAEMAAA',
    '/vAJKjbT0qb6i5uY00x+4pX/5odeqmDpotkAAAA=',
  ].join(''),
  webpAlpha: [
    'UklGRlQCAABXRUJQVlA4WAoAAAAwAAAADwAACwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZBTFBILAAAAAUfQJBt48+87deIiOA/FLVtA/Fn0nbH',
    'exqiaUCKIaL/PXi9qBBae5ZxtKUBVlA4IDIAAACQAQCdASoQAAwAC4BaJbACdLoAA5gA/vAJKjbT0qb6i0xu5Ob6fl//lxHn9eyY',
    'whsAAA==',
  ].join(''),
  webpLossless: [
    'UklGRjYDAABXRUJQVlA4WAoAAAAwAAAADwAACwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDhMRwEAAC8PwAIQDxQO27aR5FhE797jMGDbtiGZ',
    '/9/tEsEyaNtGcC713T3Bj//r/32+ac/37tCeMUpdsj1V7al6tM4lP1IIki5IO0Hq7L9LO2aISepSlTq3UpfGIBdSVerSGORASWEs',
    'BUEK21IBUudUKkg6c27VpGxUlYNAmbFzoKQrKiZVIKkgxVIAKTg32FIQNg/LhQ3ANvjc3fZ9f4AYAACBJtu2bdu2bdtr9uvphoj+',
    'q03bgNntlDf+f7/eTptpv1FKR7wOverv+/28mw9blWzU7zSqxT8fz4fFuF3LJQJui1Yi+Hw5ribdeiEV8th0MiH79Wkz6zWLmbDP',
    'blCIOPTzdj5ola+QSS3mMYj75ahTzceCLqtGymeRcesrlLxCciGbikc+eKwUcWkENOzy+AFEwsDB7VouHnCbtRIBk4JFQID3j68Q',
    'CgoCAAA=',
  ].join(''),
  png: [
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAYAAABr5z2BAAABhklEQVR4AWyRLU8EMRRFbzYw7Sw4NB6NxvIDsCRIgkMgCQ6BA0VI',
    'CG4diqDAkSBQ4BAkGIIEhdjph+G8dmd3SRCTTvveuff2dTCWj99a+fnQ6teb1j6ftf7+qI3XO22+3GjraaTth0vt3p9p//ZEh9dH',
    'Oh4d6PRqTxfnOxqdDqLaFORT5Ovkcpx8ST7bPlPnjLr1NZneck4/vU0eWJNtbJ0VrXkmGtQCNgD9WsQxHiYSlE02x6B5yAPVRKGk',
    'as25JLFE1h+1mBFwiQ1q3tYp1MlPHFvOHXUHbGaeHlsd6zAPcDVlml0eq8bsVCGuBdRQ99Q9gCOpgQ37FtEmIeA4rPESYNDMKZEC',
    'EUCDmwnkEV0yuHBcoU2dGg5tQI6mvrnGjIjanaMqxD+CRYzEzAC4KHVyFCqUppDHqZ4H9ZCnf4hpy2x4hTSJ+d97B0Qj9d4VkwJ1',
    'TL/nmIEnvkfxr1OHYwDu5EjRO1rChZI0aIHruvoK1akKRM0GGoHNKc45Rg1NANNlhH36BQAA//8VdD/4AAAABklEQVQDAAdqeKUv',
    'r7m4AAAAAElFTkSuQmCC',
  ].join(''),
}

export const pictures = Object.fromEntries(
  Object.entries(encoded).map(([name, text]) => [name, copy(Buffer.from(text, 'base64'))]),
) as Record<keyof typeof encoded, Bytes>

/** Two frames of one pixel, shown for ever. */
export const gif: Bytes = concat(
  utf8('GIF89a'),
  Uint8Array.of(1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255),
  Uint8Array.of(0x21, 0xff, 11),
  utf8('NETSCAPE2.0'),
  Uint8Array.of(3, 1, 0, 0, 0),
  ...[0x44, 0x4c].map((code) =>
    Uint8Array.of(0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, code, 1, 0),
  ),
  Uint8Array.of(0x3b),
)

/** What must be nowhere in a cleaned picture. */
export const secret = 'Via della Lanterna 7'

/** A TIFF block as a phone writes it: where, when, by what and by whom, and how to turn it. */
export function exif(orientation: number, littleEndian = false): Bytes {
  const s16 = (value: number): Bytes => (littleEndian ? u16(value).toReversed() : u16(value))
  const s32 = (value: number): Bytes => (littleEndian ? u32(value).toReversed() : u32(value))
  const text = utf8(`${secret}\0`)
  const tags = [0x010e, 0x010f, 0x0112, 0x0132, 0x013b, 0x8769, 0x8825]
  const outer = 2 + 12 * tags.length + 4
  const textAt = 8 + outer + 2 + 12 + 4
  const entry = (tag: number): Bytes => {
    if (tag === 0x0112) return concat(s16(tag), s16(3), s32(1), s16(orientation), s16(0))
    if (tag === 0x8769) return concat(s16(tag), s16(4), s32(1), s32(8 + outer))
    if (tag === 0x8825) return concat(s16(tag), s16(4), s32(1), s32(8 + outer))
    return concat(s16(tag), s16(2), s32(text.length), s32(textAt))
  }
  return concat(
    utf8(littleEndian ? 'II' : 'MM'),
    s16(42),
    s32(8),
    s16(tags.length),
    ...tags.map(entry),
    s32(0),
    s16(1),
    concat(s16(0x9003), s16(2), s32(text.length), s32(textAt)),
    s32(0),
    text,
  )
}

export const xmp: Bytes = utf8(`<x:xmpmeta><exif:GPSLatitude>${secret}</exif:GPSLatitude></x:xmpmeta>`)

export function jpegSegment(code: number, body: Uint8Array): Bytes {
  return concat(Uint8Array.of(0xff, code), u16(body.length + 2), body)
}

export function pngChunk(type: string, data: Uint8Array): Bytes {
  const named = concat(utf8(type), data)
  return concat(u32(data.length), named, u32(crc32(named)))
}

export function webpChunk(type: string, data: Uint8Array): Bytes {
  return concat(utf8(type), u32(data.length).toReversed(), data, new Uint8Array(data.length % 2))
}

/** Puts bytes into others. */
export function inserted(bytes: Uint8Array, at: number, ...parts: readonly Uint8Array[]): Bytes {
  return concat(bytes.subarray(0, at), ...parts, bytes.subarray(at))
}

/** A WebP with more chunks at its end, and its lengths mended. */
export function webpWith(webp: Uint8Array, ...chunks: readonly Uint8Array[]): Bytes {
  const content = concat(webp.subarray(8), ...chunks)
  return concat(utf8('RIFF'), u32(content.length).toReversed(), content)
}

/** Each with everything in it that tells something, and turned by `orientation`. */
export function telling(orientation: number): Record<'jpeg' | 'png' | 'webp' | 'gif', Bytes> {
  const trailing = utf8(secret)
  return {
    jpeg: concat(
      inserted(
        pictures.jpeg,
        2,
        jpegSegment(0xe1, concat(utf8('Exif\0\0'), exif(orientation))),
        jpegSegment(0xe1, concat(utf8('http://ns.adobe.com/xap/1.0/\0'), xmp)),
        jpegSegment(0xed, utf8(`Photoshop 3.0\0${secret}`)),
        jpegSegment(0xfe, utf8(secret)),
        jpegSegment(0xe5, utf8(secret)),
      ),
      trailing,
    ),
    png: concat(
      inserted(
        pictures.png,
        33,
        pngChunk('eXIf', exif(orientation, true)),
        pngChunk('tEXt', utf8(`Author\0${secret}`)),
        pngChunk('iTXt', concat(utf8('XML:com.adobe.xmp\0\0\0\0\0'), xmp)),
        pngChunk('tIME', new Uint8Array(7)),
        pngChunk('prVt', utf8(secret)),
      ),
      trailing,
    ),
    webp: concat(
      webpWith(
        pictures.webp,
        webpChunk('EXIF', exif(orientation)),
        webpChunk('XMP ', xmp),
        webpChunk('ABCD', utf8(secret)),
      ),
      trailing,
    ),
    gif: concat(
      inserted(
        gif,
        19,
        Uint8Array.of(0x21, 0xfe, secret.length),
        utf8(secret),
        Uint8Array.of(0, 0x21, 0xff, 11),
        utf8('XMP DataXMP'),
        Uint8Array.of(xmp.length),
        xmp,
        Uint8Array.of(0),
      ),
      trailing,
    ),
  }
}
