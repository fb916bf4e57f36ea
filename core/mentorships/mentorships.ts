import type { AppEvent } from '../api/events.ts'
import type { HoursView, MentorshipSummary, MentorshipView, Teaches } from '../api/mentorships.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { freshId, type ConversationId } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { scrub } from '../conversations/scrubbing.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { listFiles } from '../files/store.ts'
import { weaveOf } from '../personas/weave.ts'
import { calendarText } from './calendar.ts'
import { FactBook, type Facts } from './facts.ts'
import { Gaps } from './gaps.ts'
import { readHours } from './hours.ts'
import { isOpen } from './life.ts'
import { area, MentorshipRecords } from './records.ts'
import { Reminding } from './reminding.ts'
import { Resync } from './resync.ts'
import { Saying } from './saying.ts'
import { MentorshipStore } from './store.ts'
import { stateOf, summaryOf, viewOf } from './views.ts'

export interface MentorshipsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
  readonly log: Log
  readonly conversations: () => Pick<Conversations, 'actions' | 'setBlocked'>
}

/** The mentorships of this vault: what each pair keeps beside its conversation. */
export class Mentorships implements Service {
  readonly #options: MentorshipsOptions
  readonly #store: MentorshipStore
  readonly #gaps: Gaps
  readonly #facts: FactBook
  readonly #reminding: Reminding
  readonly #resync: Resync
  readonly #touched = new Set<ConversationId>()
  /** Conversations in which something is to be told. */
  readonly #owing = new Set<ConversationId>()
  readonly #busy = new Set<Promise<void>>()
  readonly saying: Saying
  /** To be given to conversations. */
  readonly records: readonly [string, MentorshipRecords]

  constructor(options: MentorshipsOptions) {
    this.#options = options
    const { database, clock, log, emit } = options
    this.#store = new MentorshipStore(database)
    this.#gaps = new Gaps(database)
    const parts = { database, store: this.#store, gaps: this.#gaps, clock }
    const actions = () => options.conversations().actions
    this.#facts = new FactBook(parts)
    this.saying = new Saying({ ...parts, facts: this.#facts, actions })
    this.#resync = new Resync({ ...parts, actions })
    this.#reminding = new Reminding({ ...parts, facts: this.#facts, log, emit })
    const touched = (id: ConversationId): void => {
      this.#facts.forget(id)
      this.#touched.add(id)
    }
    const records = new MentorshipRecords({ ...parts, touched, committed: this.#committed })
    this.records = [area, records]
  }

  async start(): Promise<void> {
    await this.#reminding.start()
    this.#gaps.age(this.#options.clock.now())
    for (const id of this.#store.owing()) this.#owing.add(id)
    for (const id of this.#owing) this.#settle(id)
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#busy)
    await this.#reminding.stop()
  }

  /** Tells the other what they are to know: what is done here, what is missing here, what they asked for. */
  async settle(id: ConversationId): Promise<void> {
    for (const each of this.#store.list(id)) await this.saying.settle(each.id)
    await this.#resync.settle(id)
    this.#look(id)
  }

  /** The open ones first, then those that were over last. */
  list(conversationId?: ConversationId): MentorshipSummary[] {
    const summaries = this.#facts.list(conversationId).map(summaryOf)
    const last = ({ overAt }: MentorshipSummary): number => overAt ?? Infinity
    return summaries.toSorted((a, b) => (last(a) === last(b) ? b.proposedAt - a.proposedAt : last(b) - last(a)))
  }

  /** @throws Fault `not-found` */
  view(id: string): MentorshipView {
    const facts = this.#facts.of(id)
    return viewOf(facts, listFiles(this.#options.database, facts.conversation.id))
  }

  /**
   * Whether what the two had is over: a mentorship that had begun, and no other
   * since. A proposal that came to nothing leaves them where they were.
   */
  isBehind(conversationId: ConversationId): boolean {
    const lives = this.#facts.lives(conversationId)
    const left = this.#store.left(conversationId)
    const open = [...lives.values()].filter((life) => isOpen(life) && !left.has(life.id))
    if (open.length > 0) return false
    return [...lives.values()].some(({ beganAt }) => beganAt !== undefined) || this.#store.hasForgotten(conversationId)
  }

  /** What a proposal may begin with; null where one is open. @throws Fault `not-found` */
  prefill(conversationId: ConversationId): { teaches: Teaches | null; what: string } | null {
    const { id, role, offerKind, offerTitle } = getConversation(this.#options.database, conversationId)
    if (this.#facts.list(id).some((facts) => isOpenHere(facts))) return null
    // the author of an offer teaches, the author of a request learns
    const isTeacher = (offerKind === 'offer') === (role === 'mentor')
    return { teaches: offerKind === undefined ? null : isTeacher ? 'me' : 'them', what: offerTitle }
  }

  /**
   * Over at once, here, and the other is told as soon as they can be.
   *
   * @throws Fault `not-found`, `wrong-state` where it is over already; what `Actions.end` throws
   */
  async end(
    id: string,
    { erase, block }: { readonly erase: 'nothing' | 'workspace' | 'conversation'; readonly block: boolean },
  ): Promise<void> {
    const { database, conversations } = this.#options
    const facts = this.#facts.of(id)
    const conversationId = facts.conversation.id
    if (!isOpenHere(facts)) throw new Fault('wrong-state', 'It is over')
    database.transaction(() => {
      this.#store.setUntold(id, { end: true, erase: erase !== 'nothing' })
      this.#store.moved(id, this.#options.clock.now())
      if (erase !== 'nothing') this.#store.eraseContents(id)
    })
    this.#look(conversationId)
    this.#changed(conversationId)
    if (erase !== 'nothing') scrub(database)
    // where the other cannot be told now, they are as soon as they can be
    await this.settle(conversationId).catch(() => {})
    try {
      if (erase === 'conversation') await conversations().actions.end(conversationId)
    } finally {
      if (block) conversations().setBlocked(conversationId, true)
    }
  }

  /** @throws Fault `not-found`, `wrong-state` where it is not over */
  async erase(id: string, what: { readonly workspace: boolean; readonly files: boolean }): Promise<void> {
    await this.saying.say(id, () => ({ kind: 'erase', ...what }))
  }

  /** @throws Fault as `erase` */
  forget(id: string): void {
    const facts = this.#facts.of(id)
    if (isOpenHere(facts)) throw new Fault('wrong-state', 'A mentorship that is not over')
    if (facts.stored.untold.end) throw new Fault('wrong-state', 'The other was not told yet')
    this.#options.database.transaction(() => this.#store.forget(id))
    scrub(this.#options.database)
    this.#changed(facts.conversation.id)
  }

  /** An appointment that says nothing. @throws Fault `not-found`, `wrong-state` where it is not accepted */
  calendar(id: string, sessionId: string, title: string): { name: string; text: string } {
    const session = this.#facts.of(id).life.sessions.get(sessionId)
    if (session === undefined) throw new Fault('not-found', 'No such session')
    if (session.state !== 'accepted') throw new Fault('wrong-state', 'A session that was not accepted')
    const text = calendarText(session, { title, uid: freshId(), now: this.#options.clock.now() })
    return { name: 'appointment.ics', text }
  }

  /** This person's own answers, and their sharing where they wish it. @throws Fault `not-found`, `wrong-state`, `bad-input` */
  async debrief(id: string, answers: MentorshipView['debrief']['answers'], share: boolean): Promise<void> {
    const facts = this.#facts.of(id)
    if (share && stateOf(facts) !== 'finished') throw new Fault('wrong-state', 'A mentorship that was not finished')
    const given = Object.fromEntries(Object.entries(answers).filter(([, text]) => text.trim() !== ''))
    if (share && Object.keys(given).length === 0) throw new Fault('bad-input', 'Nothing to share')
    this.setOwn(id, { debrief: JSON.stringify(given) })
    if (share) await this.saying.say(id, () => ({ kind: 'debrief', answers: given }))
  }

  /** What is this person's alone: never sent. @throws Fault `not-found` */
  setOwn(id: string, own: Parameters<MentorshipStore['setOwn']>[1]): void {
    this.#store.setOwn(id, own)
    this.#changed(this.#store.get(id).conversationId)
  }

  hours(): HoursView {
    const { database } = this.#options
    const { given, received, of } = readHours(database)
    const mentorships = of.map(({ conversationId, ...hours }) => {
      const { contact } = getConversation(database, conversationId)
      return { ...hours, contact: { pseudonym: contact.pseudonym, weave: weaveOf(contact.key) } }
    })
    return { given, received, mentorships }
  }

  readonly #committed = (id: ConversationId): void => {
    if (this.#touched.delete(id)) {
      this.#changed(id)
      this.#look(id)
    }
    if (this.#owing.has(id)) this.#settle(id)
  }

  /** Whether something is to be told there, now or later. */
  #look(id: ConversationId): void {
    if (this.#store.owing(id).length > 0) this.#owing.add(id)
    else this.#owing.delete(id)
  }

  #changed(id: ConversationId): void {
    this.#facts.forget(id)
    this.#reminding.notice()
    this.#options.emit({ type: 'mentorships', conversationId: id })
  }

  /** Not awaited, and not left behind at the end either. What fails is tried again at the next occasion. */
  #settle(id: ConversationId): void {
    const kept: Promise<void> = this.settle(id)
      .catch(() => {})
      .finally(() => this.#busy.delete(kept))
    this.#busy.add(kept)
  }
}

function isOpenHere({ life, stored }: Facts): boolean {
  return isOpen(life) && !stored.untold.end
}
