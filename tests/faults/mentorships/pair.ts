import { isDeepStrictEqual } from 'node:util'
import type { MentorshipView } from '../../../core/api/mentorships.ts'
import { freshId } from '../../../core/base/ids.ts'
import type { Outcome } from '../../harness/faults.ts'
import { eventually } from '../../support/eventually.ts'
import { mirrored, seen } from '../../support/mirrored-mentorship.ts'
import type { Resident } from '../conversations/resident.ts'
import type { Town } from '../conversations/town.ts'
import { Partner, textOf } from './partner.ts'

const healMs = 180_000

/** Two who work on a mentorship, each with a screen of it. */
export class Pair {
  readonly town: Town
  readonly partners: readonly [Partner, Partner]

  private constructor(town: Town, partners: readonly [Partner, Partner]) {
    this.town = town
    this.partners = partners
  }

  /** Of two whose apps run: one proposes, the other accepts. */
  static async begin(town: Town): Promise<Pair> {
    const { seeker, mentor } = town
    const mentorshipId = freshId()
    const agreement = { what: 'Bind a book', boundaries: '', fallback: '', rhythm: null, until: null, minutes: null }
    const { conversationId } = seeker
    const wish = { mentorshipId, conversationId, teaches: 'them', agreement } as const
    await seeker.app.ask(({ mentorships }) => mentorships.propose(wish))
    const pair = new Pair(town, [new Partner(seeker, mentorshipId, 's'), new Partner(mentor, mentorshipId, 'm')])
    const isProposed = async (): Promise<boolean> => {
      await pair.#check()
      return (await mentor.app.ask(({ mentorships }) => mentorships.list({}))).length > 0
    }
    await eventually(isProposed, { timeoutMs: healMs, everyMs: 300, what: 'a proposal' })
    const { agreement: proposed } = await pair.partners[1].view()
    await mentor.app.ask(({ mentorships }) => mentorships.accept({ mentorshipId, version: proposed.version }))
    const isActive = async (): Promise<boolean> => {
      await pair.#check()
      return (await pair.partners[0].view()).state === 'active'
    }
    await eventually(isActive, { timeoutMs: healMs, everyMs: 300, what: 'an acceptance' })
    return pair
  }

  /** Waits until both have the same and all that was promised, then lets both finish. */
  async judge(): Promise<Omit<Outcome, 'crashed'>> {
    const broken: string[] = []
    await holds(async () => {
      await this.#check()
      const views = await this.#views()
      return isSame(views) && this.#counts(views).lost === 0
    })
    const views = await this.#views()
    if (!isSame(views)) broken.push('the two sides differ')
    const { duplicated, ...counts } = this.#counts(views)
    const screens = await Promise.all(this.town.residents.map((resident) => resident.screen()))
    if (screens.flat().some(({ kind }) => kind === 'unreadable')) broken.push('something could not be read')
    const planned = this.partners.reduce((sum, { sessions }) => sum + sessions.size, 0)
    const toldTwice = screens.map((lines) => lines.filter(({ event }) => event === 'session-proposed').length - planned)
    if (toldTwice.some((more) => more < 0)) broken.push('a thread does not show every session')
    if (!(await this.#finish())) broken.push('the two could not finish')
    const notes = { done: this.partners.reduce((sum, { done }) => sum + done, 0) }
    return {
      ...counts,
      duplicated: duplicated + toldTwice.reduce((a, b) => a + Math.max(0, b), 0),
      reordered: 0,
      notes,
      broken,
    }
  }

  async #finish(): Promise<boolean> {
    for (const partner of this.partners) await partner.finish()
    return holds(async () => {
      await this.#check()
      const views = await this.#views()
      return isSame(views) && views.every(({ state }) => state === 'finished')
    })
  }

  #counts(views: readonly MentorshipView[]): Pick<Outcome, 'promised' | 'found' | 'lost' | 'duplicated'> {
    const kept = views.flatMap((view, nth) => this.partners.flatMap((by, whose) => promises(view, by, nth === whose)))
    const lost = kept.filter((times) => times === 0).length
    return {
      promised: kept.length,
      found: kept.length - lost,
      lost,
      duplicated: kept.filter((times) => times > 1).length,
    }
  }

  #views(): Promise<MentorshipView[]> {
    return Promise.all(this.partners.map((partner) => partner.view()))
  }

  async #check(): Promise<void> {
    await Promise.all(this.town.residents.map((resident: Resident) => resident.check()))
  }
}

/** @returns false where it did not in time */
function holds(condition: () => Promise<boolean>): Promise<boolean> {
  return eventually(condition, { timeoutMs: healMs, everyMs: 300 }).then(
    () => true,
    () => false,
  )
}

function isSame([here, there]: readonly MentorshipView[]): boolean {
  return here !== undefined && there !== undefined && isDeepStrictEqual(mirrored(there), seen(here))
}

/** For everything that somebody was told is saved, how often it is there as it was left: 1 is as it must be. */
function promises(view: MentorshipView, by: Partner, isTheirs: boolean): number[] {
  const times = (holds: readonly boolean[]): number => holds.filter(Boolean).length
  /** What was removed is there as often as it must be where it is not there. */
  const gone = (isThere: boolean): number => (isThere ? 0 : 1)
  return [
    ...[...by.goals].map(([id, goal]) => {
      const here = view.goals.filter((each) => each.id === id)
      if (goal === undefined) return gone(here.length > 0)
      return times(here.map(({ title, progress }) => title === goal.title && progress === goal.progress))
    }),
    ...[...by.links].map(([id, address]) => {
      const here = view.links.filter((each) => each.id === id)
      return address === undefined ? gone(here.length > 0) : times(here.map((each) => each.address === address))
    }),
    ...(['notes', 'boundaries'] as const).flatMap((field) =>
      [...by.words[field]].map(([word, isThere]) => {
        const often = textOf(view, field).split(word).length - 1
        return isThere ? often : gone(often > 0)
      }),
    ),
    ...[...by.sessions].map(([id, state]) =>
      times(
        view.sessions
          .filter((each) => each.id === id)
          .map((each) => (each.state === 'cancelled') === (state === 'cancelled')),
      ),
    ),
    (isTheirs ? view.paused.mine : view.paused.theirs) === by.paused ? 1 : 0,
  ]
}
