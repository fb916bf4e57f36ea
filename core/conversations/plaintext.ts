import { z } from 'zod'
import { concat, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { pad, unpad } from '../crypto/pad.ts'
import { content, type Content } from './content.ts'

/**
 * What libsignal encrypts is one of these lengths. One less than a multiple of
 * 16, because its AES-CBC adds at least one byte. The first is for a line of
 * chat (130 bytes of text), the third is the longest that still fits a box of
 * class 0, the last is the longest that fits any box.
 */
export const plaintextLengths = [175, 1023, 3839, 12287] as const

/** Content bytes of every part of a long message but the last. */
export const partLength = 12_000
/** The longest text, what it answers, and the rest of its fields take no more. */
export const maxParts = 6

const counter = z.number().int().min(0).max(0xffff_ffff)

const head = {
  v: z.literal(1),
  /** When it was written, ms since 1970, by the writer's clock. */
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** How many items of the other were saved without a gap. */
  ack: counter,
}

const part = z.strictObject({
  kind: z.literal('part'),
  nth: z.number().int().min(0),
  of: z.number().int().min(2).max(maxParts),
  bytes: z.instanceof(Uint8Array),
})

const anything = z.looseObject({ v: z.number().int() })
const headed = z.looseObject(head)
const kinds = new Set<unknown>(['part', ...content.options.map(({ shape }) => shape.kind.value)])

/** A piece of a message that is too long for one item. All pieces follow each other in the chain. */
export interface Part {
  readonly kind: 'part'
  readonly nth: number
  readonly of: number
  readonly bytes: Uint8Array
}

/** One item, in clear. */
export type Message = (Content | Part) & { readonly at: number; readonly ack: number }

/** @throws Fault `message-too-long` where it does not fit one item, `bad-input` where it could not be decoded again */
export function encodeMessage(message: Message): Bytes {
  const { at, ack, ...said } = message
  const parsed = (said.kind === 'part' ? part : content).safeParse(said)
  if (!parsed.success) throw new Fault('bad-input', 'A message that nobody could read')
  const bytes = encodeCbor({ v: 1, at, ack, ...said })
  const length = plaintextLengths.find((length) => bytes.length < length)
  if (length === undefined) throw new Fault('message-too-long', 'A message longer than any size class')
  return pad(bytes, length)
}

/**
 * As many items as it takes, to be sent one after the other.
 *
 * @throws Fault as `encodeMessage`
 */
export function encodeItems(said: Content, { at, ack }: { readonly at: number; readonly ack: number }): Bytes[] {
  // what is short is the most frequent by far, and is not encoded twice
  const short = roughLength(said) < partLength / 2
  const body = short ? new Uint8Array() : encodeCbor(said)
  if (body.length <= partLength) return [encodeMessage({ ...said, at, ack })]
  if (!content.safeParse(said).success) throw new Fault('bad-input', 'A message that nobody could read')
  const of = Math.ceil(body.length / partLength)
  if (of > maxParts) throw new Fault('message-too-long', 'A message longer than all parts')
  return Array.from({ length: of }, (_, nth) =>
    encodeMessage({ kind: 'part', nth, of, bytes: body.subarray(nth * partLength, (nth + 1) * partLength), at, ack }),
  )
}

/** At least so many bytes are words or a body of a record. The rest of a message is short. */
function roughLength(said: Content): number {
  if ('text' in said) return 3 * said.text.length
  return said.kind === 'record' ? said.body.length : 0
}

/**
 * Decodes what libsignal gave back.
 *
 * @throws Fault `unknown-version` where a newer version wrote it (also a kind
 *   that this version does not know), `malformed`, `too-large`
 */
export function decodeMessage(padded: Uint8Array): Message {
  const length = plaintextLengths.find((length) => padded.length === length)
  if (length === undefined) throw new Fault('malformed', 'A message of no known length')
  const bytes = unpad(padded)
  if (plaintextLengths.find((length) => bytes.length < length) !== length) {
    throw new Fault('malformed', 'A message padded further than needed')
  }
  const message = decodeCbor(bytes, anything, length)
  if (message.v !== 1 || (typeof message['kind'] === 'string' && !kinds.has(message['kind']))) {
    throw new Fault('unknown-version', 'A message of a newer version')
  }
  const parsed = headed.safeParse(message)
  // a key named __proto__ is counted in the map's head, and lost in the object
  if (!parsed.success || Object.keys(message).length !== (bytes[0] ?? 0) % 32) return malformed()
  const { v: _, at, ack, ...said } = parsed.data
  return { ...decodedPart(said), at, ack }
}

function decodedPart(said: object): Content | Part {
  const parsed = part.safeParse(said)
  if (!parsed.success) return decoded(said)
  const { nth, of, bytes } = parsed.data
  const full = nth < of - 1
  if (nth >= of || bytes.length > partLength || bytes.length === 0 || (full && bytes.length < partLength)) malformed()
  return parsed.data
}

function decoded(said: object): Content {
  const parsed = content.safeParse(said)
  if (!parsed.success) return malformed()
  return parsed.data
}

/** Parts, all of them and in order, put together. @throws Fault `malformed` */
export function joinParts(parts: readonly Uint8Array[]): Content {
  const bytes = concat(...parts)
  // what fits one item is sent as one
  if (bytes.length <= partLength) malformed()
  return decodeCbor(bytes, content, maxParts * partLength)
}

function malformed(): never {
  throw new Fault('malformed', 'A message of an unexpected shape')
}
