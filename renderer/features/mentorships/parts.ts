import type { MentorshipSummary } from '../../../core/api/mentorships.ts'

/** What a mentorship's page has, one behind the other. */
export type Part = 'together' | 'agreement' | 'goals' | 'sessions' | 'things' | 'own'

export function isOver({ state }: Pick<MentorshipSummary, 'state'>): boolean {
  return state === 'finished' || state === 'ended-early'
}
