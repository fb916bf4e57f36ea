import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { offerKind } from './offers.ts'
import { authorView, languageTag, topicId } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()
const count = z.number().int().nonnegative()
const by = oc.errors(errors)
const done = z.object({})

/**
 * A vouch, or one that is on its way to be.
 *
 * Given by this person: `offered` until the other takes it; `asked`: the other
 * would like one; `given`; `taken-back`: the other's app was asked to forget it,
 * and who kept it can show it until it ends. Received: `offered`, `asked` the
 * other way round, and `given`.
 */
export const vouchView = z.object({
  id,
  personaId: id,
  /** Null where the conversation that it came from was deleted here. */
  conversationId: id.nullable(),
  direction: z.enum(['given', 'received']),
  /** The other; null where nothing is known of them any more. */
  contact: authorView.nullable(),
  topic: topicId,
  state: z.enum(['offered', 'asked', 'given', 'taken-back']),
  at: time,
  /** When it stops to count; null before it is given. */
  endsAt: time.nullable(),
  /** Of one that was received: whether it is shown with this person's offers of its topic. */
  shown: z.boolean(),
})

/** Who vouches for the author of an offer, for a topic of it. Nobody but those whom this person can place is counted. */
export const vouchCount = z.object({
  offerId: id,
  topic: topicId,
  /** This person does. */
  mine: z.boolean(),
  /** How many of those whom they know. */
  known: count,
  /** How many others for whom somebody vouches whom they know. */
  near: count,
})

/** What a conversation began with: an offer or a request, as far as this device still knows it. */
export const beginningView = z.object({
  kind: offerKind,
  topics: z.array(topicId),
  languages: z.array(languageTag),
  /** Whether this person is the one who came to learn. */
  learns: z.boolean(),
})

export type VouchView = z.infer<typeof vouchView>
export type VouchCount = z.infer<typeof vouchCount>
export type BeginningView = z.infer<typeof beginningView>

const ofConversation = z.object({ conversationId: id })
const aboutTopic = z.object({ conversationId: id, topic: topicId })
const one = z.object({ vouchId: id })

/** Words that people give each other in a conversation, signed, to be shown with an offer. */
export const vouchesContract = {
  /** All of this person's, the newest first. */
  list: by.output(z.array(vouchView)),
  /**
   * Vouches for the other. Where their persona is not known here yet it is offered first, and given as soon as they
   * take it. Errors: as conversations.send, wrong-state (given already, or as many as there may be).
   */
  give: by.input(aboutTopic).output(done),
  /** Asks for one, or takes one that was offered: the other learns this persona’s key. Errors: as give. */
  ask: by.input(aboutTopic).output(done),
  /** Of one that this person offered or gave: the other's app is asked to forget it. Errors: as give, not-found. */
  takeBack: by.input(one).output(done),
  /** Forgets it here; nobody is told. Errors: not-found, wrong-state (given and not taken back). */
  remove: by.input(one).output(done),
  /** Whether one that was received is shown with this person's offers of its topic. Errors: not-found. */
  setShown: by.input(z.object({ vouchId: id, shown: z.boolean() })).output(done),
  /** Of the offers of a community that were read here, those with somebody to count. */
  counts: by.input(z.object({ communityId: id })).output(z.array(vouchCount)),
  /** Null where this device does not know it any more. */
  beginning: by.input(ofConversation).output(beginningView.nullable()),
}
