/** Limits of a mentorship's workspace, for the forms and for core. Characters are UTF-16 units. */
export const mentorshipLimits = {
  /** Of each text of the agreement. */
  agreementText: 1000,
  notes: 8000,
  /** Of a goal, a milestone, a link. */
  title: 120,
  address: 500,
  goals: 12,
  /** Of one goal. */
  milestones: 12,
  links: 30,
  files: 30,
  /** That are neither over nor cancelled. */
  sessions: 20,
  /** A word about where or how. */
  sessionNote: 200,
  sessionMinutes: { min: 5, max: 480 },
  answer: 1000,
  thanks: 1000,
  privateNotes: 20_000,
} as const
