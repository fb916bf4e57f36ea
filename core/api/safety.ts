import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { authorView, languageTag, progress } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()
const done = z.object({})
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

/** Somebody whom the founder of a community asks to look after it. */
export const guardianView = z.object({
  communityId: id,
  /** Hex of the key that signs their notices. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  fingerprint,
  /** This person. */
  mine: z.boolean(),
  /** Whether this device shows their warnings and heeds their lists. */
  follows: z.boolean(),
})

/** Evidence that this person passes to a guardian, who answers nothing: whether they read it is not known. */
export const sentReportView = z.object({
  id,
  communityId: id,
  guardian: z.string(),
  /** The contact's pseudonym. */
  about: z.string(),
  /** Whether a persona stands for it. */
  signed: z.boolean(),
  createdAt: time,
  /** `sent`: it lies with the community's computers, for two weeks; `over`: it does not any more. */
  state: z.enum(['preparing', 'sent', 'failed', 'over']),
  progress: progress.nullable(),
})

/** Evidence that somebody passed to this person as a guardian. */
export const receivedReportView = z.object({
  id,
  communityId: id,
  about: z.string(),
  /** Who stands for it; null: nobody. */
  from: z.string().nullable(),
  receivedAt: time,
  opened: z.boolean(),
})

/** What a guardian who is followed says to everyone, or this person as one. */
export const noticeView = z.object({
  /** The guardian's own, not this vault's. */
  id,
  communityId: id,
  guardian: z.string(),
  guardianKey: guardianView.shape.key,
  mine: z.boolean(),
  madeAt: time,
  until: time,
  language: languageTag,
  words: z.string(),
  /** Personas whose offers are hidden. */
  blocked: z.array(authorView),
})

/** What the lists of followed guardians hide, and whose lists they are. */
const hiddenOnes = z.array(z.object({ id, guardians: z.array(z.string()).min(1) }))
/** Offers are known by their persona; introductions show none, and are known by their name alone. */
export const hiddenView = z.object({ offers: hiddenOnes, introductions: hiddenOnes })

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

  /** Of all communities. */
  guardians: by.output(z.array(guardianView)),
  /**
   * Saves evidence to be passed to a guardian, and begins to: only they can open it. Errors: as makeEvidence,
   * not-found (the guardian), wrong-state (as many as there may be are on their way).
   */
  report: by.input(evidenceWish.extend({ guardian: guardianView.shape.key })).output(sentReportView),
  /** Newest first. */
  sentReports: by.output(z.array(sentReportView)),
  /** A failed one. Errors: not-found, wrong-state. */
  retryReport: by.input(z.object({ reportId: id })).output(done),
  /** Takes it off the community's computers, as far as it is not read, and forgets it here. Errors: not-found. */
  takeBackReport: by.input(z.object({ reportId: id })).output(done),
  /** For a guardian, newest first. */
  receivedReports: by.output(z.array(receivedReportView)),
  /** Errors: not-found. */
  openReport: by
    .input(z.object({ reportId: id }))
    .output(z.object({ report: receivedReportView, bundle, evidence: evidenceView })),
  /** Here alone. Errors: not-found. */
  deleteReport: by.input(z.object({ reportId: id })).output(done),

  /** Newest first. Errors: not-found. */
  notices: by.input(z.object({ communityId: id })).output(z.array(noticeView)),
  hidden: by.input(z.object({ communityId: id })).output(hiddenView),
  /** Errors: not-found. */
  follow: by.input(z.object({ communityId: id, guardian: guardianView.shape.key, follows: z.boolean() })).output(done),
  /**
   * As a guardian: words, personas, or both. These are named by an offer of theirs, or by a report about them.
   * Errors: wrong-state (not a guardian, or as many as there may be), not-found, bad-input (nothing said, or a report
   * that does not show the persona's key), too-large.
   */
  publishNotice: by
    .input(
      z.object({
        communityId: id,
        language: languageTag,
        words: z.string().trim().max(limits.notices.words),
        days: z.number().int().min(1).max(limits.notices.days),
        blocked: z.array(z.object({ offerId: id }).or(z.object({ reportId: id }))).max(limits.notices.blocked),
      }),
    )
    .output(done),
  /** Errors: wrong-state, not-found. */
  withdrawNotice: by.input(z.object({ communityId: id, noticeId: id })).output(done),
}

export type EvidenceView = z.infer<typeof evidenceView>
export type GuardianView = z.infer<typeof guardianView>
export type NoticeView = z.infer<typeof noticeView>
export type HiddenView = z.infer<typeof hiddenView>
export type SentReportView = z.infer<typeof sentReportView>
export type ReceivedReportView = z.infer<typeof receivedReportView>
