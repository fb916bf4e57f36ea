import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { utf8Length } from '../api/utf8-length.ts'
import type { Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { Fault } from '../base/fault.ts'
import { bytesOf } from './roster.ts'

/** What libsignal encrypts is no longer than this. */
const maxBytes = limits.circle.text + 512

const text = z.string().refine((text) => text.length > 0 && utf8Length(text) <= limits.circle.text)
const title = z.string().refine((title) => title.length > 0 && title.length <= limits.title)

const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text }),
  /** Stays in the circle's list until its author withdraws it. Its links are text. */
  z.strictObject({
    kind: z.literal('resource'),
    title,
    text: text.refine((text) => utf8Length(text) <= limits.circle.resourceText),
  }),
  /** A resource of the author's own, by the id of its message. */
  z.strictObject({ kind: z.literal('withdraw'), of: bytesOf(16) }),
])

/** What one member says to all. PROTOCOL.md section "Circle messages". */
export type CircleContent = z.infer<typeof content>

/** Said once, whatever box it comes in. */
export type CircleMessage = CircleContent & {
  /** 16 random bytes: the same message in another epoch is no other one. */
  readonly id: Bytes
  /** By the author's clock, ms since 1970. */
  readonly at: number
}

const head = z.looseObject({
  v: z.literal(1),
  id: bytesOf(16),
  at: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
})
const anything = z.looseObject({ v: z.number().int() })
const kinds = new Set<unknown>(content.options.map(({ shape }) => shape.kind.value))

/** @throws Fault `message-too-long`, `bad-input` */
export function encodeCircleMessage({ id, at, ...said }: CircleMessage): Bytes {
  if ('text' in said && utf8Length(said.text) > limits.circle.text) {
    throw new Fault('message-too-long', 'A message to a circle longer than there may be')
  }
  if (!content.safeParse(said).success) throw new Fault('bad-input', 'A message that nobody could read')
  return encodeCbor({ v: 1, id, at, ...said })
}

/** @throws Fault `unknown-version` (also of a kind not known), `malformed`, `too-large` */
export function decodeCircleMessage(bytes: Uint8Array): CircleMessage {
  const message = decodeCbor(bytes, anything, maxBytes)
  if (message.v !== 1 || (typeof message['kind'] === 'string' && !kinds.has(message['kind']))) {
    throw new Fault('unknown-version', 'A message to a circle of a newer version')
  }
  const parsed = head.safeParse(message)
  // a key named __proto__ is counted in the map's head, and lost in the object
  if (!parsed.success || Object.keys(message).length !== (bytes[0] ?? 0) % 32) return malformed()
  const { v: _, id, at, ...said } = parsed.data
  const known = content.safeParse(said)
  return known.success ? { ...known.data, id, at } : malformed()
}

function malformed(): never {
  throw new Fault('malformed', 'A message to a circle of an unexpected shape')
}
