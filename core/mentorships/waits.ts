import type { MentorshipSummary } from '../api/mentorships.ts'
import { otherRole } from '../conversations/chain.ts'
import { isAhead, sessionEnd } from './calendar.ts'
import { versionOf } from './changes.ts'
import type { Life } from './life.ts'
import type { Facts } from './facts.ts'

const day = 86_400_000

/** After so long without anything, this person is asked once how it goes. */
export const quietFor = 21 * day
/** For so long after the end a farewell is offered. */
const farewellFor = 14 * day

/** What this person may want to look at. */
export function waitsOf(facts: Facts): MentorshipSummary['waits'] {
  const { stored, life, conversation, now } = facts
  const me = conversation.role
  const them = otherRole(me)
  if (stored.untold.end) return []
  if (life.state === 'proposed') return life.proposedBy === me ? [] : ['proposal']
  const sessions = [...life.sessions.values()]
  const isPast = sessions.some((each) => each.took[me] === undefined && waitsForHeld(each, now))
  if (life.state === 'finished') {
    const isSilent = life.thanks[me] === undefined && life.debrief[me] === undefined && stored.debrief === '{}'
    const isFresh = now < (life.overAt ?? 0) + farewellFor && !stored.erased
    return isSilent && isFresh ? ['farewell'] : []
  }
  if (life.state !== 'active') return []
  const waits: [boolean, MentorshipSummary['waits'][number]][] = [
    [life.agreed[me] !== versionOf(facts.written), 'agreement'],
    [sessions.some((each) => each.state === 'proposed' && each.plannedBy === them && isAhead(each, now)), 'session'],
    [isPast, 'took-place'],
    [life.finishing[them] && !life.finishing[me], 'finish'],
    [checkInDue(facts) <= now, 'check-in'],
  ]
  return waits.flatMap(([holds, wait]) => (holds ? [wait] : []))
}

/**
 * When to ask how it goes, ms since 1970: three weeks after anything moved, or
 * after the last session that was accepted. Infinity where it is not to be asked.
 */
export function checkInDue({ stored, life }: Pick<Facts, 'stored' | 'life'>): number {
  const isPaused = life.paused.seeker || life.paused.mentor
  if (!stored.checkIns || stored.checkInSeen || life.state !== 'active' || isPaused || stored.untold.end)
    return Infinity
  return lastMove(stored.movedAt, life) + quietFor
}

function lastMove(movedAt: number, { sessions }: Life): number {
  const ends = [...sessions.values()].filter(({ state }) => state === 'accepted').map(sessionEnd)
  return Math.max(movedAt, ...ends)
}

function waitsForHeld(session: Parameters<typeof isAhead>[0] & { state: string }, now: number): boolean {
  return (session.state === 'accepted' || session.state === 'held') && !isAhead(session, now)
}
