import { z } from 'zod'
import { maxRequestLength } from '../../core/api/doors.ts'

const id = z.string().regex(/^[0-9a-z]{1,16}$/)

/**
 * All that a page ever says: call a procedure with JSON, or abort a call.
 *
 * oRPC's wire format knows more (headers, methods, blobs, streams from the page).
 * The contract uses none of it, so it is refused before oRPC's decoders see it.
 */
const request = z.strictObject({
  i: id,
  p: z.strictObject({
    u: z
      .string()
      .max(64)
      .regex(/^(\/[A-Za-z]+)+$/),
    // meta is refused later, with an answer: see serve.ts
    b: z.strictObject({ json: z.unknown().optional(), meta: z.unknown().optional() }).optional(),
  }),
})
const abort = z.strictObject({ i: id, t: z.literal(4) })
const message = z.union([request, abort])

/** Whether `text` may go on to oRPC. Bounded work; never throws. */
export function isRequest(text: string): boolean {
  if (text.length > maxRequestLength) return false
  try {
    return message.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}
