import { z } from 'zod'
import { ageBands, cardFields } from '../api/card-fields.ts'
import { cardWords, voiceType, type CardField, type CardWords } from '../api/card.ts'
import { limits } from '../api/limits.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'

export interface Voice {
  readonly mediaType: (typeof voiceTypes)[number]
  /** As it was recorded, 1 to 49,152 bytes: nothing here looks into it. */
  readonly bytes: Uint8Array
}

/** What a person shows of themselves, field by field. PROTOCOL.md section "Cards". */
export interface Card extends CardWords {
  readonly voice?: Voice | undefined
}

const voiceTypes = voiceType.options

/** As the contract has it, but not trimmed here: what would be written otherwise is refused. */
const exactly = <Shape extends z.ZodType<string | undefined>>(schema: Shape) =>
  z
    .string()
    .refine((value) => {
      const result = schema.safeParse(value)
      return result.success && result.data === value && value.isWellFormed()
    })
    .optional()
const oneOf = (list: readonly unknown[]) =>
  z
    .int()
    .min(0)
    .max(list.length - 1)

const { pronouns, region, name, words } = cardWords.shape

/** The map on the wire, as a part of what carries it. */
export const cardWire = z.strictObject({
  p: exactly(pronouns),
  a: oneOf(ageBands).optional(),
  r: exactly(region),
  n: exactly(name),
  w: exactly(words),
  o: z
    .strictObject({
      t: oneOf(voiceTypes),
      b: z.instanceof(Uint8Array<ArrayBuffer>).refine(({ length }) => length > 0 && length <= limits.card.voice),
    })
    .optional(),
})
export type CardWire = z.infer<typeof cardWire>

/** Of the longest of all fields. */
const maxCard = limits.card.voice + 2048

export function isEmptyCard(card: Card): boolean {
  return cardFields.every((field) => card[field] === undefined)
}

/** Without what is not said: CBOR has no place for it. */
export function cardToWire({ pronouns: p, age, region: r, name: n, words: w, voice }: Card): CardWire {
  const wire: CardWire = {
    p,
    a: age === undefined ? undefined : ageBands.indexOf(age),
    r,
    n,
    w,
    o: voice === undefined ? undefined : { t: voiceTypes.indexOf(voice.mediaType), b: new Uint8Array(voice.bytes) },
  }
  return Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined))
}

export function cardFromWire({ p, a, r, n, w, o }: CardWire): Card {
  const mediaType = o === undefined ? undefined : voiceTypes[o.t]
  const card: Card = {
    pronouns: p,
    age: a === undefined ? undefined : ageBands[a],
    region: r,
    name: n,
    words: w,
    voice: o === undefined || mediaType === undefined ? undefined : { mediaType, bytes: o.b },
  }
  return pick(card, cardFields)
}

/** Only these fields of a card, where they are said. */
export function pick(card: Card, fields: readonly CardField[]): Card {
  return Object.fromEntries(
    cardFields.flatMap((field) =>
      fields.includes(field) && card[field] !== undefined ? [[field, card[field]] as const] : [],
    ),
  )
}

/** @throws Fault `bad-input` where it could not be read again */
export function encodeCard(card: Card): Bytes {
  const wire = cardToWire(card)
  if (!cardWire.safeParse(wire).success) throw new Fault('bad-input', 'This cannot stand on a card')
  return encodeCbor(wire)
}

/** @throws Fault `too-large`, `malformed` */
export function decodeCard(encoded: Uint8Array): Card {
  return cardFromWire(decodeCbor(encoded, cardWire, maxCard))
}

/** As it is shown: what others wrote, and nothing in it that deceives. What nothing is left of is not said. */
export function harmlessCard({ pronouns, age, region, name, words }: CardWords): CardWords {
  const line = (text: string | undefined): string | undefined => (text && harmlessLine(text)) || undefined
  const shown = {
    pronouns: line(pronouns),
    age,
    region: line(region),
    name: line(name),
    words: (words && harmlessText(words)) || undefined,
  }
  return pick(shown, cardFields)
}
