import { ORPCError } from '@orpc/client'
import type { MentorshipView, WorkspaceChange } from '../../../core/api/mentorships.ts'
import { freshId } from '../../../core/base/ids.ts'
import type { Client } from '../../journey/journey.ts'
import type { Resident } from '../conversations/resident.ts'

/** Texts that words are put into, and taken out of again. */
export type Field = 'notes' | 'boundaries'

/**
 * One of a pair who work on a mentorship: their app, and what it told them is
 * saved. Each changes their own things alone, so that it is known what must be
 * there in the end; texts, terms and the state are both's.
 */
export class Partner {
  readonly resident: Resident
  readonly mentorshipId: string
  /** In the titles of all that is theirs. */
  readonly sign: string
  /** Undefined: removed. */
  readonly goals = new Map<string, { readonly title: string; readonly progress: number } | undefined>()
  readonly links = new Map<string, string | undefined>()
  readonly words: Readonly<Record<Field, Map<string, boolean>>> = { notes: new Map(), boundaries: new Map() }
  readonly sessions = new Map<string, 'planned' | 'cancelled'>()
  paused = false
  /** How often the app said that it was done. */
  done = 0

  constructor(resident: Resident, mentorshipId: string, sign: string) {
    this.resident = resident
    this.mentorshipId = mentorshipId
    this.sign = sign
  }

  view(): Promise<MentorshipView> {
    const { mentorshipId } = this
    return this.resident.app.ask(({ mentorships }) => mentorships.view({ mentorshipId }))
  }

  /**
   * Does something, over however many deaths: looks whether it is done before it does it again.
   *
   * @returns false where it makes no sense (any more)
   */
  async act(
    isDone: (view: MentorshipView) => boolean,
    act: (mentorships: Client['mentorships'], view: MentorshipView) => Promise<unknown>,
  ): Promise<boolean> {
    const { mentorshipId } = this
    const done = await this.resident.app.ask(async ({ mentorships }) => {
      const view = await mentorships.view({ mentorshipId })
      if (isDone(view)) return true
      try {
        await act(mentorships, view)
        return true
      } catch (error) {
        if (error instanceof ORPCError && (error.code === 'wrong-state' || error.code === 'changed')) return false
        throw error
      }
    })
    if (done) this.done++
    return done
  }

  async #edit(
    isDone: (view: MentorshipView) => boolean,
    change: (view: MentorshipView) => WorkspaceChange,
  ): Promise<void> {
    const { mentorshipId } = this
    const edit = (mentorships: Client['mentorships'], view: MentorshipView): Promise<unknown> =>
      mentorships.edit({ mentorshipId, change: change(view) })
    if (!(await this.act(isDone, edit))) throw new Error('A change that was refused')
  }

  async setGoal(goalId: string, title: string, progress: number): Promise<void> {
    await this.#edit(
      ({ goals }) => goals.some((each) => each.id === goalId && each.title === title && each.progress === progress),
      () => ({ kind: 'goal', goalId, title, progress }),
    )
    this.goals.set(goalId, { title, progress })
  }

  async setLink(linkId: string, address: string): Promise<void> {
    await this.#edit(
      ({ links }) => links.some((each) => each.id === linkId && each.address === address),
      () => ({ kind: 'link', linkId, title: 'Stitches', address }),
    )
    this.links.set(linkId, address)
  }

  async remove(from: 'goals' | 'links', id: string): Promise<void> {
    await this.#edit(
      (view) => !view[from].some((each) => each.id === id),
      () => ({ kind: 'remove', id }),
    )
    this[from].set(id, undefined)
  }

  async putWord(field: Field, word: string): Promise<void> {
    await this.#edit(
      (view) => textOf(view, field).includes(word),
      (view) => ({ kind: 'text', field, from: textOf(view, field), to: `${textOf(view, field)}${word}` }),
    )
    this.words[field].set(word, true)
  }

  async takeWord(field: Field, word: string): Promise<void> {
    await this.#edit(
      (view) => !textOf(view, field).includes(word),
      (view) => ({ kind: 'text', field, from: textOf(view, field), to: textOf(view, field).replace(word, '') }),
    )
    this.words[field].set(word, false)
  }

  async setMinutes(minutes: number): Promise<void> {
    await this.#edit(
      ({ agreement }) => agreement.minutes === minutes,
      () => ({ kind: 'terms', terms: { minutes } }),
    )
  }

  async agree(): Promise<void> {
    const { mentorshipId } = this
    await this.act(
      ({ agreement }) => agreement.agreed.mine,
      (mentorships, { agreement: { version } }) => mentorships.agree({ mentorshipId, version }),
    )
  }

  async plan(at: number): Promise<void> {
    const { mentorshipId } = this
    const sessionId = freshId()
    const planned = await this.act(
      ({ sessions }) => sessions.some(({ id }) => id === sessionId),
      (mentorships) => mentorships.planSession({ mentorshipId, sessionId, at, minutes: 60, format: 'text', note: '' }),
    )
    if (!planned) throw new Error('A session that was refused')
    this.sessions.set(sessionId, 'planned')
  }

  async cancel(sessionId: string): Promise<void> {
    const { mentorshipId } = this
    const cancelled = await this.act(
      ({ sessions }) => sessions.some(({ id, state }) => id === sessionId && state === 'cancelled'),
      (mentorships) => mentorships.cancelSession({ mentorshipId, sessionId }),
    )
    if (!cancelled) throw new Error('A session that could not be cancelled')
    this.sessions.set(sessionId, 'cancelled')
  }

  /** One of the other's, which they may have cancelled meanwhile. */
  async take(sessionId: string): Promise<void> {
    const { mentorshipId } = this
    const stateOf = (view: MentorshipView) => view.sessions.find(({ id }) => id === sessionId)
    await this.act(
      (view) => stateOf(view)?.state !== 'proposed',
      (mentorships, view) => mentorships.acceptSession({ mentorshipId, sessionId, plan: stateOf(view)?.plan ?? 0 }),
    )
  }

  async pause(paused: boolean): Promise<void> {
    const { mentorshipId } = this
    const done = await this.act(
      (view) => view.paused.mine === paused,
      (mentorships) => mentorships[paused ? 'pause' : 'resume']({ mentorshipId }),
    )
    if (!done) throw new Error('A pause that was refused')
    this.paused = paused
  }

  async finish(): Promise<void> {
    const { mentorshipId } = this
    await this.act(
      ({ finishing }) => finishing.mine,
      (mentorships) => mentorships.finish({ mentorshipId }),
    )
  }
}

export function textOf(view: MentorshipView, field: Field): string {
  return field === 'notes' ? view.notes : view.agreement[field]
}
