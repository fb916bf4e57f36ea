import { z } from 'zod'
import { fromHex, hex, type Bytes } from '../../../core/base/bytes.ts'

/** What a far member is asked and answers, a line of JSON each; bytes are hex. */
const bytes = z.string().transform((text): Bytes => fromHex(text))

const key = z.object({ publicKey: bytes, secretKey: bytes })

const places = z.array(z.object({ writePublic: bytes, read: key, bodyKey: bytes, place: bytes }))

export const request = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('status') }),
  z.object({ ask: z.literal('store'), box: bytes }),
  z.object({ ask: z.literal('fetch'), places }),
  z.object({ ask: z.literal('occupancy'), places }),
  z.object({ ask: z.literal('delete'), place: bytes, author: key, sequence: z.coerce.bigint() }),
])
export type FarRequest = z.infer<typeof request>

export const answer = z.object({
  /** The code of the Fault that it ended with. */
  fault: z.string().optional(),
  nodesReached: z.number().optional(),
  counts: z.array(z.number()).optional(),
  boxes: z
    .array(
      z.object({ place: bytes, author: bytes, sequence: z.coerce.bigint(), expiryHours: z.number(), content: bytes }),
    )
    .optional(),
})
export type FarAnswer = z.infer<typeof answer>

export function toLine(value: FarRequest | FarAnswer): string {
  return JSON.stringify(value, (_, each: unknown) => {
    if (each instanceof Uint8Array) return hex(each)
    return typeof each === 'bigint' ? each.toString() : each
  })
}
