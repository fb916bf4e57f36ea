import { z } from 'zod'
import { limits } from '../api/views.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { pad, unpad } from '../crypto/pad.ts'

/**
 * What libsignal encrypts is one of these lengths. One less than a multiple of
 * 16, because its AES-CBC adds at least one byte. The first is for a line of
 * chat (130 bytes of text), the third is the longest that still fits a box of
 * class 0, the last takes the longest text in any script.
 */
export const plaintextLengths = [175, 1023, 3839, 12287] as const

const counter = z.number().int().min(0).max(0xffff_ffff)

const textMessage = z.strictObject({
  v: z.literal(1),
  kind: z.literal('text'),
  // in UTF-16 units, as it is written: zod counts a pair of them once
  text: z.string().refine((text) => text.length > 0 && text.length <= limits.messageText),
  /** When it was written, ms since 1970, by the writer's clock. */
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** How many messages of the other were saved without a gap. */
  ack: counter,
})

const anyMessage = z.looseObject({ v: z.number().int(), kind: z.string().optional() })

export interface TextMessage {
  readonly kind: 'text'
  readonly text: string
  readonly at: number
  readonly ack: number
}

/** @throws Fault `message-too-long`, `bad-input` where the text is empty */
export function encodeMessage({ kind, text, at, ack }: TextMessage): Bytes {
  if (text.length > limits.messageText) throw new Fault('message-too-long', 'A message longer than the limit')
  if (text.length === 0) throw new Fault('bad-input', 'A message without text')
  const bytes = encodeCbor({ v: 1, kind, text: text.toWellFormed(), at, ack })
  const length = plaintextLengths.find((length) => bytes.length < length)
  if (length === undefined) throw new Fault('message-too-long', 'A message longer than any size class')
  return pad(bytes, length)
}

/**
 * Decodes what libsignal gave back.
 *
 * @throws Fault `unknown-version` where a newer version wrote it (also a kind
 *   that this version does not know), `malformed`, `too-large`
 */
export function decodeMessage(padded: Uint8Array): TextMessage {
  const length = plaintextLengths.find((length) => padded.length === length)
  if (length === undefined) throw new Fault('malformed', 'A message of no known length')
  const bytes = unpad(padded)
  if (plaintextLengths.find((length) => bytes.length < length) !== length) {
    throw new Fault('malformed', 'A message padded further than needed')
  }
  const message = decodeCbor(bytes, anyMessage, length)
  if (message.v !== 1 || (message.kind !== undefined && message.kind !== 'text')) {
    throw new Fault('unknown-version', 'A message of a newer version')
  }
  // from the bytes again: a loose object has lost a key named __proto__
  const { kind, text, at, ack } = decodeCbor(bytes, textMessage, length)
  return { kind, text, at, ack }
}
