import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { copy, hex } from '../../core/base/bytes.ts'
import { acceptBox } from '../../core/boxes/acceptance.ts'
import { decodeBox, isSigned, openBody, workOf } from '../../core/boxes/box.ts'
import { boardCapability } from '../../core/boxes/capability.ts'
import { decodeRequest } from '../../core/boxes/messages.ts'
import { isFetchSigned } from '../../core/boxes/proof.ts'
import { Rate } from '../../core/boxes/rate.ts'
import { BoxStore } from '../../core/boxes/store.ts'
import { nextSecret, topicSecret } from '../../core/community/secret.ts'
import { random } from '../../core/crypto/random.ts'
import { ManualClock } from '../support/manual-clock.ts'
import boxVectors from './box.json' with { type: 'json' }
import commons from './commons.json' with { type: 'json' }
import { Refused } from './second-cbor.ts'
import * as documents from './second-documents.ts'
import * as second from './second.ts'
import * as vouches from './second-vouches.ts'
import trust from './trust.json' with { type: 'json' }

const bytes = (hexadecimal: string): Buffer => Buffer.from(hexadecimal, 'hex')

it.each(['second.ts', 'second-cbor.ts', 'second-documents.ts', 'second-vouches.ts'])(
  'the second implementation is one: %s takes nothing of core',
  (name) => {
    const source = readFileSync(new URL(name, import.meta.url), 'utf8')
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from)
    expect(imported.filter((from) => !/^(?:node:crypto|tweetnacl|\.\/second(?:-\w+)?\.ts)$/.test(from))).toEqual([])
  },
)

describe('what somebody writes from PROTOCOL.md alone', () => {
  it('has the same boxes, tombstones, proofs and frames, byte for byte', () => {
    const place = second.placeOf(bytes(boxVectors.capability.material))
    const author = second.keyOf(bytes(boxVectors.author.seed))
    for (const vector of boxVectors.boxes) {
      const given = Buffer.from(vector.bytes, 'base64')
      const made = second.makeBox({
        place,
        author,
        content: bytes(vector.content),
        sequence: BigInt(vector.sequence),
        expiryHours: vector.expiryHours,
        workBits: vector.work,
        // random: taken from the body of the vector
        sealNonce: given.subarray(118, 118 + 24),
      })
      expect(made.bytes.equals(given)).toBe(true)
    }
    const { nonce, peer } = boxVectors.fetch
    const proof = second.proofOfFetch(place, bytes(nonce), bytes(peer))
    expect(second.frames.fetch({ place: place.place, proof }).toString('hex')).toBe(boxVectors.frames.fetch)
    expect(second.frames.get({ place: place.place, author: author.pub }).toString('hex')).toBe(boxVectors.frames.get)
    expect(second.frames.hello(bytes(nonce), 20).toString('hex')).toBe(boxVectors.frames.hello)
    const tombstone = second.makeTombstone(place.place, author, 7n)
    expect(second.frames.delete(tombstone).toString('hex')).toBe(boxVectors.frames.delete)
  })

  it('is understood, taken and read by the program', () => {
    const clock = new ManualClock()
    const secret = Buffer.from(random(32))
    const where = { kind: 'request', topic: 'sewing', epoch: 2968, shard: 2 } as const
    const place = second.boardPlace(second.nextCommunitySecret(secret), where)
    const author = second.keyOf(random(32))
    const { bytes: box } = second.makeBox({
      place,
      author,
      content: second.text('Hems, and zips too'),
      sequence: 1n,
      expiryHours: Math.floor(clock.now() / 3_600_000) + 24,
      workBits: 10,
      sealNonce: Buffer.from(random(24)),
    })
    const request = decodeRequest(copy(second.frames.store(box)))
    if (request.type !== 'store') throw new Error('not a STORE')
    const store = BoxStore.open(':memory:', 1e6)
    const node = { store, clock, workBits: () => 10, isResponsible: () => true }
    const rate = new Rate(clock, { burst: 1, perSecond: 1 })
    expect(acceptBox(request.box, { ...node, rate })).toEqual({ type: 'done' })
    store.close()

    const own = boardCapability(topicSecret(nextSecret(secret), where.kind, where.topic), where.epoch, where.shard)
    const decoded = decodeBox(request.box)
    expect(hex(decoded.place)).toBe(hex(own.place))
    expect(isSigned(request.box, decoded)).toBe(true)
    expect(workOf(request.box)).toBeGreaterThanOrEqual(10)
    expect(Buffer.from(openBody(decoded, own.bodyKey) ?? []).toString()).toBe('Hems, and zips too')

    const nonce = Buffer.from(random(16))
    const peer = second.peerIdOf(second.keyOf(random(32)).pub)
    const proof = second.proofOfFetch(place, nonce, peer)
    const asked = decodeRequest(copy(second.frames.fetch({ place: place.place, proof })))
    if (asked.type !== 'fetch') throw new Error('not a FETCH')
    const [first] = asked.places
    if (first === undefined) throw new Error('no place')
    expect(isFetchSigned(first.signature, { nonce, node: peer, place: first.place }, own.readPublic)).toBe(true)
    expect(second.framed(second.frames.done).toString('hex')).toBe('000000020120')
  })
})

/** What a reader says of bytes: a code, or nothing. */
function said(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

describe('what somebody reads from PROTOCOL.md alone', () => {
  it('are the documents of the vectors, and what of them counts', () => {
    const signer = second.keyOf(bytes(commons.signerSeed))
    for (const { area, version, at, body, head, digest, key, meta } of commons.documents) {
      const wish = { area, version, at }
      const whole = typeof body === 'string' ? bytes(body) : Buffer.alloc(body.length, body.byte)
      const made = documents.documentOf({ ...wish, key: bytes(key), meta: bytes(meta), body: whole }, signer)
      expect(made.toString('hex')).toBe(head)
      expect(documents.digestOf(made).toString('hex')).toBe(digest)
      expect(documents.readHead(made)).toMatchObject({ ...wish, length: whole.length })
      if (area === 'library') expect(documents.readArticle(documents.readHead(made))['v']).toBe(1)
    }
    for (const { counts, yields } of commons.ranks) {
      const heads = [...yields, counts].map(bytes)
      expect(documents.countingOf(heads)?.toString('hex')).toBe(counts)
      expect(documents.countingOf(heads.toReversed())?.toString('hex')).toBe(counts)
    }
  })

  it.each(commons.refusedHeads)('is no head $why', ({ head, code }) => {
    expect(said(() => documents.readHead(bytes(head)))).toBe(code)
  })

  it.each(commons.refusedArticles)('is no article $why', ({ head, code }) => {
    const read = documents.readHead(bytes(head))
    expect(said(() => documents.readArticle(read))).toBe(code)
  })

  it('are the vouches of the vectors, and what is said of them', () => {
    const [voucher, subject] = [trust.voucherSeed, trust.subjectSeed].map((seed) => second.keyOf(bytes(seed)))
    if (voucher === undefined || subject === undefined) throw new Error('nobody')
    const tag = vouches.communityTag(bytes(trust.networkKey))
    expect(tag.toString('hex')).toBe(trust.community)
    for (const { encoded, ...wish } of trust.vouches) {
      expect(vouches.vouchOf(wish, voucher, { tag, subject: subject.pub }).toString('hex')).toBe(encoded)
      expect(vouches.readVouch(bytes(encoded))).toMatchObject(wish)
    }
    for (const { encoded, mentor, key } of trust.records) {
      const record = vouches.readVouchRecord(bytes(encoded))
      if (mentor === undefined) continue
      const pair = { tag, mentor: bytes(mentor) }
      const owner = key === undefined ? voucher.pub : bytes(key)
      expect(vouches.isProof(record['s'] as Buffer, owner, pair)).toBe(true)
      expect(vouches.isProof(record['s'] as Buffer, owner, { ...pair, tag: bytes(trust.networkKey) })).toBe(false)
    }
  })

  it.each(trust.refusedVouches)('is no vouch: $why', ({ encoded, code }) => {
    expect(said(() => vouches.readVouch(bytes(encoded)))).toBe(code)
  })

  it.each(trust.refusedRecords)('is no record about a vouch: $why', ({ encoded, code }) => {
    expect(said(() => vouches.readVouchRecord(bytes(encoded)))).toBe(code)
  })

  it.each(trust.counting)('is a vouch that counts: $counts, $why', ({ encoded, networkKey, now, ...rest }) => {
    const about = { tag: vouches.communityTag(bytes(networkKey)), subject: bytes(rest.subject) }
    expect(vouches.counts(vouches.readVouch(bytes(encoded)), about, now)).toBe(rest.counts)
  })
})
