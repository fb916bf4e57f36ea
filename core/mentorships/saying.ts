import type { AgreementDraft, WorkspaceChange } from '../api/mentorships.ts'
import { mentorshipLimits as limits } from '../api/mentorship-limits.ts'
import { hex } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import type { ConversationId, FileId } from '../base/ids.ts'
import type { Actions } from '../conversations/actions.ts'
import { otherRole } from '../conversations/chain.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { getFile } from '../files/store.ts'
import { isAhead } from './calendar.ts'
import { beginWorkspace, makeChange, versionOf, type Change } from './changes.ts'
import type { FactBook, Facts } from './facts.ts'
import type { Gaps } from './gaps.ts'
import { isOpen } from './life.ts'
import { area } from './records.ts'
import { encodeRecord, type MentorshipRecord, type Statement } from './statements.ts'
import type { MentorshipStore } from './store.ts'
import { Workspace } from './workspace.ts'

export interface SayingOptions {
  readonly database: Database
  readonly store: MentorshipStore
  readonly gaps: Gaps
  readonly facts: FactBook
  readonly clock: Clock
  readonly actions: () => Pick<Actions, 'record'>
}

type Said = Pick<MentorshipRecord, 'say' | 'edit'>

/**
 * What a person says to the other of a mentorship: saved, and on its way, once it
 * resolves. Made when its turn has come, from what is known by then.
 *
 * Everything throws Fault `not-found`, `wrong-state`, `key-changed`, `disk-full`.
 */
export class Saying {
  readonly #options: SayingOptions

  constructor(options: SayingOptions) {
    this.#options = options
  }

  /** @throws Fault `wrong-state` also where one is open already */
  async propose(
    id: string,
    conversationId: ConversationId,
    wish: { readonly teaches: 'me' | 'them' | 'both'; readonly agreement: AgreementDraft },
  ): Promise<void> {
    await this.#record(id, conversationId, () => {
      const { role } = getConversation(this.#options.database, conversationId)
      const known = this.#options.store.find(id)
      // the same call again
      if (known?.conversationId === conversationId) return undefined
      const workspace = new Workspace()
      const edit = beginWorkspace(workspace, role, wish.agreement)
      const version = versionOf(workspace.read())
      return { say: { kind: 'propose', teaches: wish.teaches, version }, ...(edit === undefined ? {} : { edit }) }
    })
  }

  /** @throws Fault `changed` where that is not what stands there */
  async agree(id: string, kind: 'accept' | 'agree', version: string): Promise<void> {
    await this.say(id, ({ written }) => {
      if (versionOf(written) !== version) throw new Fault('changed', 'The agreement was changed')
      return { kind, version }
    })
  }

  /** @throws Fault `bad-input`, `too-large` */
  async edit(id: string, change: WorkspaceChange): Promise<void> {
    await this.#of(id, ({ stored, conversation }) => {
      const workspace = new Workspace(stored.kept.state)
      const edit = makeChange(workspace, conversation.role, this.#known(stored.conversationId, change))
      return edit === undefined ? undefined : { edit }
    })
  }

  /** @throws Fault `too-large` */
  async plan(id: string, wish: Omit<Extract<Statement, { kind: 'plan' }>, 'kind'>): Promise<void> {
    await this.say(id, ({ life, now }) => {
      const open = [...life.sessions.values()].filter(
        (each) => (each.state === 'proposed' || each.state === 'accepted') && isAhead(each, now),
      )
      if (!life.sessions.has(wish.session) && open.length >= limits.sessions) {
        throw new Fault('too-large', 'As many sessions as there may be')
      }
      const note = harmlessLine(wish.note).slice(0, limits.sessionNote).toWellFormed()
      return { kind: 'plan', ...wish, note }
    })
  }

  /** @throws Fault `changed` where it is not that proposal any more */
  async take(id: string, session: string, plan: number): Promise<void> {
    await this.say(id, ({ life }) => {
      const known = life.sessions.get(session)
      if (known?.state === 'proposed' && known.plan !== plan) throw new Fault('changed', 'The session was moved')
      return { kind: 'take', session, plan }
    })
  }

  /** @throws Fault `wrong-state` also before its time */
  async held(id: string, session: string, minutes: number): Promise<void> {
    await this.say(id, ({ life, now }) => {
      const known = life.sessions.get(session)
      if (known !== undefined && known.at > now) throw new Fault('wrong-state', 'A session that is still to come')
      return { kind: 'held', session, minutes }
    })
  }

  /** @throws Fault `bad-input` where nothing of it can be seen */
  async thank(id: string, text: string): Promise<void> {
    const words = harmlessText(text)
    if (words === '') throw new Fault('bad-input', 'Thanks without words')
    await this.say(id, () => ({ kind: 'thanks', text: words }))
  }

  /** What is done here and the other does not know of yet. */
  async settle(id: string): Promise<void> {
    const { store, facts } = this.#options
    const { conversationId } = store.get(id)
    await this.#record(id, conversationId, () => {
      const { stored, life } = facts.of(id)
      if (stored.untold.end && isOpen(life)) return { say: { kind: 'end' } }
      // it was over already, by the other's word
      if (stored.untold.end) store.setUntold(id, { end: false })
      return undefined
    })
    await this.#record(id, conversationId, () => {
      const { untold, owed } = store.get(id)
      if (untold.erase) return { say: { kind: 'erase', workspace: true, files: false } }
      return owed.workspace || owed.files ? { say: { kind: 'erased', ...owed } } : undefined
    })
  }

  /** @param make undefined where there is nothing to say any more */
  async say(id: string, make: (facts: Facts) => Statement | undefined): Promise<void> {
    await this.#of(id, (facts) => {
      const say = make(facts)
      return say === undefined ? undefined : { say }
    })
  }

  async #of(id: string, make: (facts: Facts) => Said | undefined): Promise<void> {
    const { facts, store } = this.#options
    await this.#record(id, store.get(id).conversationId, () => {
      const known = facts.of(id)
      if (known.stored.untold.end) throw new Fault('wrong-state', 'This person has left it')
      return make(known)
    })
  }

  async #record(id: string, conversationId: ConversationId, make: () => Said | undefined): Promise<void> {
    const { database, gaps, actions } = this.#options
    await actions().record(conversationId, area, () => {
      const said = make()
      if (said === undefined) return undefined
      const lost = gaps.open(conversationId)
      const { receiveNext: seen } = getConversation(database, conversationId)
      return encodeRecord({ of: id, seen, ...(lost.length === 0 ? {} : { lost }), ...said })
    })
  }

  /** A file is known to both by who offered it, and how. */
  #known(conversationId: ConversationId, change: WorkspaceChange): Change {
    if (change.kind !== 'file') return change
    const { database } = this.#options
    const file = getFile(database, change.fileId as FileId)
    if (file.conversationId !== conversationId) throw new Fault('not-found', 'A file of another conversation')
    const { role } = getConversation(database, conversationId)
    const by = file.mine ? role : otherRole(role)
    return { kind: 'file', sharedFileId: change.sharedFileId, by, offer: hex(file.offer.id) }
  }
}
