import { z } from 'zod'
import { communityView, progress, vaultView } from './views.ts'

const id = z.string()

/**
 * What changed. Events say where to look again, and carry no content of their
 * own but what is harmless; a reader that missed some reads the views anew.
 */
export const appEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('vault'), vault: vaultView }),
  z.object({ type: z.literal('community'), community: communityView }),
  z.object({ type: z.literal('personas') }),
  z.object({ type: z.literal('offers'), communityId: id }),
  z.object({ type: z.literal('own-offers') }),
  /** What is being written was kept, or is gone. */
  z.object({ type: z.literal('offer-drafts') }),
  /** An offer of one's own ends in some days; said once, and again after it was renewed. */
  z.object({ type: z.literal('offer-ends'), offerId: id }),
  z.object({ type: z.literal('charter'), communityId: id }),
  z.object({ type: z.literal('library'), communityId: id }),
  z.object({ type: z.literal('introductions') }),
  z.object({ type: z.literal('conversations') }),
  z.object({ type: z.literal('messages'), conversationId: id }),
  /** One of them: its members, its messages, or that it is here. */
  z.object({ type: z.literal('circle'), circleId: id }),
  z.object({ type: z.literal('files'), conversationId: id }),
  z.object({ type: z.literal('mentorships'), conversationId: id }),
  /** Something that was planned is near, as this person wished to be told. Windows say no more than that. */
  z.object({ type: z.literal('reminder'), mentorshipId: id, sessionId: id, at: z.number() }),
  z.object({ type: z.literal('vouches') }),
  z.object({ type: z.literal('settings') }),
  /** A report, or a notice. */
  z.object({ type: z.literal('safety') }),
  /** Of an own offer, a sent introduction, or a file that moves. */
  z.object({ type: z.literal('progress'), subject: id, progress: progress.nullable() }),
])

export type AppEvent = z.infer<typeof appEvent>
