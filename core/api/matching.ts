import { z } from 'zod'
import { block, offerDraft, offerFormat, offerLevel, offerView } from './offers.ts'
import { authorView, languageTag, topicId } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)

/** What somebody looks for: `request` to learn, answered by offers; `offer` to teach, answered by requests. */
export const wish = offerDraft.pick({
  kind: true,
  topics: true,
  tags: true,
  languages: true,
  level: true,
  formats: true,
  availability: true,
})

/** Why an offer is suggested. */
export const matchReason = z.discriminatedUnion('kind', [
  /** It names a topic that is wished for. */
  z.object({ kind: z.literal('topic'), topic: topicId }),
  /** It names one beside that. */
  z.object({ kind: z.literal('near-topic'), topic: topicId, wished: topicId }),
  /** Both have put this free tag on it. */
  z.object({ kind: z.literal('tag'), tag: z.string() }),
  /** Both could give: its author looks for what this person offers, or offers what this person looks for. */
  z.object({ kind: z.literal('swap'), topic: topicId }),
  /** Both speak them. */
  z.object({ kind: z.literal('language'), languages: z.array(languageTag).min(1) }),
  z.object({ kind: z.literal('level'), level: offerLevel }),
  z.object({ kind: z.literal('format'), formats: z.array(offerFormat).min(1) }),
  /** Blocks of the week in which both have time. */
  z.object({ kind: z.literal('availability'), blocks: z.array(block).min(1) }),
  /** This device has known it for less than a week. */
  z.object({ kind: z.literal('new') }),
  /** Nor has it known its author longer, and one of every five places is kept for such. */
  z.object({ kind: z.literal('newcomer') }),
])

export const suggestionView = z.object({
  offer: offerView,
  /** The strongest first. */
  reasons: z.array(matchReason).min(1),
})

/** One step of a ring: who gives, and what; the next step's giver receives it, the last one's the first. */
export const ringStep = z.object({
  /** This person, by their persona of the ring. */
  mine: z.boolean(),
  giver: authorView,
  /**
   * Where the giver says so: one of `offers.mine` where it is this person's, else of `offers.browse`. An offer, or a
   * request that gives something in return.
   */
  offerId: id,
  /** What it answers, of the next step's giver: a request, or an offer that wishes something in return. */
  requestId: id,
  /** What the offer names, and what the request wishes: the same topic or one beside it. */
  topic: topicId,
  wished: topicId,
})

/** People who could teach each other in a circle. The first step is this person's. */
export const ringView = z.object({ personaId: id, steps: z.array(ringStep).min(2).max(3) })

export type WishView = z.infer<typeof wish>
export type MatchReason = z.infer<typeof matchReason>
export type SuggestionView = z.infer<typeof suggestionView>
export type RingView = z.infer<typeof ringView>
