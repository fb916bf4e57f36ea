import type { MentorshipSummary, MentorshipView, SessionView } from '../api/mentorships.ts'
import { hex } from '../base/bytes.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import { otherRole, type Role } from '../conversations/chain.ts'
import type { StoredFile } from '../files/store.ts'
import { weaveOf } from '../personas/weave.ts'
import { versionOf } from './changes.ts'
import type { Facts } from './facts.ts'
import type { Life } from './life.ts'
import { isAhead, isNear } from './calendar.ts'
import type { Session } from './sessions.ts'
import { waitsOf } from './waits.ts'
import type { Written } from './workspace.ts'

/** Sessions that a window is given: those that are over go first. */
const mostSessions = 300

export function summaryOf(facts: Facts): MentorshipSummary {
  const { stored, life, written, conversation, now } = facts
  const { role, contact, offerTitle, createdAt } = conversation
  // a contact's clock is not believed
  const when = (at: number | undefined): number | null =>
    at === undefined ? null : Math.min(Math.max(at, createdAt), Math.max(now, createdAt))
  const next = byTime(life).find((session) => session.state === 'accepted' && isAhead(session, now))
  const goals = goalsOf(written)
  return {
    id: life.id,
    conversationId: conversation.id,
    contact: { pseudonym: contact.pseudonym, weave: weaveOf(contact.key) },
    offerTitle,
    teaches: seenFrom(role, life.teaches),
    state: stateOf(facts),
    proposedByMe: life.proposedBy === role,
    proposedAt: when(life.proposedAt) ?? createdAt,
    beganAt: when(life.beganAt),
    overAt: stored.untold.end ? when(stored.movedAt) : when(life.overAt),
    movedAt: when(stored.movedAt) ?? createdAt,
    nextSession:
      next === undefined || life.state !== 'active' ? null : { id: next.id, at: next.at, minutes: next.minutes },
    progress: goals.length === 0 ? null : goals.reduce((sum, { progress }) => sum + progress, 0) / goals.length,
    waits: waitsOf(facts),
  }
}

/** @param files of the conversation */
export function viewOf(facts: Facts, files: readonly StoredFile[]): MentorshipView {
  const { stored, life, written, conversation, now } = facts
  const me = conversation.role
  const them = otherRole(me)
  const each = <Value>(of: Readonly<Record<Role, Value>>) => ({ mine: of[me], theirs: of[them] })
  const version = versionOf(written)
  const { what, boundaries, fallback, notes } = written.texts
  const theirThanks = life.thanks[them]
  const theirAnswers = life.debrief[them]
  return {
    ...summaryOf(facts),
    paused: each(life.paused),
    finishing: each(life.finishing),
    endedByMe: stored.untold.end ? true : life.endedBy === undefined ? null : life.endedBy === me,
    agreement: {
      what: harmlessText(what),
      boundaries: harmlessText(boundaries),
      fallback: harmlessText(fallback),
      ...written.terms,
      version,
      agreed: { mine: life.agreed[me] === version, theirs: life.agreed[them] === version },
    },
    goals: goalsOf(written),
    notes: harmlessText(notes),
    links: written.links.map(({ id, title, address }) => ({
      id,
      title: harmlessLine(title),
      address: harmlessLine(address),
    })),
    files: written.files.flatMap(({ id, by, offer }) => {
      const file = files.find((each) => each.mine === (by === me) && hex(each.offer.id) === offer)
      const isHere = file !== undefined && file.state !== 'gone'
      return [{ id, fileId: isHere ? file.id : null, messageId: file?.messageId ?? null, name: file?.offer.name ?? '' }]
    }),
    sessions: shownSessions(facts),
    debrief: {
      answers: JSON.parse(stored.debrief) as MentorshipView['debrief']['answers'],
      shared: life.debrief[me] !== undefined,
      theirs: theirAnswers === undefined ? null : harmlessAnswers(theirAnswers),
    },
    thanks: {
      mine: life.thanks[me] ?? null,
      theirs: theirThanks === undefined ? null : harmlessText(theirThanks),
    },
    erasure: { workspace: erasureOf(facts, 'workspace'), files: erasureOf(facts, 'files') },
    own: { notes: stored.notes, reminder: stored.reminder, checkIns: stored.checkIns },
  }

  function shownSessions({ life: { sessions } }: Facts): SessionView[] {
    const all = [...sessions.values()].toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)) || b.at - a.at)
    return all
      .slice(0, mostSessions)
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .map((session) => ({
        id: session.id,
        at: session.at,
        minutes: session.minutes,
        teaches: session.teaches === me ? 'me' : 'them',
        format: session.format,
        note: harmlessLine(session.note),
        state: session.state,
        proposedByMe: session.plannedBy === me,
        plan: session.plan,
        moves: session.moves,
        took: { mine: session.took[me] ?? null, theirs: session.took[them] ?? null },
        near: life.state === 'active' && isNear(session, stored.reminder, now),
      }))
  }
}

/** As this person sees it: over at once where they left, told or not. */
export function stateOf({ life, stored }: Pick<Facts, 'life' | 'stored'>): MentorshipSummary['state'] {
  if (stored.untold.end || life.state === 'ended') return 'ended-early'
  if (life.state === 'active') return life.paused.seeker || life.paused.mentor ? 'paused' : 'active'
  return life.state
}

/** Who teaches, from one side's view. */
export function seenFrom(role: Role, teaches: Role | 'both'): 'me' | 'them' | 'both' {
  return teaches === 'both' ? 'both' : teaches === role ? 'me' : 'them'
}

export function byTime({ sessions }: Life): Session[] {
  return [...sessions.values()].toSorted((a, b) => a.at - b.at)
}

function isDone({ state }: Session): boolean {
  return state === 'held' || state === 'cancelled'
}

function goalsOf({ goals, milestones }: Written): MentorshipView['goals'] {
  return goals.map(({ id, title, progress = 0 }) => {
    const steps = milestones.filter(({ goal }) => goal === id)
    const doneSteps = steps.filter(({ done }) => done === true).length
    return {
      id,
      title: harmlessLine(title),
      progress: steps.length === 0 ? progress : doneSteps / steps.length,
      milestones: steps.map((step) => ({ id: step.id, title: harmlessLine(step.title), done: step.done === true })),
    }
  })
}

function harmlessAnswers(answers: NonNullable<Life['debrief'][Role]>): MentorshipView['debrief']['answers'] {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([question, text]) => (text === undefined ? [] : [[question, harmlessText(text)]])),
  )
}

function erasureOf({ life, stored, conversation }: Facts, what: 'workspace' | 'files'): 'kept' | 'asked' | 'done' {
  const mine = life.erased[conversation.role][what] || (what === 'workspace' && stored.erased)
  const theirs = life.erased[otherRole(conversation.role)][what]
  return theirs ? 'done' : mine ? 'asked' : 'kept'
}
