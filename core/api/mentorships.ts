import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { mentorshipLimits as limits } from './mentorship-limits.ts'
import { offerFormat } from './offers.ts'
import { authorView } from './views.ts'

const id = z.string().regex(/^[0-9a-f]{32}$/)
/** Ms since 1970, UTC: windows show it in their own time zone. */
const time = z.number().int().nonnegative().max(253_402_300_799_000)
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]*$/u)
const prose = (max: number) => z.string().max(max)
const each = <Side extends z.ZodType>(side: Side) => z.object({ mine: side, theirs: side })

/** Who teaches whom. `both`: a swap, where each session says who teaches. */
export const teaches = z.enum(['me', 'them', 'both'])

/**
 * `proposed` by one, until the other accepts; `paused` while either wishes so; `finished` once both wished so;
 * `ended-early` by one alone, at once (before it began, too: a proposal that was declined or taken back).
 */
export const mentorshipState = z.enum(['proposed', 'active', 'paused', 'finished', 'ended-early'])

/** What an agreement says in words, and the notes of both: what is typed on both sides at once is merged. */
export const sharedText = z.enum(['what', 'boundaries', 'fallback', 'notes'])

export const rhythm = z.enum(['weekly', 'fortnightly', 'monthly', 'as-needed'])
/** A day, without a time zone: `2027-03-01`. */
export const day = z.iso.date()
export const usualMinutes = z.number().int().min(limits.sessionMinutes.min).max(limits.sessionMinutes.max)

const terms = {
  rhythm: rhythm.nullable(),
  until: day.nullable(),
  /** How long a session usually is. */
  minutes: usualMinutes.nullable(),
}

/** What a proposal begins with. Everything can be changed later, by both. */
const agreementDraft = z.object({
  what: prose(limits.agreementText),
  boundaries: prose(limits.agreementText),
  fallback: prose(limits.agreementText),
  ...terms,
})

/** Texts that both lengthened at once can be up to twice as long as may be written. */
export const agreementView = z.object({
  what: z.string(),
  boundaries: z.string(),
  fallback: z.string(),
  ...terms,
  /** Of what is shown: what a person agrees to. Changes with every word. */
  version: id,
  /** Whether each has agreed to what stands there now. */
  agreed: each(z.boolean()),
})

export const milestoneView = z.object({ id, title: z.string(), done: z.boolean() })

export const goalView = z.object({
  id,
  title: z.string(),
  /** 0 to 1: of its milestones, or, where it has none, as it was set. */
  progress: z.number().min(0).max(1),
  milestones: z.array(milestoneView),
})

/** Text, for the person to copy: nothing opens it. */
export const linkView = z.object({ id, title: z.string(), address: z.string() })

/** A file of the conversation that both want at hand; null where it is not here any more. */
export const sharedFileView = z.object({ id, fileId: id.nullable(), messageId: id.nullable(), name: z.string() })

export const sessionView = z.object({
  id,
  at: time,
  minutes: z.number().int(),
  /** Who teaches in it. */
  teaches: z.enum(['me', 'them']),
  format: offerFormat,
  note: z.string(),
  /**
   * `proposed`, also anew after it was moved: whoever did not propose this time can accept it; `accepted`; `held`: both
   * said that it took place; `cancelled`, by either.
   */
  state: z.enum(['proposed', 'accepted', 'held', 'cancelled']),
  /** Whether the time that stands there is this person's proposal. */
  proposedByMe: z.boolean(),
  /** Which proposal stands there: another number with each. */
  plan: z.number().int().nonnegative(),
  /** How often it was changed. */
  moves: z.number().int().nonnegative(),
  /** How long it took, by each who said that it took place, minutes. */
  took: each(z.number().int().nullable()),
  /** Its time has begun, or is about to by this person's reminder, and it is not over. */
  near: z.boolean(),
})

export const debriefQuestion = z.enum(['learned', 'well', 'differently', 'next'])
export const debriefAnswers = z.partialRecord(debriefQuestion, prose(limits.answer))

/** What becomes of the workspace, and of the conversation's files, when it is over. */
export const erasure = z.object({
  /** `asked`: deleted here, and the other's app was asked to do the same; `done`: and it has. */
  workspace: z.enum(['kept', 'asked', 'done']),
  files: z.enum(['kept', 'asked', 'done']),
})

/** What waits for this person. `took-place`: an accepted session's time has passed. */
export const waitsFor = z.enum(['proposal', 'agreement', 'session', 'took-place', 'finish', 'farewell', 'check-in'])

export const mentorshipSummary = z.object({
  id,
  conversationId: id,
  contact: authorView,
  /** Of the offer or request that brought the two together. */
  offerTitle: z.string(),
  teaches,
  state: mentorshipState,
  proposedByMe: z.boolean(),
  proposedAt: time,
  /** Null where it did not begin. */
  beganAt: time.nullable(),
  /** When it was finished or ended. */
  overAt: time.nullable(),
  /** When anything of it moved last. */
  movedAt: time,
  /** The next that is accepted and not over. */
  nextSession: z.object({ id, at: time, minutes: z.number().int() }).nullable(),
  /** Of all goals, 0 to 1; null without any. */
  progress: z.number().min(0).max(1).nullable(),
  waits: z.array(waitsFor),
})

export const mentorshipView = mentorshipSummary.extend({
  /** Who wishes a pause. Each takes back their own. */
  paused: each(z.boolean()),
  /** Who wishes to finish. */
  finishing: each(z.boolean()),
  /** Who ended it early. */
  endedByMe: z.boolean().nullable(),
  agreement: agreementView,
  goals: z.array(goalView),
  notes: z.string(),
  links: z.array(linkView),
  files: z.array(sharedFileView),
  /** By time. */
  sessions: z.array(sessionView),
  /** Answers of this person; shared ones can be read by the other. */
  debrief: z.object({ answers: debriefAnswers, shared: z.boolean(), theirs: debriefAnswers.nullable() }),
  thanks: each(z.string().nullable()),
  erasure,
  /** Of this person alone: never sent. */
  own: z.object({
    notes: z.string(),
    /** Minutes before a session; null: no reminder. */
    reminder: z.number().int().nullable(),
    checkIns: z.boolean(),
  }),
})

/** Of sessions that this person said took place. For this person alone. */
export const hoursView = z.object({
  /** Minutes in all, also of conversations that are gone: of those nothing but these sums is kept. */
  given: z.number().int().nonnegative(),
  received: z.number().int().nonnegative(),
  mentorships: z.array(
    z.object({
      mentorshipId: id,
      contact: authorView,
      given: z.number().int().nonnegative(),
      received: z.number().int().nonnegative(),
      sessions: z.number().int().nonnegative(),
      lastAt: time,
    }),
  ),
})

/**
 * One change of what both edit. Ids are chosen by the caller, so that the same call twice is one change; with an id that
 * is there already, fields that are left out stay as they are.
 */
export const workspaceChange = z.discriminatedUnion('kind', [
  /**
   * `from`: the text as it was shown when the person began to change it. What came meanwhile stays. It may not become
   * longer than its limit (`agreementText`, `notes`), unless it becomes shorter than it was.
   */
  z.object({ kind: z.literal('text'), field: sharedText, from: prose(2 * limits.notes), to: prose(2 * limits.notes) }),
  z.object({ kind: z.literal('terms'), terms: z.object(terms).partial() }),
  z.object({
    kind: z.literal('goal'),
    goalId: id,
    title: line(limits.title).optional(),
    progress: z.number().min(0).max(1).optional(),
  }),
  z.object({
    kind: z.literal('milestone'),
    goalId: id,
    milestoneId: id,
    title: line(limits.title).optional(),
    done: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('link'),
    linkId: id,
    title: line(limits.title).optional(),
    address: line(limits.address).optional(),
  }),
  /** A file that was offered in this conversation. */
  z.object({ kind: z.literal('file'), sharedFileId: id, fileId: id }),
  /** A goal (with its milestones), a milestone, a link, a file (the entry, not the file). */
  z.object({ kind: z.literal('remove'), id }),
])

const ofMentorship = z.object({ mentorshipId: id })
const ofSession = ofMentorship.extend({ sessionId: id })
const done = z.object({})
const by = oc.errors(errors)

/**
 * What a pair keeps beside its conversation while one learns from the other.
 *
 * Everything that is told to the other throws `not-found`, `wrong-state` (not in this state; the conversation has ended,
 * the contact is blocked), `key-changed`, `disk-full`, and is saved before it returns.
 */
export const mentorships = {
  /** The open ones first, then by when they were over. */
  list: by.input(z.object({ conversationId: id.optional() })).output(z.array(mentorshipSummary)),
  view: by.input(ofMentorship).output(mentorshipView),
  /** What a proposal in this conversation may begin with; null where one is open already. Errors: not-found. */
  prefill: by
    .input(z.object({ conversationId: id }))
    .output(z.object({ teaches: teaches.nullable(), what: z.string() }).nullable()),
  /** `mentorshipId` is chosen by the caller. Errors: wrong-state (one is open already). */
  propose: by
    .input(z.object({ mentorshipId: id, conversationId: id, teaches, agreement: agreementDraft }))
    .output(mentorshipView),
  /** What the other proposed. Errors: changed (the agreement is not the one that was shown). */
  accept: by.input(ofMentorship.extend({ version: id })).output(mentorshipView),
  /** To what stands there after it was changed. Errors: changed. */
  agree: by.input(ofMentorship.extend({ version: id })).output(mentorshipView),
  pause: by.input(ofMentorship).output(mentorshipView),
  /** Takes back this person's own pause. */
  resume: by.input(ofMentorship).output(mentorshipView),
  /** The wish to finish: once both have it, it is finished. */
  finish: by.input(ofMentorship).output(mentorshipView),
  /** Takes the wish back. */
  goOn: by.input(ofMentorship).output(mentorshipView),
  /**
   * At once, without a reason. `erase`: `workspace` deletes it here and asks the other's app to do the same;
   * `conversation` ends the conversation besides (`conversations.end`), and all of the mentorship goes with it. `block`:
   * nothing of this contact is fetched from now on, and nothing more goes to them: neither this nor the wish to delete
   * reaches them then before the block is taken back.
   * Also declines a proposal, or takes it back. Works where the other cannot be told: it is over here then.
   */
  end: by
    .input(ofMentorship.extend({ erase: z.enum(['nothing', 'workspace', 'conversation']), block: z.boolean() }))
    .output(done),

  /** Errors: too-large (as many as there may be), bad-input (nothing of this id and not all that a new one needs). */
  edit: by.input(ofMentorship.extend({ change: workspaceChange })).output(mentorshipView),

  /** A new session, or another time for one. `teaches` matters in a swap alone. Errors: too-large (as many as may be). */
  planSession: by
    .input(
      ofSession.extend({
        at: time,
        minutes: usualMinutes,
        format: offerFormat,
        note: z.string().trim().max(limits.sessionNote),
        teaches: z.enum(['me', 'them']).optional(),
      }),
    )
    .output(mentorshipView),
  /** The proposal that was shown. Errors: changed (it was moved meanwhile). */
  acceptSession: by.input(ofSession.extend({ plan: z.number().int().nonnegative() })).output(mentorshipView),
  /** Also declines one, and says of a past one that it did not take place. */
  cancelSession: by.input(ofSession).output(mentorshipView),
  /** It took place, and so long. Not before its time. */
  confirmSession: by.input(ofSession.extend({ minutes: usualMinutes })).output(mentorshipView),
  /** For a calendar (RFC 5545): its time, under a title that says nothing. Errors: wrong-state (not accepted). */
  calendar: by.input(ofSession.extend({ title: line(60) })).output(z.object({ name: z.string(), text: z.string() })),

  /** Kept for this person alone, unless shared (once it is finished); what was shared cannot be taken back. */
  debrief: by.input(ofMentorship.extend({ answers: debriefAnswers, share: z.boolean() })).output(mentorshipView),
  /** Once somebody wishes to finish, and after. Not after an early end. */
  thank: by.input(ofMentorship.extend({ text: z.string().trim().min(1).max(limits.thanks) })).output(mentorshipView),
  /** Of a mentorship that is over: here, and the other's app is asked to do the same. There is no way back. */
  erase: by.input(ofMentorship.extend({ workspace: z.boolean(), files: z.boolean() })).output(mentorshipView),
  /** All that is here of a mentorship that is over, with own notes; its hours stay in the sums. The other is not told. */
  forget: by.input(ofMentorship).output(done),

  /** Never leaves this device. */
  saveNotes: by.input(ofMentorship.extend({ notes: prose(limits.privateNotes) })).output(done),
  setReminder: by
    .input(ofMentorship.extend({ minutes: z.number().int().min(0).max(10_080).nullable() }))
    .output(mentorshipView),
  setCheckIns: by.input(ofMentorship.extend({ on: z.boolean() })).output(mentorshipView),
  /** The check-in was seen: it does not come again before something has moved. */
  dismissCheckIn: by.input(ofMentorship).output(mentorshipView),

  hours: by.output(hoursView),
}

export type AgreementDraft = z.infer<typeof agreementDraft>
export type Teaches = z.infer<typeof teaches>
export type MentorshipState = z.infer<typeof mentorshipState>
export type MentorshipSummary = z.infer<typeof mentorshipSummary>
export type MentorshipView = z.infer<typeof mentorshipView>
export type SessionView = z.infer<typeof sessionView>
export type WorkspaceChange = z.infer<typeof workspaceChange>
export type HoursView = z.infer<typeof hoursView>
