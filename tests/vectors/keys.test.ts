import { createHash, createHmac, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keyVectors } from './make-keys.ts'

const hexText = z.string().regex(/^(?:[0-9a-f]{2})+$/)
const vectors = z
  .object({
    section: z.string(),
    epochs: z.array(z.object({ now: z.number(), epoch: z.number(), start: z.number() })),
    communitySecrets: z.array(hexText),
    boards: z.array(
      z.object({
        communitySecret: hexText,
        kind: z.enum(['offer', 'request']),
        topic: z.string(),
        topicSecret: hexText,
        epoch: z.number(),
        shard: z.number(),
        writeSeed: hexText,
        writePublic: hexText,
        readSeed: hexText,
        readPublic: hexText,
        bodyKey: hexText,
        place: hexText,
      }),
    ),
    weaves: z.array(
      z.object({ publicKey: hexText, threads: z.array(z.number()), motif: z.number(), cells: z.string() }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('keys.json', import.meta.url), 'utf8')))

/** RFC 5869 written out, so that a mistake in core's own use of HKDF shows. */
function hkdf(key: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  const extracted = createHmac('sha256', salt.length > 0 ? salt : Buffer.alloc(32))
    .update(key)
    .digest()
  let block = Buffer.alloc(0)
  let out = Buffer.alloc(0)
  for (let i = 1; out.length < length; i++) {
    block = createHmac('sha256', extracted).update(block).update(info).update(Buffer.of(i)).digest()
    out = Buffer.concat([out, block])
  }
  return out.subarray(0, length)
}

/** Ed25519 by OpenSSL, from a seed (RFC 8410). */
function publicKeyOf(seed: Buffer): Buffer {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const bytes = (text: string): Buffer => Buffer.from(text, 'hex')
const none = Buffer.alloc(0)

function u64(value: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigUInt64BE(BigInt(value))
  return out
}

describe('the vectors of keys', () => {
  it('are what their script writes', () => expect(vectors).toEqual(keyVectors()))

  it('count weeks from Monday', () => {
    for (const { now, epoch, start } of vectors.epochs) {
      expect(epoch).toBe(Math.max(0, Math.floor((Math.floor(now / 1000) - 345_600) / 604_800)))
      expect(new Date(start).toISOString()).toMatch(/T00:00:00.000Z$/)
      expect(new Date(start).getUTCDay()).toBe(1)
    }
  })

  it('follow from the specification, derived by other code', () => {
    const { communitySecrets, boards } = vectors
    for (const [i, secret] of communitySecrets.slice(1).entries()) {
      const before = bytes(communitySecrets[i] ?? '')
      expect(secret).toBe(hkdf(before, none, Buffer.from('staffetta/cs/1'), 32).toString('hex'))
    }
    for (const board of boards) {
      const id = Buffer.from(board.topic)
      const info = Buffer.concat([Buffer.of(board.kind === 'offer' ? 0 : 1, 0, id.length), id])
      const topic = hkdf(bytes(board.communitySecret), sha256(Buffer.from('staffetta/topic/1')), info, 32)
      expect(board.topicSecret).toBe(topic.toString('hex'))
      const boxInfo = Buffer.concat([Buffer.from('staffetta/box/1'), Buffer.of(board.shard)])
      const material = hkdf(topic, u64(board.epoch), boxInfo, 96)
      expect(board.writeSeed + board.readSeed + board.bodyKey).toBe(material.toString('hex'))
      const [write, read] = [publicKeyOf(material.subarray(0, 32)), publicKeyOf(material.subarray(32, 64))]
      expect([board.writePublic, board.readPublic]).toEqual([write.toString('hex'), read.toString('hex')])
      expect(board.place).toBe(sha256(Buffer.from('staffetta/place/1'), write, read).toString('hex'))
    }
    expect(new Set(boards.map(({ place }) => place)).size).toBe(boards.length)
  })
})
