import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { signingKey } from '../../core/crypto/sign.ts'
import { decodeDisclosure, encodeDisclosure } from '../../core/disclosure/content.ts'
import { decodeGreeting, encodeGreeting, type Greeting } from '../../core/introductions/content.ts'
import { decodeVouchRecord, encodeVouchRecord, isProven, keyProof } from '../../core/vouches/content.ts'
import {
  communityTag,
  decodeVouch,
  encodeVouch,
  isCurrent,
  isGenuine,
  maxVouch,
  signVouch,
} from '../../core/vouches/vouch.ts'
import { trustVectors } from './make-trust.ts'
import vectors from './trust.json' with { type: 'json' }

const community = fromHex(vectors.community)
const voucher = signingKey(fromHex(vectors.voucherSeed))
const subject = signingKey(fromHex(vectors.subjectSeed))
const about = { community, subject: subject.publicKey }
/** When a month begins. */
const inMonth = (month: number): number => Date.UTC(1970, month, 15)

it('the vectors are what their script writes', () => {
  expect(JSON.parse(JSON.stringify(trustVectors))).toEqual(vectors)
})

it('the tag of a community', () => {
  expect(hex(communityTag(fromHex(vectors.networkKey)))).toBe(vectors.community)
})

describe('a vouch', () => {
  it.each(vectors.vouches)(
    'for $topic is signed, decoded, verified and encoded the same',
    ({ topic, month, encoded }) => {
      expect(hex(signVouch(voucher, { ...about, topic, now: inMonth(month) }))).toBe(encoded)
      const vouch = decodeVouch(fromHex(encoded))
      expect(vouch).toMatchObject({ topic, month, voucher: voucher.publicKey })
      expect(isGenuine(vouch, about)).toBe(true)
      expect(hex(encodeVouch(vouch))).toBe(encoded)
      expect(encoded.length / 2).toBeLessThanOrEqual(maxVouch)
    },
  )

  it.each(vectors.refusedVouches)('with $why is refused', ({ encoded, code }) => {
    expect(() => decodeVouch(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })

  it.each(vectors.counting)('$why counts: $counts', ({ networkKey, encoded, now, ...said }) => {
    const vouch = decodeVouch(fromHex(encoded))
    const where = { community: communityTag(fromHex(networkKey)), subject: fromHex(said.subject) }
    expect(isCurrent(vouch, now) && isGenuine(vouch, where)).toBe(said.counts)
  })
})

describe('a record about a vouch', () => {
  it.each(vectors.records)('$kind is decoded, and encoded the same', ({ encoded, mentor, ...said }) => {
    const record = decodeVouchRecord(fromHex(encoded))
    const plain = Object.entries(record).map(([key, value]) => [key, value instanceof Uint8Array ? hex(value) : value])
    expect(Object.fromEntries(plain)).toEqual(said)
    expect(hex(encodeVouchRecord(record))).toBe(encoded)
    if (record.kind !== 'ask' && record.kind !== 'give') return
    const owner = record.kind === 'ask' ? subject : voucher
    const pairing = { community, mentorKey: fromHex(mentor ?? '') }
    expect(keyProof(owner, pairing)).toEqual(record.proof)
    expect(isProven(owner.publicKey, record.proof, pairing)).toBe(true)
    const elsewhere = { community, mentorKey: fromHex(vectors.greetings[0]?.to ?? '') }
    expect(isProven(owner.publicKey, record.proof, elsewhere)).toBe(false)
  })

  it.each(vectors.refusedRecords)('that is $why is refused', ({ encoded, code }) => {
    expect(() => decodeVouchRecord(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})

describe('a greeting', () => {
  it.each(vectors.greetings)('of $pseudonym is decoded, and encoded the same', ({ to, rootA, encoded, ...said }) => {
    const words = said as Pick<Greeting, 'pseudonym' | 'text' | 'card'>
    const greeting = { ...words, to: fromHex(to), rootA: fromHex(rootA) }
    expect(decodeGreeting(fromHex(encoded))).toEqual(greeting)
    expect(hex(encodeGreeting(greeting))).toBe(encoded)
  })

  it.each(vectors.refusedGreetings)('$why is refused', ({ encoded, code }) => {
    expect(() => decodeGreeting(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})

describe('a disclosure', () => {
  it.each(vectors.disclosures)('$kind is decoded, and encoded the same', ({ encoded, ...said }) => {
    const disclosure = decodeDisclosure(fromHex(encoded))
    expect(JSON.parse(JSON.stringify(disclosure, bytesAsHex))).toEqual(said)
    expect(hex(encodeDisclosure(disclosure))).toBe(encoded)
  })

  it.each(vectors.refusedDisclosures)('that is $why is refused', ({ encoded, code }) => {
    expect(() => decodeDisclosure(fromHex(encoded))).toThrow(expect.objectContaining({ code }))
  })
})

function bytesAsHex(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? hex(value) : value
}
