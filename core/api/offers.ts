import { oc } from '@orpc/contract'
import { z } from 'zod'
import { blocksOfWeek } from './availability.ts'
import { errors } from './errors.ts'
import { anyLine, authorView, languageTag, limits, plainLine, progress, topicId } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()

export const offerKind = z.enum(['offer', 'request'])
export const offerLevel = z.enum(['any', 'beginner', 'some', 'experienced'])
export const offerFormat = z.enum(['text', 'voice', 'in-person'])
/** `once`: one talk; `open`: as it comes. */
export const offerDuration = z.enum(['once', 'weeks', 'months', 'open'])
/** Blocks of four hours, counted from Monday 00:00 UTC: core/api/availability.ts */
export const block = z
  .number()
  .int()
  .min(0)
  .max(blocksOfWeek - 1)

const words = (max: number) => z.string().trim().max(max)

/** What a person writes, while it is not finished: title, text, topics, languages and formats may be missing. */
export const unfinishedOffer = z.object({
  kind: offerKind,
  topics: z.array(topicId).max(limits.topics),
  /** What the topics do not say, in a word or two each. */
  tags: z.array(plainLine(limits.tag)).max(limits.tags),
  title: anyLine(limits.title),
  text: words(limits.offerText),
  languages: z.array(languageTag).max(limits.languages),
  level: offerLevel,
  formats: z.array(offerFormat).max(3),
  /** When there is time in a week; empty where nothing is said of it. */
  availability: z.array(block).max(blocksOfWeek),
  /** How many at once. */
  capacity: z.number().int().min(1).max(limits.capacity),
  duration: offerDuration,
  /** What they do not want. */
  boundaries: words(limits.boundaries),
  /** Of an offer: what its author would like for it; of a request: what they could give. Empty: nothing. */
  inReturn: z.object({ topics: z.array(topicId).max(limits.topics), text: words(limits.inReturn) }),
  /** Who they hope to meet. */
  meet: words(limits.meet),
})

/** What a person writes; the same for offers and requests. Its words take `limits.offerRoom` bytes at most. */
export const offerDraft = unfinishedOffer.extend({
  topics: z.array(topicId).min(1).max(limits.topics),
  title: plainLine(limits.title),
  text: words(limits.offerText).min(1),
  languages: z.array(languageTag).min(1).max(limits.languages),
  formats: z.array(offerFormat).min(1).max(3),
})

/** What others see of an offer, with nothing in it that deceives. */
const shownOffer = unfinishedOffer.extend({ author: authorView })

export const offerView = shownOffer.extend({
  id,
  communityId: id,
  /** One of this person's own: it cannot be answered. */
  mine: z.boolean(),
  /** Whether an introduction to it was sent already. */
  introduced: z.boolean(),
  seenAt: time,
  expiresAt: time,
})

export const ownOfferView = offerDraft.extend({
  id,
  personaId: id,
  communityId: id,
  createdAt: time,
  expiresAt: time,
  /** So near its end that its author should say whether it goes on. */
  endsSoon: z.boolean(),
  /** How many of those who introduced themselves to it were accepted, and are still with its author: neither gone nor at the end of a mentorship. */
  accepted: z.number().int().nonnegative(),
  /** `paused`: on no board, and can be taken up again. */
  state: z.enum(['publishing', 'published', 'failed', 'pausing', 'paused', 'withdrawing', 'withdrawn']),
  progress: progress.nullable(),
})

/** Something that is being written. */
export const offerDraftView = z.object({
  id,
  personaId: id,
  communityId: id,
  /** The offer that it changes; null for a new one. */
  offerId: id.nullable(),
  draft: unfinishedOffer,
  changedAt: time,
})

const done = z.object({})
const by = oc.errors(errors)

export const offersContract = {
  /** What this device has read of its communities, newest first. */
  browse: by
    .input(z.object({ communityId: id, topic: topicId.optional(), kind: offerKind.optional() }))
    .output(z.array(offerView)),
  /** Reads the boards again; resolves when it is done. Errors: unreachable. */
  refresh: by
    .input(z.object({ communityId: id, topic: topicId.optional() }))
    .output(z.object({ found: z.number().int() })),
  mine: by.output(z.array(ownOfferView)),
  /** What others would see of it. Errors: not-found (persona). */
  preview: by.input(z.object({ personaId: id, draft: unfinishedOffer })).output(shownOffer),
  /**
   * Saves and begins to publish. `draftId`: what it was written in, and is not needed any more.
   * Errors: not-found, offer-too-long, bad-input.
   */
  publish: by.input(z.object({ personaId: id, draft: offerDraft, draftId: id.optional() })).output(ownOfferView),
  /** Other words for the same offer. Errors: as publish, wrong-state (it is over, or of the other kind). */
  edit: by.input(z.object({ offerId: id, draft: offerDraft, draftId: id.optional() })).output(ownOfferView),
  /** Takes it off the boards until `resume`. Errors: not-found, wrong-state (it is over). */
  pause: by.input(z.object({ offerId: id })).output(done),
  /** Errors: not-found, wrong-state (it is not paused). */
  resume: by.input(z.object({ offerId: id })).output(done),
  /** Lets it stand for its whole time again, from now on. Errors: not-found, wrong-state (it is over). */
  renew: by.input(z.object({ offerId: id })).output(ownOfferView),
  /** Tries a failed one again. */
  retry: by.input(z.object({ offerId: id })).output(done),
  /** Also cancels one that is still being published. */
  withdraw: by.input(z.object({ offerId: id })).output(done),
  /** What is being written, the latest first. */
  drafts: by.output(z.array(offerDraftView)),
  /**
   * Under an id that the caller chose. Of an offer that is changed there is one draft: another one takes its place.
   * Errors: not-found (persona, offer), wrong-state (as many as there may be).
   */
  saveDraft: by
    .input(z.object({ draftId: id, personaId: id, offerId: id.optional(), draft: unfinishedOffer }))
    .output(offerDraftView),
  /** Idempotent. */
  discardDraft: by.input(z.object({ draftId: id })).output(done),
}

export type UnfinishedOffer = z.infer<typeof unfinishedOffer>
export type OfferDraft = z.infer<typeof offerDraft>
export type ShownOffer = z.infer<typeof shownOffer>
export type OfferView = z.infer<typeof offerView>
export type OwnOfferView = z.infer<typeof ownOfferView>
export type OfferDraftView = z.infer<typeof offerDraftView>
