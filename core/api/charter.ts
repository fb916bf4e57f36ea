import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { topicLanguages } from './topic-languages.ts'
import { ownTopicId, plainLine, topicId, weave } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
/** A public key in hexadecimal: what stands for somebody in the charter. */
const memberKey = z.string().regex(/^[0-9a-f]{64}$/)
const bounds = limits.charter
const name = plainLine(bounds.name)
const code = z.string().trim().min(1).max(limits.memberCode)
const by = oc.errors(errors)

/** What a topic is called in one language, and what people say for it besides. */
export const ownTopicWords = z.object({
  language: z.enum(topicLanguages),
  name: plainLine(bounds.topicName),
  also: z.array(plainLine(bounds.topicName)).max(bounds.topicWords),
})

export const ownTopicView = z.object({
  id: ownTopicId,
  words: z.array(ownTopicWords),
  /** Topics beside it, built in or own. */
  near: z.array(topicId),
})

/** What the founder says of a community. */
export const charterView = z.object({
  /** 0 before the first. */
  version: z.number().int().nonnegative(),
  /** By the founder's clock; null before the first. */
  signedAt: z.number().int().nonnegative().nullable(),
  /** `mine`: this person founded the community and may change it; `none`: nobody can, the community is older than charters. */
  founder: z.enum(['mine', 'other', 'none']),
  /** Whether all copies that this device owes of an own one are out. */
  out: z.boolean(),
  guardians: z.array(z.object({ key: memberKey, name: z.string(), mine: z.boolean() })),
  /** `personaId`: of this person's persona, where it is one. */
  editors: z.array(z.object({ key: memberKey, name: z.string(), weave, personaId: id.nullable() })),
  topics: z.array(ownTopicView),
})

export type CharterView = z.infer<typeof charterView>
export type OwnTopicView = z.infer<typeof ownTopicView>

const of = z.object({ communityId: id })

/** Changes are the founder's alone: wrong-state for everybody else. Each is a new charter, and returns it. */
export const charterContract = {
  view: by.input(of).output(charterView),
  /**
   * `code`: what the guardian handed over. Errors: wrong-state (also: named already, or as many as there may be),
   * invite-mangled, invite-unknown-version (of the code), bad-input (a name that shows otherwise than it is written).
   */
  addGuardian: by.input(of.extend({ name, code })).output(charterView),
  /** Errors: not-found. */
  removeGuardian: by.input(of.extend({ key: memberKey })).output(charterView),
  /** Errors: as addGuardian. */
  addEditor: by.input(of.extend({ name, code })).output(charterView),
  /** What they signed leaves the library. Errors: not-found. */
  removeEditor: by.input(of.extend({ key: memberKey })).output(charterView),
  /** A new one, or in place of the one with the id. Errors: not-found, bad-input, wrong-state. */
  putTopic: by
    .input(
      of.extend({
        id: ownTopicId.optional(),
        words: z.array(ownTopicWords).min(1).max(topicLanguages.length),
        near: z.array(topicId).max(bounds.neighbours),
      }),
    )
    .output(charterView),
  /** Offers that name it keep it, and it has no name any more. Errors: not-found. */
  removeTopic: by.input(of.extend({ id: ownTopicId })).output(charterView),
  /** What this person hands to the founder to be named a guardian. */
  guardianCode: by.input(of).output(z.object({ code: z.string() })),
  /** What this person hands to the founder so that a persona may publish in the library. Errors: not-found. */
  editorCode: by.input(z.object({ personaId: id })).output(z.object({ code: z.string() })),
}
