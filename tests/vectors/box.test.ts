import { readFileSync } from 'node:fs'
import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import { peerIdFromPublicKey } from '@libp2p/peer-id'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { concat, fromHex, hex, u64, type Bytes } from '../../core/base/bytes.ts'
import { acceptBox } from '../../core/boxes/acceptance.ts'
import { boxLength, decodeBox, isSigned, layBox, openBody, workDigest, workOf } from '../../core/boxes/box.ts'
import { capability } from '../../core/boxes/capability.ts'
import { decodeAnswer, decodeRequest, encodeAnswer, encodeRequest } from '../../core/boxes/messages.ts'
import { positionOf, positionOfPlace } from '../../core/boxes/nearness.ts'
import { isFetchSigned, signFetch } from '../../core/boxes/proof.ts'
import { Rate } from '../../core/boxes/rate.ts'
import { authorDigest, BoxStore } from '../../core/boxes/store.ts'
import { decodeTombstone, encodeTombstone, isBuried } from '../../core/boxes/tombstone.ts'
import { sign, signingKey } from '../../core/crypto/sign.ts'
import { ManualClock } from '../support/manual-clock.ts'

const text = z.string()
const vectors = z
  .object({
    capability: z.record(text, text),
    author: z.object({ seed: text, publicKey: text, digest: text }),
    boxes: z.array(
      z.object({
        name: text,
        sizeClass: z.union([z.literal(0), z.literal(1)]),
        content: text,
        sequence: text,
        expiryHours: z.number(),
        workDigest: text,
        workNonce: text,
        work: z.number(),
        bytes: text,
      }),
    ),
    changes: z.array(z.object({ name: text, offset: z.number(), xor: z.number(), reasons: z.array(text) })),
    tombstone: z.object({ sequence: text, bytes: text }),
    fetch: z.object({ nonce: text, peer: text, place: text, signature: text, position: text }),
    frames: z.record(text, text),
  })
  .parse(JSON.parse(readFileSync(new URL('box.json', import.meta.url), 'utf8')))

const own = capability(fromHex(vectors.capability['material'] ?? ''))
const author = signingKey(fromHex(vectors.author.seed))

function bytesOf(base64: string): Bytes {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

describe('the vectors of boxes', () => {
  it('keys and place', () => {
    expect(hex(own.writePublic)).toBe(vectors.capability['writePublic'])
    expect(hex(own.readPublic)).toBe(vectors.capability['readPublic'])
    expect(hex(own.place)).toBe(vectors.capability['place'])
    expect(hex(positionOfPlace(own.place))).toBe(vectors.capability['position'])
    expect(hex(author.publicKey)).toBe(vectors.author.publicKey)
    expect(hex(authorDigest(author.publicKey))).toBe(vectors.author.digest)
  })

  for (const vector of vectors.boxes) {
    it(`a box: ${vector.name}`, () => {
      const bytes = bytesOf(vector.bytes)
      expect(bytes.length).toBe(boxLength(vector.sizeClass))
      const box = decodeBox(bytes)
      expect(box.sizeClass).toBe(vector.sizeClass)
      expect(box.sequence).toBe(BigInt(vector.sequence))
      expect(box.expiryHours).toBe(vector.expiryHours)
      expect(box.workNonce).toBe(BigInt(vector.workNonce))
      expect(hex(workDigest(bytes))).toBe(vector.workDigest)
      expect(workOf(bytes)).toBe(vector.work)
      expect(isSigned(bytes, box)).toBe(true)
      expect(hex(openBody(box, own.bodyKey) ?? new Uint8Array(1))).toBe(vector.content)
    })

    it(`is laid out as the vector says: ${vector.name}`, () => {
      const given = bytesOf(vector.bytes)
      const made = layBox({
        capability: own,
        author,
        sequence: BigInt(vector.sequence),
        expiryHours: vector.expiryHours,
        content: fromHex(vector.content),
      }).finish(BigInt(vector.workNonce))
      // the seal's nonce is fresh each time; with the vector's body everything else must come out the same
      const unsigned = concat(made.subarray(0, 110), u64(BigInt(vector.workNonce)), given.subarray(118, -128))
      const once = concat(unsigned, sign(unsigned, author))
      expect(hex(concat(once, sign(once, own.write)))).toBe(hex(given))
      expect(made.length).toBe(given.length)
    })
  }

  for (const { name, offset, xor, reasons } of vectors.changes) {
    it(`refused with another ${name}`, () => {
      const store = BoxStore.open(':memory:', 1e9)
      const clock = new ManualClock(494_000 * 3_600_000)
      const accept = (bytes: Bytes): string => {
        const verdict = acceptBox(bytes, {
          store,
          clock,
          workBits: () => vectors.boxes[0]?.work ?? 12,
          isResponsible: () => true,
          rate: new Rate(clock, { burst: 10, perSecond: 1 }),
        })
        return verdict.type === 'refused' ? verdict.reason : verdict.type
      }
      const bytes = bytesOf(vectors.boxes[0]?.bytes ?? '')
      const changed = bytes.slice()
      changed[offset] = (changed[offset] ?? 0) ^ xor
      expect(reasons).toContain(accept(changed))
      expect(store.count).toBe(0)
      expect(accept(bytes)).toBe('done')
      store.close()
    })
  }

  it('a tombstone', () => {
    const { sequence, bytes } = vectors.tombstone
    const made = encodeTombstone({ place: own.place, author, sequence: BigInt(sequence) })
    expect(hex(made)).toBe(bytes)
    expect(isBuried(made, decodeTombstone(made))).toBe(true)
  })

  it('the proof of a FETCH', () => {
    const { nonce, peer, place, signature, position } = vectors.fetch
    const claim = { nonce: fromHex(nonce), node: fromHex(peer), place: fromHex(place) }
    expect(hex(signFetch(claim, own.read))).toBe(signature)
    expect(isFetchSigned(fromHex(signature), claim, own.readPublic)).toBe(true)
    const id = peerIdFromPublicKey(publicKeyFromRaw(fromHex(peer).subarray(-32)))
    expect(hex(id.toMultihash().bytes)).toBe(peer)
    expect(hex(positionOf(id))).toBe(position)
  })

  for (const [name, frame] of Object.entries(vectors.frames)) {
    it(`the frame ${name}`, () => {
      const bytes = fromHex(frame)
      const isRequest = ['fetch', 'get', 'delete'].includes(name)
      const again = isRequest ? encodeRequest(decodeRequest(bytes)) : encodeAnswer(decodeAnswer(bytes))
      expect(hex(again)).toBe(frame)
      expect(isRequest ? decodeRequest(bytes).type : decodeAnswer(bytes).type).toBe(name)
    })
  }
})
