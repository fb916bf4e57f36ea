import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keyVectors } from './make-keys.ts'
import * as second from './second.ts'

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

const bytes = (text: string): Buffer => Buffer.from(text, 'hex')

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
      expect(secret).toBe(second.nextCommunitySecret(bytes(communitySecrets[i] ?? '')).toString('hex'))
    }
    for (const { communitySecret, ...board } of boards) {
      const secret = bytes(communitySecret)
      expect(board.topicSecret).toBe(second.topicSecret(secret, board).toString('hex'))
      expect(board.writeSeed + board.readSeed + board.bodyKey).toBe(second.boardMaterial(secret, board).toString('hex'))
      const { write, read, place } = second.boardPlace(secret, board)
      expect([board.writePublic, board.readPublic]).toEqual([write.pub.toString('hex'), read.pub.toString('hex')])
      expect(board.place).toBe(place.toString('hex'))
    }
    expect(new Set(boards.map(({ place }) => place)).size).toBe(boards.length)
  })
})
