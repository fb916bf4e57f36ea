import { z } from 'zod'
import { ageBands, cardFields, wordFields } from './card-fields.ts'
import { limits } from './limits.ts'
import { plainLine, prose } from './texts.ts'

/** What a person may show of themselves beside a pseudonym, each for itself. Absent: not said. */
export const cardWords = z.object({
  pronouns: plainLine(limits.card.pronouns).optional(),
  age: z.enum(ageBands).optional(),
  /** In words as coarse as they like. */
  region: plainLine(limits.card.region).optional(),
  /** Another name to be called by. */
  name: plainLine(limits.card.name).optional(),
  words: prose(limits.card.words).optional(),
})

export const wordField = z.enum(wordFields)
export const cardField = z.enum(cardFields)

export const voiceType = z.enum(['audio/webm', 'audio/ogg', 'audio/mp4'])

/** A short voice greeting; `bytes` as base64url. */
export const voiceGreeting = z.object({
  mediaType: voiceType,
  bytes: z
    .string()
    .min(1)
    .max(Math.ceil((limits.card.voice * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/),
})

/** A card without the voice itself, which is asked for when it is played. */
export const cardView = z.object({ words: cardWords, hasVoice: z.boolean() })

export type CardWords = z.infer<typeof cardWords>
export type WordField = z.infer<typeof wordField>
export type CardField = z.infer<typeof cardField>
export type VoiceGreeting = z.infer<typeof voiceGreeting>
export type CardView = z.infer<typeof cardView>
