import type { RecordEvent } from '../api/record-events.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import { inOrder, knew, type Entry, type Place } from './order.ts'
import { answerSession, holdSession, planSession, type Session } from './sessions.ts'
import type { Statement } from './statements.ts'

type Answers = Extract<Statement, { kind: 'debrief' }>['answers']
type Sides<Value> = Record<Role, Value>

/** A mentorship as it follows from what both sides have stated. Sides are absolute: the same on both devices. */
export interface Life {
  readonly id: string
  readonly proposedBy: Role
  readonly proposedAt: number
  readonly teaches: Role | 'both'
  state: 'proposed' | 'active' | 'finished' | 'ended'
  beganAt: number | undefined
  overAt: number | undefined
  /** What finished it: who knows of that cannot end it early any more. */
  finishedBy: Place | undefined
  /** Nobody, where two proposals crossed and this is the one that gave way. */
  endedBy: Role | undefined
  readonly paused: Sides<boolean>
  readonly finishing: Sides<boolean>
  /** Where each side wished to finish last, and where it took that back. */
  readonly wished: Sides<{ at?: Place; back?: Place }>
  /** The version of the agreement that each agreed to last. */
  readonly agreed: Sides<string | undefined>
  readonly sessions: Map<string, Session>
  readonly debrief: Sides<Answers | undefined>
  readonly thanks: Sides<string | undefined>
  /** Who has deleted what, by their word. */
  readonly erased: Sides<{ workspace: boolean; files: boolean }>
}

/** What a statement did: an event for the thread, `quiet` where it shows nothing, undefined where it made no sense. */
export type Effect = RecordEvent | 'quiet' | undefined

export interface Story {
  readonly lives: ReadonlyMap<string, Life>
  readonly effects: ReadonlyMap<Entry, Effect>
}

/** @param entries in any order, each once */
export function tell(entries: readonly Entry[]): Story {
  const lives = new Map<string, Life>()
  const effects = new Map<Entry, Effect>()
  for (const entry of inOrder(entries)) effects.set(entry, step(lives, entry))
  return { lives, effects }
}

export function isOpen({ state }: Life): boolean {
  return state === 'proposed' || state === 'active'
}

function step(lives: Map<string, Life>, entry: Entry): Effect {
  const { side, say, of } = entry
  if (say.kind === 'propose') return begin(lives, entry, say)
  const life = lives.get(of)
  if (life === undefined) return undefined
  const other = otherRole(side)
  const begun = life.state === 'active' || life.state === 'finished'
  switch (say.kind) {
    case 'accept':
      if (life.state !== 'proposed' || side === life.proposedBy) return undefined
      Object.assign(life, { state: 'active', beganAt: entry.at })
      life.agreed[side] = say.version
      return 'mentorship-begun'
    case 'agree':
      if (!isOpen(life)) return undefined
      life.agreed[side] = say.version
      return 'agreement-agreed'
    case 'pause':
    case 'resume':
      if (life.state !== 'active' || life.paused[side] === (say.kind === 'pause')) return undefined
      life.paused[side] = say.kind === 'pause'
      return say.kind === 'pause' ? 'mentorship-paused' : 'mentorship-resumed'
    case 'finish':
      return finish(life, entry)
    case 'go-on':
      if (life.state !== 'active' || !life.finishing[side]) return undefined
      life.finishing[side] = false
      life.wished[side].back = entry
      return 'finish-taken-back'
    case 'end':
      return end(life, entry)
    case 'plan':
      return life.state === 'active' ? planSession(life, entry, say) : undefined
    case 'take':
    case 'cancel':
      return life.state === 'active' ? answerSession(life, entry, say) : undefined
    case 'held':
      return begun ? holdSession(life, side, say) : undefined
    case 'debrief':
      if (life.state !== 'finished') return undefined
      life.debrief[side] = say.answers
      return 'debrief-shared'
    case 'thanks':
      if (life.state !== 'finished' && !(life.state === 'active' && (life.finishing[side] || life.finishing[other]))) {
        return undefined
      }
      life.thanks[side] = say.text
      return 'thanked'
    // erase, erased: what is left
    default:
      if (isOpen(life) || !(say.workspace || say.files)) return undefined
      life.erased[side].workspace ||= say.workspace
      life.erased[side].files ||= say.files
      if (say.kind === 'erased') return 'quiet'
      return say.workspace ? 'workspace-erased' : 'files-erased'
  }
}

function begin(
  lives: Map<string, Life>,
  { side, of, at }: Entry,
  say: Extract<Statement, { kind: 'propose' }>,
): Effect {
  if (lives.has(of)) return undefined
  const crossed = [...lives.values()].some(isOpen)
  lives.set(of, {
    id: of,
    proposedBy: side,
    proposedAt: at,
    teaches: say.teaches === 'both' ? 'both' : say.teaches === 'me' ? side : otherRole(side),
    state: crossed ? 'ended' : 'proposed',
    beganAt: undefined,
    overAt: crossed ? at : undefined,
    finishedBy: undefined,
    endedBy: undefined,
    paused: each(false),
    finishing: each(false),
    wished: { seeker: {}, mentor: {} },
    agreed: { ...each<string | undefined>(undefined), [side]: say.version },
    sessions: new Map(),
    debrief: each<Answers | undefined>(undefined),
    thanks: each<string | undefined>(undefined),
    erased: { seeker: { workspace: false, files: false }, mentor: { workspace: false, files: false } },
  })
  // who proposes while one is open, and knows it, is refused by the writer's view: see `sensible`
  return crossed ? undefined : 'mentorship-proposed'
}

/** What is finished for whoever finishes it stays so: a wish that was taken back meanwhile is not. */
function finish(life: Life, entry: Entry): Effect {
  const { side, at: overAt } = entry
  const wish = life.wished[otherRole(side)]
  if (life.state !== 'active' || life.finishing[side]) return undefined
  life.finishing[side] = true
  life.wished[side] = { at: entry }
  const isMutual = wish.at !== undefined && knew(entry, wish.at) && (wish.back === undefined || !knew(entry, wish.back))
  if (!isMutual && !life.finishing[otherRole(side)]) return 'finish-wished'
  Object.assign(life, { state: 'finished', overAt, finishedBy: entry })
  return 'mentorship-finished'
}

/** At once, and for good; also where the other finished it at the same time. */
function end(life: Life, entry: Entry): Effect {
  const isLate = life.finishedBy !== undefined && knew(entry, life.finishedBy)
  if (life.state === 'ended' || isLate) return undefined
  Object.assign(life, { state: 'ended', overAt: entry.at, endedBy: entry.side, finishedBy: undefined })
  return 'mentorship-ended'
}

function each<Value>(value: Value): Sides<Value> {
  return { seeker: value, mentor: value }
}
