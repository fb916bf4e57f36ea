import { readFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fromHex, hex, type Bytes } from '../../core/base/bytes.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../core/conversations/channel/frames.ts'
import { Initiator, Responder } from '../../core/conversations/channel/handshake.ts'
import { decodeItem, encodeItem } from '../../core/conversations/item.ts'
import { decodeMessage, encodeItems, encodeMessage, joinParts } from '../../core/conversations/plaintext.ts'
import { decodePresence, encodePresence } from '../../core/conversations/presence-content.ts'
import { faultOf } from '../support/faults.ts'

const text = z.string()
const refused = z.array(z.object({ why: text, code: text, encoded: text }))
const presence = z.object({
  at: z.number(),
  addresses: z.array(text),
  ack: z.number(),
  direct: z.boolean(),
  encoded: text,
})
const vectors = z
  .object({
    messages: z.array(
      z.looseObject({
        kind: text,
        at: z.number(),
        ack: z.number(),
        body: text.transform(fromHex).optional(),
        encoded: text,
      }),
    ),
    inParts: z.object({
      kind: z.literal('text'),
      text,
      reply: z.object({ own: z.boolean(), index: z.number() }),
      at: z.number(),
      ack: z.number(),
      encoded: z.array(text),
    }),
    refusedMessages: refused,
    presences: z.array(presence),
    refusedPresences: refused,
    items: z.array(z.object({ ciphertext: text, encoded: text })),
    frames: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('item'), index: z.number(), ciphertext: text, encoded: text }),
        z.object({ kind: z.literal('ack'), count: z.number(), encoded: text }),
        z.object({ kind: z.literal('consent'), direct: z.boolean(), encoded: text }),
      ]),
    ),
    handshakes: z.array(
      z.object({
        direction: z.union([z.literal(0), z.literal(1)]),
        channelKey: text,
        initiator: text,
        responder: text,
        nonceI: text,
        nonceR: text,
        tag: text,
        proofR: text,
        proofI: text,
        hello: text,
        answer: text,
        confirm: text,
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('conversation.json', import.meta.url), 'utf8')))

describe('a message', () => {
  it.each(vectors.messages)('is written and read as the specification says: $kind', ({ encoded, ...said }) => {
    const message = decodeMessage(fromHex(encoded))
    expect(message).toEqual(said)
    expect(hex(encodeMessage(message))).toBe(encoded)
  })

  it('of more than one item is cut and joined as the specification says', () => {
    const { encoded, at, ack, ...said } = vectors.inParts
    expect(encodeItems(said, { at, ack }).map(hex)).toEqual(encoded)
    const parts = encoded.map((part) => decodeMessage(fromHex(part)))
    expect(parts.length).toBeGreaterThan(2)
    expect(joinParts(parts.map((part) => (part.kind === 'part' ? part.bytes : new Uint8Array())))).toEqual(said)
  })

  it.each(vectors.refusedMessages)('is refused: $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodeMessage(fromHex(encoded)))).toBe(code)
  })
})

describe('presence', () => {
  it.each(vectors.presences)('is written and read as the specification says: $ack', ({ encoded, ...told }) => {
    expect(hex(encodePresence(told))).toBe(encoded)
    expect(decodePresence(fromHex(encoded))).toEqual(told)
  })

  it.each(vectors.refusedPresences)('is refused: $why', async ({ code, encoded }) => {
    expect(await faultOf(() => decodePresence(fromHex(encoded)))).toBe(code)
  })
})

it.each(vectors.items)('what a mailbox box holds', ({ ciphertext, encoded }) => {
  expect(hex(encodeItem(fromHex(ciphertext)))).toBe(encoded)
  expect(hex(decodeItem(fromHex(encoded)))).toBe(ciphertext)
})

it.each(vectors.frames)('a frame of the channel: $kind', ({ encoded, ...fields }) => {
  const frame: Frame = fields.kind === 'item' ? { ...fields, ciphertext: fromHex(fields.ciphertext) } : fields
  expect(hex(encodeFrame(frame))).toBe(encoded)
  expect(decodeFrame(fromHex(encoded))).toEqual(frame)
})

describe.each(vectors.handshakes)('the handshake of a channel in direction $direction', (vector) => {
  const ends = { initiator: fromHex(vector.initiator), responder: fromHex(vector.responder) }
  const secret = { channelKey: fromHex(vector.channelKey), initiatorWrites: vector.direction }
  const frames: Record<string, Frame> = {
    hello: { kind: 'hello', nonce: fromHex(vector.nonceI), tag: fromHex(vector.tag) },
    answer: { kind: 'answer', nonce: fromHex(vector.nonceR), proof: fromHex(vector.proofR) },
    confirm: { kind: 'confirm', proof: fromHex(vector.proofI) },
  }

  it.each(['hello', 'answer', 'confirm'] as const)('has the frame %s', (name) => {
    expect(hex(encodeFrame(frames[name] as Frame))).toBe(vector[name])
    expect(decodeFrame(fromHex(vector[name]))).toEqual(frames[name])
  })

  it('is found by its tag, and by no other', () => {
    const hello = decodeFrame(fromHex(vector.hello))
    const other = { ...secret, initiatorWrites: vector.direction === 0 ? (1 as const) : (0 as const) }
    expect(Responder.find(hello, ends, [other, secret])?.known).toBe(secret)
    expect(Responder.find(hello, ends, [other])).toBeUndefined()
    expect(Responder.find(hello, { initiator: ends.responder, responder: ends.initiator }, [secret])).toBeUndefined()
  })

  // nonces are drawn inside: here both sides speak with the specification's own words
  const bound = Buffer.concat([Buffer.of(0, 38), ends.initiator, Buffer.of(0, 38), ends.responder])
  const proof = (label: string, ...nonces: Bytes[]): Bytes => {
    const mac = createHmac('sha256', secret.channelKey).update(label).update(Buffer.of(vector.direction))
    return new Uint8Array(mac.update(Buffer.concat([...nonces, bound])).digest())
  }

  it('is answered and confirmed as the specification says', async () => {
    const nonceI = fromHex(vector.nonceI)
    const responder = Responder.find(decodeFrame(fromHex(vector.hello)), ends, [secret])
    if (responder?.answer.kind !== 'answer') throw new Error('no answer')
    const { nonce: nonceR } = responder.answer
    expect(responder.answer.proof).toEqual(proof('staffetta/channel/answer/1', nonceI, nonceR))
    responder.check({ kind: 'confirm', proof: proof('staffetta/channel/confirm/1', nonceI, nonceR) })
    expect(await faultOf(() => responder.check(decodeFrame(fromHex(vector.confirm))))).toBe('bad-signature')
  })

  it('is begun and confirmed as the specification says', () => {
    const initiator = new Initiator(secret, ends)
    if (initiator.hello.kind !== 'hello') throw new Error('no hello')
    const { nonce: nonceI, tag } = initiator.hello
    expect(tag).toEqual(proof('staffetta/channel/hello/1', nonceI))
    const nonceR = fromHex(vector.nonceR)
    const answer: Frame = { kind: 'answer', nonce: nonceR, proof: proof('staffetta/channel/answer/1', nonceI, nonceR) }
    expect(initiator.confirm(answer)).toEqual({
      kind: 'confirm',
      proof: proof('staffetta/channel/confirm/1', nonceI, nonceR),
    })
  })
})
