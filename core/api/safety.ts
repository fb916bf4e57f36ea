import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { authorView } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()
const by = oc.errors(errors)

/** Eight groups of four hexadecimal digits: what two people compare of a key. */
const fingerprint = z.string().regex(/^[0-9a-f]{4}( [0-9a-f]{4}){7}$/)
/** Somebody with a key. */
const keyHolder = authorView.extend({ fingerprint })
/** As bytes in base64url. */
const bundle = z
  .string()
  .min(1)
  .max(Math.ceil((limits.evidence.bytes * 4) / 3))
  .regex(/^[A-Za-z0-9_-]+$/)

/** What evidence shows, and what it proves. All texts are harmless to show. */
export const evidenceView = z.object({
  madeAt: time,
  communityName: z.string(),
  /** Whose signature stands under it, which was verified; null where nobody signed: then anybody may have written all of it. */
  exporter: keyHolder.extend({ mine: z.boolean() }).nullable(),
  contact: keyHolder.extend({
    /** `persona`: the key that signs their offers; `relationship`: a key that they have for this conversation alone. */
    keyOf: z.enum(['persona', 'relationship']),
  }),
  offerTitle: z.string(),
  begunAt: time,
  /** The contact's offer; `proven`: the signature of the contact's persona was verified. */
  offer: z
    .object({ proven: z.literal(true), pseudonym: z.string(), title: z.string(), text: z.string() })
    .or(z.object({ proven: z.literal(false) }))
    .nullable(),
  note: z.string(),
  messages: z.array(
    z.object({
      /** Whether whoever exported it wrote it. */
      own: z.boolean(),
      kind: z.enum(['text', 'file']),
      text: z.string(),
      sentAt: time,
      edited: z.boolean(),
      /** Something that was said before it was not chosen. */
      gap: z.boolean(),
    }),
  ),
})

/** Who signs it, of this person's personas in the community of the conversation; null: nobody. */
const signedBy = id.nullable()
const evidenceWish = z.object({
  conversationId: id,
  messageIds: z.array(id).min(1).max(limits.evidence.messages),
  personaId: signedBy,
  note: z.string().trim().max(limits.evidence.note),
})

export const safetyContract = {
  /**
   * Chosen messages of a conversation with what frames them, in one bundle. Nothing leaves the device.
   * Errors: not-found, bad-input (a message that is not there or says nothing, another's persona), too-large.
   */
  makeEvidence: by.input(evidenceWish).output(z.object({ bundle, evidence: evidenceView })),
  /** Verifies somebody's evidence. Errors: malformed, unknown-version, bad-signature. */
  openEvidence: by.input(z.object({ bundle })).output(evidenceView),
}

export type EvidenceView = z.infer<typeof evidenceView>
