import type { RecordEvent } from '../api/record-events.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import type { Entry } from './order.ts'
import type { Statement } from './statements.ts'

type Plan = Extract<Statement, { kind: 'plan' }>

export interface Session extends Pick<Plan, 'at' | 'minutes' | 'format' | 'note'> {
  readonly id: string
  readonly teaches: Role
  /** Who proposed what stands there, and in which item. */
  readonly plannedBy: Role
  readonly plan: number
  readonly moves: number
  state: 'proposed' | 'accepted' | 'held' | 'cancelled'
  readonly took: Record<Role, number | undefined>
}

/** Where sessions stand: who teaches in a mentorship is settled, but in a swap each session says it. */
interface Board {
  readonly teaches: Role | 'both'
  readonly sessions: Map<string, Session>
}

/**
 * A time is one side's proposal that the other accepts, and never a mixture of
 * two: of two that did not know of each other the later in the common order
 * stands, and waits to be accepted.
 */
export function planSession(board: Board, { side, index }: Entry, say: Plan): RecordEvent | undefined {
  const before = board.sessions.get(say.session)
  if (before?.state === 'held' || before?.state === 'cancelled') return undefined
  const { at, minutes, format, note } = say
  const teaches = board.teaches === 'both' ? (say.teaches === 'me' ? side : otherRole(side)) : board.teaches
  const wish = { at, minutes, format, note, teaches }
  if (
    before !== undefined &&
    Object.entries(wish).every(([name, value]) => before[name as keyof typeof wish] === value)
  )
    return undefined
  board.sessions.set(say.session, {
    ...wish,
    id: say.session,
    plannedBy: side,
    plan: index,
    moves: before === undefined ? 0 : before.moves + 1,
    state: 'proposed',
    took: { seeker: undefined, mentor: undefined },
  })
  return before === undefined ? 'session-proposed' : 'session-moved'
}

export function answerSession(
  { sessions }: Board,
  { side }: Entry,
  say: Extract<Statement, { kind: 'take' | 'cancel' }>,
): RecordEvent | undefined {
  const session = sessions.get(say.session)
  if (session === undefined || session.state === 'held' || session.state === 'cancelled') return undefined
  if (say.kind === 'cancel') {
    session.state = 'cancelled'
    return 'session-cancelled'
  }
  if (session.state !== 'proposed' || session.plannedBy === side || session.plan !== say.plan) return undefined
  session.state = 'accepted'
  return 'session-accepted'
}

/** Each says for themselves how long it took; once both have, it was held. */
export function holdSession(
  { sessions }: Board,
  side: Role,
  say: Extract<Statement, { kind: 'held' }>,
): RecordEvent | undefined {
  const session = sessions.get(say.session)
  const waits = session?.state === 'accepted' || session?.state === 'held'
  if (session === undefined || !waits || session.took[side] === say.minutes) return undefined
  session.took[side] = say.minutes
  if (session.took[otherRole(side)] !== undefined) session.state = 'held'
  return 'session-held'
}
