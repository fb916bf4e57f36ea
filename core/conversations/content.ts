import { z } from 'zod'
import { limits } from '../api/limits.ts'
import { isReaction } from '../api/reaction.ts'
import { timers } from '../api/timers.ts'
import { utf8Length } from '../api/utf8-length.ts'
import { longestOffer } from '../files/offer.ts'
import { maxRecord } from './records.ts'

const counter = z.number().int().min(0).max(0xffff_ffff)

/** A message of the pair: whose, from its writer's view, and its index in that side's chain. */
const ref = z.strictObject({ own: z.boolean(), index: counter })

const text = z.string().refine((text) => text.length > 0 && utf8Length(text) <= limits.messageBytes)

/** Seconds, of a closed list: odd times would be a mark of their own. 0: messages stay. */
const timer = z.number().refine((seconds) => timers.includes(seconds))

/** What one side says to the other. PROTOCOL.md section "Messages". */
export const content = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text,
    /** The message that it answers. */
    reply: ref.optional(),
    /** Seconds after which it disappears. */
    timer: timer.refine((seconds) => seconds > 0).optional(),
  }),
  /** What is offered: PROTOCOL.md section "File offers". */
  z.strictObject({
    kind: z.literal('file'),
    offer: z.instanceof(Uint8Array).refine((offer) => offer.length > 0 && offer.length <= longestOffer),
    timer: timer.refine((seconds) => seconds > 0).optional(),
  }),
  z.strictObject({ kind: z.literal('reaction'), to: ref, emoji: z.string().refine(isReaction) }),
  /** Of the writer's own, within an hour. */
  z.strictObject({ kind: z.literal('edit'), index: counter, text }),
  z.strictObject({ kind: z.literal('delete'), index: counter }),
  /** How many of the other's items were seen by the person. */
  z.strictObject({ kind: z.literal('read'), count: counter }),
  z.strictObject({ kind: z.literal('timer'), seconds: timer }),
  /** What another part of the product keeps with the conversation: PROTOCOL.md section "Records". */
  z.strictObject({
    kind: z.literal('record'),
    of: z.string().regex(/^[a-z]{1,16}$/),
    body: z.instanceof(Uint8Array).refine((body) => body.length > 0 && body.length <= maxRecord),
  }),
  /** In the place of a message that was deleted before it could be sent anew. */
  z.strictObject({ kind: z.literal('gone') }),
  /** Asks the other to delete what both have, and to write no more. */
  z.strictObject({ kind: z.literal('end') }),
  /** It is done. */
  z.strictObject({ kind: z.literal('ended') }),
])

export type Content = z.infer<typeof content>
export type Ref = z.infer<typeof ref>

/** A person may take back or change what they wrote for so long, ms. */
export const changeable = 3_600_000
