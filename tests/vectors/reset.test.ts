import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { mailboxAt, type Direction } from '../../core/conversations/chain.ts'
import { resetProof } from '../../core/conversations/reset-rules.ts'
import { decodeSafetyCode, encodeSafetyCode, safetyName } from '../../core/conversations/security.ts'
import { isMirrored, safetyNumber } from '../../core/ratchet/fingerprint.ts'
import { decodePresence, encodePresence } from '../../core/conversations/presence-content.ts'
import { decodeFrame, encodeFrame } from '../../core/conversations/channel/frames.ts'
import { decodeResetRecord, encodeResetRecord, type ResetRecord } from '../../core/ratchet/reset-record.ts'
import { faultOf } from '../support/faults.ts'

const text = z.string()
const bytes = text.transform((value) => fromHex(value))
const attempt = z.number()
const refused = z.array(z.object({ why: text, code: text, encoded: text }))
const vectors = z
  .object({
    records: z.array(
      z.discriminatedUnion('step', [
        z.object({ step: z.literal('ask'), attempt, bundle: bytes, encoded: text }),
        z.object({ step: z.literal('answer'), attempt, identityKey: bytes, first: bytes, encoded: text }),
        z.object({ step: z.literal('confirm'), attempt, ciphertext: bytes, encoded: text }),
      ]),
    ),
    refused,
    channelKey: bytes,
    proofs: z.array(z.object({ step: z.enum(['answer', 'confirm']), direction: z.number(), attempt, proof: text })),
    safety: z.object({
      keys: z.tuple([bytes, bytes]),
      names: z.tuple([text, text]),
      digits: text,
      codes: z.tuple([text, text]),
    }),
    chainKey: bytes,
    generations: z.array(z.object({ generation: z.number(), key: bytes })),
    presences: z.array(z.object({ keys: z.number(), reset: bytes.optional(), encoded: text })),
    refusedPresences: refused,
    frames: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('keys'), generation: z.number(), encoded: text }),
        z.object({ kind: z.literal('reset'), record: bytes, encoded: text }),
      ]),
    ),
    refusedFrames: refused,
  })
  .parse(JSON.parse(readFileSync(new URL('reset.json', import.meta.url), 'utf8')))

describe('records of a session reset', () => {
  it.each(vectors.records)('$step $attempt', ({ encoded, ...record }) => {
    expect(hex(encodeResetRecord(record satisfies ResetRecord))).toBe(encoded)
    expect(decodeResetRecord(fromHex(encoded))).toEqual(record)
  })

  it.each(vectors.refused)('refuse $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodeResetRecord(fromHex(encoded)))).toBe(code)
  })

  it.each(vectors.proofs)('prove that a $step of direction $direction is for this conversation', (vector) => {
    const { step, direction, attempt, proof } = vector
    expect(hex(resetProof(vectors.channelKey, step, direction as Direction, attempt))).toBe(proof)
  })
})

it.each(vectors.generations)('generation $generation has mailbox places of its own', ({ generation, key }) => {
  // the places of the derived key, as mailbox.json pins them
  expect(mailboxAt(vectors.chainKey, generation)).toEqual(mailboxAt(key))
  expect(mailboxAt(vectors.chainKey, generation)).not.toEqual(mailboxAt(vectors.chainKey))
})

describe('the safety number', () => {
  const { keys, names, digits, codes } = vectors.safety
  const end = (direction: Direction) => ({
    name: safetyName(vectors.channelKey, direction),
    identityKey: keys[direction],
  })

  it('is 60 digits of both ends', () => {
    expect([hex(end(0).name), hex(end(1).name)]).toEqual(names)
    for (const [own, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const number = safetyNumber(end(own), end(other))
      expect(number.digits).toBe(digits)
      expect(encodeSafetyCode(number.scannable)).toBe(codes[own])
      expect(isMirrored(number.scannable, decodeSafetyCode(codes[other].toUpperCase()))).toBe(true)
    }
  })
})

describe('a presence with keys', () => {
  it.each(vectors.presences)('of generation $keys', ({ encoded, ...fields }) => {
    const presence = { at: 1_795_003_200_000, addresses: [], ack: 7, direct: false, ...fields }
    expect(hex(encodePresence(presence))).toBe(encoded)
    expect(decodePresence(fromHex(encoded))).toEqual(presence)
  })

  it.each(vectors.refusedPresences)('refuses $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodePresence(fromHex(encoded)))).toBe(code)
  })

  it('leaves addresses out that do not fit beside a reset', () => {
    const reset = vectors.presences[1]?.reset ?? new Uint8Array(1)
    const addresses = Array.from({ length: 8 }, (_, nth) => `${nth}`.repeat(384))
    const presence = { at: 1, addresses, ack: 0, direct: false, keys: 1, reset }
    const encoded = encodePresence(presence)
    expect(encoded.length).toBeLessThanOrEqual(4000)
    expect(decodePresence(encoded)).toEqual({ ...presence, addresses: addresses.slice(0, 5) })
  })
})

describe('channel frames', () => {
  it.each(vectors.frames)('of $kind', ({ encoded, ...frame }) => {
    expect(hex(encodeFrame(frame))).toBe(encoded)
    expect(decodeFrame(fromHex(encoded))).toEqual(frame)
  })

  it.each(vectors.refusedFrames)('refuse $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodeFrame(fromHex(encoded)))).toBe(code)
  })
})
