import type { MentorshipView } from '../../core/api/mentorships.ts'

/** A view as the other should have it. */
export function mirrored(view: MentorshipView) {
  const swap = <Value>({ mine, theirs }: { mine: Value; theirs: Value }) => ({ mine: theirs, theirs: mine })
  const { what, boundaries, fallback, rhythm, until, minutes } = view.agreement
  const other = { me: 'them', them: 'me', both: 'both' } as const
  return {
    state: view.state,
    teaches: other[view.teaches],
    proposedByMe: !view.proposedByMe,
    paused: swap(view.paused),
    finishing: swap(view.finishing),
    agreed: swap(view.agreement.agreed),
    thanks: swap(view.thanks),
    written: [what, boundaries, fallback, rhythm, until, minutes, view.notes, view.goals, view.links],
    sessions: view.sessions.map((session) => ({
      ...session,
      teaches: other[session.teaches],
      proposedByMe: !session.proposedByMe,
      took: swap(session.took),
    })),
  }
}

/** A view as both may compare it: mirrored twice. */
export function seen(view: MentorshipView): ReturnType<typeof mirrored> {
  const { agreed, ...other } = mirrored(view)
  return mirrored({ ...view, ...other, agreement: { ...view.agreement, agreed } })
}
