import { z } from 'zod'
import { limits, pseudonym } from '../api/views.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { u64 } from '../base/bytes.ts'
import { pad, unpad } from '../crypto/pad.ts'
import { cardFromWire, cardToWire, cardWire, isEmptyCard, type Card } from '../personas/card.ts'
import { identityKeyLength } from '../ratchet/session.ts'

/** What lies sealed in an introduction's box. PROTOCOL.md section "Introductions". */
export interface Letter {
  /** The nonce of the Argon2id work. */
  readonly work: bigint
  /** 32 bytes: that the sender holds an invite token, or random ones that nobody can tell from it. */
  readonly mark: Bytes
  /** The sender's libsignal identity, 33 bytes, fresh for this relationship. */
  readonly identityKey: Bytes
  /** A PreKeySignalMessage. */
  readonly first: Bytes
}

/** What the sender says: the plaintext of the first message. */
export interface Greeting {
  readonly pseudonym: string
  readonly text: string
  /**
   * 32 bytes: the persona whose offer the sender answers. Else somebody could
   * put another's keys into an offer of their own, and sender and receiver
   * would each believe to talk with somebody else.
   */
  readonly to: Bytes
  /** 32 bytes: where the answer goes, and half of the conversation's root. */
  readonly rootA: Bytes
  /** What the sender chose to show of themselves, in words; the voice comes later, in the conversation. */
  readonly card?: Card
}

/** What the author of the offer answers: the plaintext of the acceptance. */
export interface Answer {
  readonly pseudonym: string
  /** 32 bytes: the other half. */
  readonly rootB: Bytes
}

/**
 * A greeting is padded to one of these, so that its size does not tell a short
 * one from a longer one, nor whether a card is shown: every member can see how
 * long what is sealed is. One less than a multiple of 16, as messages are; the
 * first is the longest whose box is of class 0, the second takes the longest text
 * with the longest card.
 */
export const greetingLengths = [2063, 5119] as const

/** A first message adds about 1,750 bytes. */
const maxFirst = 7 * 1024
const maxLetter = maxFirst + 256
const maxAnswer = 3 * limits.pseudonym.max + 128

/** Of an invite token's HMAC. */
export const markLength = 32

const version = 1
const anyVersion = z.looseObject({ v: z.int() })
const bytes = (length: number) => z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length === length)
/** As the contract has it, but not trimmed here: what would be written otherwise is refused. */
const exactly = (schema: z.ZodType<string>) =>
  z.string().refine((value) => {
    const result = schema.safeParse(value)
    return result.success && result.data === value && value.isWellFormed()
  })
const name = exactly(pseudonym)
const prose = exactly(z.string().trim().min(1).max(limits.introductionText))

const letterShape = z.strictObject({
  v: z.int(),
  w: bytes(8),
  t: bytes(markLength),
  i: bytes(identityKeyLength),
  f: z.instanceof(Uint8Array<ArrayBuffer>).refine((value) => value.length > 0 && value.length <= maxFirst),
})
const greetingShape = z.strictObject({
  v: z.int(),
  n: name,
  x: prose,
  p: bytes(32),
  r: bytes(32),
  c: cardWire
    .omit({ o: true })
    .strict()
    .refine((card) => Object.keys(card).length > 0)
    .optional(),
})
const answerShape = z.strictObject({ v: z.int(), n: name, r: bytes(32) })

export function encodeLetter({ work, mark, identityKey, first }: Letter): Bytes {
  return encodeCbor({ v: version, w: u64(work), t: mark, i: identityKey, f: first })
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeLetter(encoded: Uint8Array): Letter {
  const { w, t, i, f } = versioned(encoded, letterShape, maxLetter)
  return { work: new Reader(w).u64(), mark: t, identityKey: i, first: f }
}

/** @throws Fault `bad-input` where it could not be read again */
export function encodeGreeting({ pseudonym: n, text: x, to: p, rootA: r, card = {} }: Greeting): Bytes {
  const c = isEmptyCard(card) ? {} : { c: cardToWire(card) }
  const bytes = checked({ v: version, n, x, p, r, ...c }, greetingShape)
  return pad(bytes, greetingLength(bytes.length) ?? bytes.length)
}

/** @throws Fault `malformed`, `unknown-version` */
export function decodeGreeting(encoded: Uint8Array): Greeting {
  if (!greetingLengths.some((length) => encoded.length === length))
    throw new Fault('malformed', 'A greeting of no known length')
  const bytes = unpad(encoded)
  if (greetingLength(bytes.length) !== encoded.length)
    throw new Fault('malformed', 'A greeting padded further than needed')
  const { n, x, p, r, c } = versioned(bytes, greetingShape, encoded.length)
  return { pseudonym: n, text: x, to: p, rootA: r, ...(c === undefined ? {} : { card: cardFromWire(c) }) }
}

function greetingLength(length: number): number | undefined {
  return greetingLengths.find((padded) => length < padded)
}

/** @throws Fault `bad-input` where it could not be read again */
export function encodeAnswer({ pseudonym: n, rootB: r }: Answer): Bytes {
  return checked({ v: version, n, r }, answerShape)
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeAnswer(encoded: Uint8Array): Answer {
  const { n, r } = versioned(encoded, answerShape, maxAnswer)
  return { pseudonym: n, rootB: r }
}

function checked(value: unknown, shape: z.ZodType): Bytes {
  if (!shape.safeParse(value).success) throw new Fault('bad-input', 'This cannot be put into an introduction')
  return encodeCbor(value)
}

function versioned<Shape extends z.ZodType>(encoded: Uint8Array, shape: Shape, maxBytes: number): z.output<Shape> {
  if (decodeCbor(encoded, anyVersion, maxBytes).v !== version) {
    throw new Fault('unknown-version', 'An introduction of another version')
  }
  return decodeCbor(encoded, shape, maxBytes)
}
