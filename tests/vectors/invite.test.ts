import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex } from '../../core/base/bytes.ts'
import { decodeBody, encodeBody } from '../../core/community/link-body.ts'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import { faultOf } from '../support/faults.ts'
import { inviteVectors, jsonOf } from './make-invite.ts'

const vectors = z
  .object({
    section: z.string(),
    now: z.number(),
    accepted: z.array(
      z.object({ name: z.string(), link: z.record(z.string(), z.unknown()), bytes: z.string(), text: z.string() }),
    ),
    refused: z.array(z.object({ name: z.string(), text: z.string(), code: z.string() })),
  })
  .parse(JSON.parse(readFileSync(new URL('invite.json', import.meta.url), 'utf8')))

/** The bytes of an invite without nodes, put together by hand, without core's codec. */
function byHand(link: Record<string, unknown>): string {
  const invite = z
    .object({
      name: z.string(),
      networkKey: z.string(),
      epoch: z.number(),
      secret: z.string(),
      expiresAt: z.number(),
      founder: z.string(),
      charter: z.object({ version: z.number(), digest: z.string() }),
    })
    .parse(link)
  const numbers = Buffer.alloc(12)
  numbers.writeUInt32BE(invite.epoch)
  numbers.writeBigUInt64BE(BigInt(invite.expiresAt), 4)
  const name = Buffer.from(invite.name)
  const charterVersion = Buffer.alloc(4)
  charterVersion.writeUInt32BE(invite.charter.version)
  const body = Buffer.concat([
    Buffer.of(2, 1),
    Buffer.from(invite.networkKey, 'hex'),
    numbers.subarray(0, 4),
    Buffer.from(invite.secret, 'hex'),
    numbers.subarray(4),
    Buffer.from(invite.founder, 'hex'),
    charterVersion,
    Buffer.from(invite.charter.digest, 'hex'),
    Buffer.of(name.length),
    name,
    Buffer.of(0),
  ])
  const checksum = createHash('sha256').update('staffetta/link/1').update(body).digest().subarray(0, 8)
  return Buffer.concat([body, checksum]).toString('hex')
}

describe('the vectors of links', () => {
  it('are what their script writes', () => expect(vectors).toEqual(inviteVectors()))

  for (const { name, link, bytes, text } of vectors.accepted) {
    it(`read: ${name}`, () => {
      const read = decodeLink(text, vectors.now)
      expect(jsonOf(read)).toEqual(link)
      expect(encodeLink(read)).toBe(text)
      expect(jsonOf(decodeBody(fromHex(bytes)))).toEqual(link)
      expect(hex(encodeBody(read))).toBe(bytes)
    })
  }

  it('follow from the specification, put together by other code', () => {
    const plain = vectors.accepted.filter(({ link }) => link['kind'] === 'invite' && String(link['nodes']) === '')
    expect(plain.length).toBeGreaterThan(0)
    for (const { link, bytes } of plain) expect(byHand(link)).toBe(bytes)
  })

  for (const { name, text, code } of vectors.refused) {
    it(`refuse with ${code}: ${name}`, async () =>
      expect(await faultOf(() => decodeLink(text, vectors.now))).toBe(code))
  }
})
