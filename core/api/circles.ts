import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { limits } from './limits.ts'
import { utf8Length } from './utf8-length.ts'
import { pseudonym, weave } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
const time = z.number().int().nonnegative()
const count = z.number().int().nonnegative()
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u)
const within = (bytes: number) => z.string().refine((text) => text.trim() !== '' && utf8Length(text) <= bytes)

export const circleName = line(limits.circle.name)
export const circleText = within(limits.circle.text)
/** A text or a link, which stays a text. */
export const resourceText = within(limits.circle.resourceText)
export const resourceTitle = line(limits.title)

/** `joining`: the host was told, and is yet to let this person in. The last three are over. */
export const circleState = z.enum(['invited', 'joining', 'active', 'left', 'removed', 'ended'])

export const circleMemberView = z.object({
  id,
  /** By which they want to be known in this circle alone. */
  name: z.string(),
  weave,
  mine: z.boolean(),
  host: z.boolean(),
  /** Whether they are in it now: of those who are not, messages may be here. */
  present: z.boolean(),
  /** Nothing of theirs is shown. */
  muted: z.boolean(),
  /** Their app was told of other members than this one. */
  differs: z.boolean(),
})

export const circleMessageView = z.object({
  id,
  author: circleMemberView.pick({ id: true, name: true, weave: true }),
  mine: z.boolean(),
  /** `gap`: `missing` messages of the author's will not come. `unreadable`: of a newer version. */
  kind: z.enum(['text', 'resource', 'withdrawn', 'unreadable', 'gap']),
  title: z.string(),
  text: z.string(),
  missing: count,
  /** By its author's clock, but never in the future. */
  sentAt: time,
  /** Of an own one: `queued` on this device; `stored` where the others find it; with how many of them it is known to be. */
  delivery: z.object({ state: z.enum(['queued', 'stored']), seenBy: count, of: count }).nullable(),
})

export const circleView = z.object({
  id,
  communityId: id,
  personaId: id,
  name: z.string(),
  role: z.enum(['host', 'member']),
  state: circleState,
  /** The conversation with the host; of an own circle null. */
  conversationId: id.nullable(),
  hostName: z.string(),
  ownName: z.string(),
  members: z.array(circleMemberView),
  /** Of a host: who was invited. */
  guests: z.array(z.object({ conversationId: id, name: z.string(), state: z.enum(['invited', 'declined']) })),
  /** Of a host: the conversations with those who are in it. */
  joined: z.array(id),
  /** Of a host: what members told of others. */
  reports: z.array(z.object({ by: z.string(), about: z.string(), text: z.string(), at: time })),
  /** Messages that others have stored, and that are not here yet. */
  awaited: count,
  unread: count,
  lastMessage: circleMessageView.nullable(),
  createdAt: time,
})

export type CircleView = z.infer<typeof circleView>
export type CircleMemberView = z.infer<typeof circleMemberView>
export type CircleMessageView = z.infer<typeof circleMessageView>

const done = z.object({})
const by = oc.errors(errors)

/** Small groups around a host. What is wished is saved before a call returns; the rest goes by itself. */
export const circlesContract = {
  /** The last active first. */
  list: by.output(z.array(circleView)),
  /** Errors: not-found, wrong-state (as many as there may be). */
  create: by.input(z.object({ personaId: id, name: circleName, ownName: pseudonym })).output(circleView),
  /** Contacts of the same persona. Errors: not-found, bad-input, wrong-state (not the host's, over, full; ended or blocked). */
  invite: by
    .input(z.object({ circleId: id, conversationIds: z.array(id).min(1).max(limits.circle.members) }))
    .output(circleView),
  /** Of one who has not answered. Errors: not-found, wrong-state. */
  withdrawInvitation: by.input(z.object({ circleId: id, conversationId: id })).output(circleView),
  /** By this name, in this circle alone. Errors: not-found, wrong-state. */
  accept: by.input(z.object({ circleId: id, ownName: pseudonym })).output(circleView),
  decline: by.input(z.object({ circleId: id })).output(done),
  /** The last `limit` before a message, oldest first. */
  messages: by
    .input(z.object({ circleId: id, before: id.optional(), limit: z.number().int().min(1).max(200) }))
    .output(z.array(circleMessageView)),
  /** `clientId` makes a repeated call harmless. Errors: not-found, wrong-state (over), message-too-long. */
  send: by.input(z.object({ circleId: id, clientId: id, text: circleText })).output(circleMessageView),
  /** What was not withdrawn, the newest first. */
  resources: by.input(z.object({ circleId: id })).output(z.array(circleMessageView)),
  /** Errors: as send; wrong-state also where there are as many as there may be. */
  addResource: by
    .input(z.object({ circleId: id, clientId: id, title: resourceTitle, text: resourceText }))
    .output(circleMessageView),
  /** An own one, from all lists. Errors: not-found, wrong-state. */
  withdrawResource: by.input(z.object({ messageId: id })).output(done),
  /** Everything that is here was seen. */
  read: by.input(z.object({ circleId: id })).output(done),
  /** Here alone. Errors: not-found. */
  setMuted: by.input(z.object({ circleId: id, memberId: id, muted: z.boolean() })).output(circleView),
  /** Who is removed reads nothing from then on. Errors: not-found, wrong-state. */
  remove: by.input(z.object({ circleId: id, memberId: id })).output(circleView),
  /** Tells the host alone. Errors: not-found, wrong-state. */
  report: by
    .input(z.object({ circleId: id, memberId: id, text: z.string().trim().min(1).max(limits.circle.report) }))
    .output(done),
  /** What was said stays here. Errors: not-found, wrong-state. */
  leave: by.input(z.object({ circleId: id })).output(circleView),
  /** For all: what was said stays with each. Errors: not-found, wrong-state. */
  end: by.input(z.object({ circleId: id })).output(circleView),
  /** One that is over, with all that was said. Errors: not-found, wrong-state. */
  forget: by.input(z.object({ circleId: id })).output(done),
}
