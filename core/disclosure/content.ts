import { z } from 'zod'
import { cardFields } from '../api/card-fields.ts'
import type { CardField } from '../api/card.ts'
import { limits } from '../api/limits.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { cardFromWire, cardToWire, cardWire, type Card } from '../personas/card.ts'

/** The body of a record of area `disclosure`: fields that are shown, anew or changed, or taken back. PROTOCOL.md section "Cards". */
export type Disclosure =
  | { readonly kind: 'show'; readonly card: Card }
  | { readonly kind: 'take-back'; readonly fields: readonly CardField[] }

const version = 1
const maxBody = limits.card.voice + 2048

const anyVersion = z.looseObject({ v: z.int() })
const shape = z.union([
  z.strictObject({ v: z.int(), s: cardWire.refine((card) => Object.keys(card).length > 0) }),
  z.strictObject({
    v: z.int(),
    b: z
      .array(
        z
          .int()
          .min(0)
          .max(cardFields.length - 1),
      )
      .min(1)
      .max(cardFields.length)
      .refine((numbers) => numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))),
  }),
])

/** @throws Fault `bad-input` where it could not be read again */
export function encodeDisclosure(disclosure: Disclosure): Bytes {
  const said =
    disclosure.kind === 'show'
      ? { v: version, s: cardToWire(disclosure.card) }
      : { v: version, b: disclosure.fields.map((field) => cardFields.indexOf(field)).toSorted((a, b) => a - b) }
  if (!shape.safeParse(said).success) throw new Fault('bad-input', 'This cannot be shown')
  return encodeCbor(said)
}

/** @throws Fault `too-large`, `malformed`, `unknown-version` */
export function decodeDisclosure(body: Uint8Array): Disclosure {
  if (decodeCbor(body, anyVersion, maxBody).v !== version) {
    throw new Fault('unknown-version', 'A disclosure of another version')
  }
  const said = decodeCbor(body, shape, maxBody)
  if ('s' in said) return { kind: 'show', card: cardFromWire(said.s) }
  return { kind: 'take-back', fields: cardFields.filter((_, number) => said.b.includes(number)) }
}
