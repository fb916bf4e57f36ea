import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { concat, fromHex, hex, type Bytes } from '../../core/base/bytes.ts'
import { rootOf } from '../../core/files/hashes.ts'
import { chunkLength, segmentLength, segmentsOf } from '../../core/files/limits.ts'
import { mediaTypes } from '../../core/files/media.ts'
import { decodeOffer, encodeOffer } from '../../core/files/offer.ts'
import { decodeFrame, encodeControl, type ControlFrame } from '../../core/files/transfer/frames.ts'
import { askProof, ChunkSealer } from '../../core/files/transfer/sealing.ts'
import { faultOf } from '../support/faults.ts'

const text = z.string()
const bytes = text.transform(fromHex)
const refused = z.array(z.object({ why: text, code: text, encoded: bytes }))
const encoded = bytes
const vectors = z
  .object({
    roots: z.array(z.object({ size: z.number(), hashes: z.array(bytes), root: bytes })),
    offers: z.array(
      z.object({ id: bytes, size: z.number(), type: z.enum(mediaTypes), name: text, root: bytes, key: bytes, encoded }),
    ),
    refusedOffers: refused,
    proofs: z.array(z.object({ segment: z.number(), asker: bytes, owner: bytes, proof: bytes })),
    chunks: z.array(z.object({ index: z.number(), size: z.number(), content: bytes, sealedHash: text })),
    frames: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('ask'), id: bytes, segment: z.number(), proof: bytes, encoded }),
        z.object({ kind: z.literal('begin'), hashes: z.array(bytes), encoded }),
        z.object({ kind: z.literal('refused'), reason: z.enum(['gone', 'busy']), encoded }),
        z.object({ kind: z.literal('credit'), chunks: z.number(), encoded }),
        z.object({ kind: z.literal('done'), encoded }),
      ]),
    ),
    refusedFrames: refused,
  })
  .parse(JSON.parse(readFileSync(new URL('file.json', import.meta.url), 'utf8')))
const [offer] = vectors.offers
if (offer === undefined) throw new Error('There are no vectors')

describe('an offer of a file', () => {
  it.each(vectors.offers)('is written and read as the specification says: $name', ({ encoded, ...fields }) => {
    expect(hex(encodeOffer(fields))).toBe(hex(encoded))
    expect(decodeOffer(encoded)).toEqual(fields)
  })

  it.each(vectors.refusedOffers)('is refused: $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodeOffer(encoded))).toBe(code)
  })

  it.each(vectors.roots)('commits to content of $size bytes', ({ size, hashes, root }) => {
    expect(hashes).toHaveLength(segmentsOf(size))
    expect(hex(rootOf(size, hashes))).toBe(hex(root))
    const content = new Uint8Array(size).fill(1)
    if (size < segmentLength) return
    const parts: Bytes[] = hashes.map((_, nth) => content.slice(nth * segmentLength, (nth + 1) * segmentLength))
    expect(parts.map((part) => createHash('sha256').update(part).digest('hex'))).toEqual(hashes.map(hex))
  })
})

describe('fetching a file', () => {
  it.each(vectors.proofs)('shows the offer, from segment $segment on', ({ proof, ...asking }) => {
    expect(hex(askProof(offer, asking))).toBe(hex(proof))
  })

  it.each(vectors.chunks)('carries chunk $index of $size bytes', ({ index, size, content, sealedHash }) => {
    const filled = concat(content, new Uint8Array(chunkLength - content.length))
    const sealer = new ChunkSealer({ ...offer, size })
    const sealed = concat(...sealer.seal(index, filled))
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(sealedHash)
    expect(hex(sealer.open(index, sealed))).toBe(hex(filled))
  })

  it.each(vectors.frames)('has the frame $kind', ({ encoded, ...frame }) => {
    expect(hex(encodeControl(frame satisfies ControlFrame))).toBe(hex(encoded))
    expect(decodeFrame(encoded)).toEqual(frame)
  })

  it.each(vectors.refusedFrames)('refuses a frame: $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodeFrame(encoded))).toBe(code)
  })
})
