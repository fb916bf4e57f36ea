import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { MentorshipSummary, MentorshipState, SessionView, Teaches } from '../../core/api/mentorships.ts'

export const stateWords: Readonly<Record<MentorshipState, MessageDescriptor>> = {
  proposed: msg({ message: 'Proposed', comment: 'of a mentorship or of a session' }),
  active: msg({ message: 'Under way', comment: 'of a mentorship' }),
  paused: msg({ message: 'Paused', comment: 'of a mentorship' }),
  finished: msg({ message: 'Finished', comment: 'of a mentorship' }),
  'ended-early': msg({ message: 'Ended', comment: 'of a mentorship that was ended early' }),
}

/** Who teaches whom, where the other's name stands beside it. */
export const teachesWords: Readonly<Record<Teaches, MessageDescriptor>> = {
  me: msg`You teach`,
  them: msg`You learn`,
  both: msg`You teach each other`,
}

export const rhythmWords = {
  weekly: msg`Every week`,
  fortnightly: msg`Every two weeks`,
  monthly: msg`Every month`,
  'as-needed': msg`When one of you needs it`,
} as const satisfies Record<string, MessageDescriptor>
export type Rhythm = keyof typeof rhythmWords

export const sessionStateWords: Readonly<Record<SessionView['state'], MessageDescriptor>> = {
  proposed: msg({ message: 'Proposed', comment: 'of a mentorship or of a session' }),
  accepted: msg`Agreed`,
  held: msg`Took place`,
  cancelled: msg({ message: 'Cancelled', comment: 'of a session' }),
}

/** What waits for this person, in the list. */
export const waitsForWords: Readonly<Record<MentorshipSummary['waits'][number], MessageDescriptor>> = {
  proposal: msg`Waits for your answer`,
  agreement: msg`The agreement changed`,
  session: msg`A time waits for your answer`,
  'took-place': msg`Did you meet?`,
  finish: msg`They would like to finish`,
  farewell: msg`Time to look back`,
  'check-in': msg`Quiet for three weeks`,
}

/** Texts of the agreement: what each is for. */
export const agreementTexts = {
  what: {
    title: msg`What it is about`,
    hint: msg`What one of you wants to learn, in your own words.`,
  },
  boundaries: {
    title: msg`Boundaries`,
    hint: msg`What you do not want to talk about or do, when you are not to be reached. Nobody owes anybody a meeting, a picture or money.`,
  },
  fallback: {
    title: msg`If it does not work`,
    hint: msg`How you tell each other, and what then. Each of you may stop at any time, without a reason.`,
  },
} as const

/** Questions to look back with. */
export const debriefQuestions = {
  learned: msg`What did you learn?`,
  well: msg`What went well?`,
  differently: msg`What would you do differently?`,
  next: msg`What comes next for you?`,
} as const

/** How long before a session this person is reminded, in minutes. */
export const reminderWords: ReadonlyMap<number, MessageDescriptor> = new Map([
  [0, msg`When it begins`],
  [10, msg`10 minutes before`],
  [30, msg`Half an hour before`],
  [60, msg`1 hour before`],
  [24 * 60, msg`1 day before`],
])
