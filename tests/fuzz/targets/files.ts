import { crc32 } from 'node:zlib'
import { concat, copy, equal, fromHex, u32, type Bytes } from '../../../core/base/bytes.ts'
import { decodeOffer, encodeOffer } from '../../../core/files/offer.ts'
import type { Cleaned } from '../../../core/files/pictures/cursor.ts'
import { cleanGif } from '../../../core/files/pictures/gif.ts'
import { cleanJpeg } from '../../../core/files/pictures/jpeg.ts'
import { cleanPng } from '../../../core/files/pictures/png.ts'
import { cleanWebp } from '../../../core/files/pictures/webp.ts'
import { decodeFrame, encodeChunkHead, encodeControl, type Frame } from '../../../core/files/transfer/frames.ts'
import { ChunkSealer, sealedLength } from '../../../core/files/transfer/sealing.ts'
import { pad, unpad } from '../../../core/crypto/pad.ts'
import { gif, pictures, telling } from '../../support/pictures.ts'
import vectors from '../../vectors/file.json' with { type: 'json' }
import { fromVectors, type Target } from '../target.ts'

const controls = fromVectors(...vectors.frames.map(({ encoded }) => encoded))
const offers = fromVectors(...vectors.offers.map(({ encoded }) => encoded))
const offer = vectors.offers[0]
const sealer = new ChunkSealer({ id: fromHex(offer?.id ?? ''), key: fromHex(offer?.key ?? ''), size: offer?.size ?? 0 })

function encoded(frame: Frame): Bytes {
  return frame.kind === 'chunk' ? concat(encodeChunkHead(frame.index), frame.sealed) : encodeControl(frame)
}

function padded(input: Bytes): Bytes {
  return input.length < 1024 ? pad(input, 1024) : input
}

/** What comes out must be clean itself, to the byte. */
function cleaned(clean: (bytes: Uint8Array) => Cleaned): (input: Bytes) => 'accepted' {
  return (input) => {
    const once = concat(...clean(input).parts)
    const twice = clean(once)
    if (!equal(concat(...twice.parts), once)) throw new Error('A clean picture is cleaned to another')
    if (twice.traces.size > 0) throw new Error('A clean picture tells something')
    return 'accepted'
  }
}

/** Checksums that fit again: what lies behind them is reached. */
function mendPng(input: Bytes): Bytes {
  const out = copy(input)
  const view = new DataView(out.buffer)
  for (let at = 8; at + 12 <= out.length;) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > out.length) break
    out.set(u32(crc32(out.subarray(at + 4, end))), end)
    at = end + 4
  }
  return out
}

const picture = (name: string, corpus: readonly Bytes[], clean: (bytes: Uint8Array) => Cleaned): Target => ({
  name: `picture: ${name}`,
  covers: [],
  corpus,
  faults: ['picture-unreadable'],
  again: cleaned(clean),
})
const dirty = [telling(1), telling(6)]

/** Files: what is offered, how it moves, and pictures of all kinds. */
export const fileTargets: readonly Target[] = [
  {
    name: 'offer of a file',
    covers: ['core/files/offer.ts decodeOffer'],
    corpus: offers,
    faults: ['unknown-version', 'malformed', 'too-large'],
    form: 'cbor',
    again: (input) => encodeOffer(decodeOffer(input)),
  },
  {
    name: 'file frame',
    covers: ['core/files/transfer/frames.ts decodeFrame'],
    corpus: [...controls, concat(encodeChunkHead(0), new Uint8Array(sealedLength))],
    faults: ['unknown-version', 'malformed'],
    again: (input) => encoded(decodeFrame(input)),
  },
  {
    name: 'fields of a file frame',
    covers: ['core/files/transfer/frames.ts decodeFrame'],
    corpus: controls.map(unpad),
    faults: ['unknown-version', 'malformed'],
    again: (input) => unpad(encoded(decodeFrame(padded(input)))),
  },
  {
    // nobody without the key can have made another that opens
    name: 'sealed chunk of a file',
    covers: ['core/crypto/chunk.ts openChunk'],
    corpus: [concat(...sealer.seal(0, new Uint8Array(sealedLength - 16)))],
    faults: ['unreadable', 'malformed'],
    again: (input) => concat(...sealer.seal(0, sealer.open(0, input))),
  },
  picture('jpeg', [pictures.jpeg, ...dirty.map(({ jpeg }) => jpeg)], cleanJpeg),
  { ...picture('png', [pictures.png, ...dirty.map(({ png }) => png)], cleanPng), mend: mendPng },
  picture(
    'webp',
    [pictures.webp, pictures.webpAlpha, pictures.webpLossless, ...dirty.map(({ webp }) => webp)],
    cleanWebp,
  ),
  picture('gif', [gif, ...dirty.map(({ gif }) => gif)], cleanGif),
]
