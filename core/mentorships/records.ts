import { copy } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import { strikeFiles } from '../conversations/applying.ts'
import { otherRole } from '../conversations/chain.ts'
import { scrub } from '../conversations/scrubbing.ts'
import type { RecordHandler, RecordPlace } from '../conversations/records.ts'
import type { Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import type { Gaps } from './gaps.ts'
import { noteHours } from './hours.ts'
import { isOpen, tell, type Life } from './life.ts'
import { knew, type Entry, type Knowledge } from './order.ts'
import { decodeRecord, type MentorshipRecord, type Statement } from './statements.ts'
import type { MentorshipStore, StoredMentorship } from './store.ts'
import { takeEdit } from './taking-edits.ts'

/** Of one side in a conversation. All of them are read for each that comes. */
const mostStatements = 1000
/** Of one side in a conversation: each has a document of its own. */
const mostProposals = 100
/** Kinds whose words go when the workspace is deleted. */
const contents: ReadonlySet<Statement['kind']> = new Set([
  'agree',
  'plan',
  'take',
  'cancel',
  'held',
  'debrief',
  'thanks',
])

/** The area's name on the wire. */
export const area = 'mentorship'

export interface RecordsOptions {
  readonly database: Database
  readonly store: MentorshipStore
  readonly gaps: Gaps
  /** In a transaction that may still fail. */
  readonly touched: (id: ConversationId) => void
  /** After any transaction of the conversation. */
  readonly committed: (id: ConversationId) => void
}

type Said = Knowledge & Pick<Entry, 'at'>

/**
 * What the two tell each other of their mentorships.
 *
 * A statement has to make sense to its own writer: in what this side and the
 * other had stated by the time that the writer knew of. Both sides can tell, and
 * both tell the same. What came in between may leave it without effect all the
 * same, and then it is kept, because the order of both is that of both.
 */
export class MentorshipRecords implements RecordHandler {
  readonly #options: RecordsOptions
  /** Where something was deleted that must stay in no file. */
  readonly #toScrub = new Set<ConversationId>()

  constructor(options: RecordsOptions) {
    this.#options = options
  }

  committed(id: ConversationId): void {
    if (this.#toScrub.delete(id)) scrub(this.#options.database)
    this.#options.committed(id)
  }

  apply(conversation: Conversation, body: Uint8Array, place: RecordPlace) {
    const { gaps, touched } = this.#options
    const { id } = conversation
    const record = decodeRecord(body)
    if (!('of' in record)) {
      gaps.take(conversation, record, place)
      touched(id)
      return undefined
    }
    const { seen, lost = [], again } = record
    if (again !== undefined && place.mine) {
      gaps.told(id, [again.index], place.index)
      return undefined
    }
    // told twice
    if (again !== undefined && !gaps.open(id).includes(again.index)) return undefined
    const event = this.#told(conversation, record, place)
    if (again !== undefined) gaps.close(id, [again.index])
    if (!place.mine) gaps.heard(id, seen, lost)
    return event
  }

  lost(id: ConversationId, index: number, now: number): void {
    this.#options.gaps.note(id, index, now)
    this.#options.touched(id)
  }

  erase(id: ConversationId): void {
    this.#options.store.eraseConversation(id)
    this.#options.gaps.erase(id)
    this.#options.touched(id)
  }

  #told(conversation: Conversation, record: MentorshipRecord, place: RecordPlace) {
    const { store, gaps, touched } = this.#options
    const { id, role } = conversation
    const { of, seen, say, edit, lost = [], again } = record
    const side = place.mine ? role : otherRole(role)
    const said: Said = { side, seen, lost, ...(again ?? { index: place.index, at: place.at }) }
    const around = store.around(id, said)
    const most = place.mine ? conversation.receiveNext : conversation.sendNext
    const isForgetful = lost.some((index) => index < around.seen && !around.lost.includes(index))
    if (seen > most || seen < around.seen || (again !== undefined && seen > around.next) || isForgetful) {
      throw new Fault('malformed', 'A statement that knows what was not said, or does not know what it knew')
    }
    const stored = store.find(of)
    if (stored !== undefined && stored.conversationId !== id) throw new Fault('malformed', 'Of another conversation')
    const isPlace = say === undefined && edit === undefined
    // an end needs a mentorship that is open: there are no more of them than of proposals
    const counts = isPlace || (say !== undefined && (say.kind !== 'end' || again !== undefined))
    if (counts && around.count >= mostStatements) {
      throw new Fault('too-large', 'As many statements as there may be')
    }
    if (say?.kind === 'propose' && around.proposals >= mostProposals) {
      throw new Fault('too-large', 'As many mentorships as there may be')
    }
    touched(id)
    const entry = say && { ...said, tick: around.tick + 1, of, say }
    const isGone =
      stored?.forgotten === true || (stored?.erased === true && (say === undefined || contents.has(say.kind)))
    if (isPlace || isGone) {
      // it may have been written before its writer knew
      if (isPlace || entry !== undefined) store.addStatement(id, entry ?? { ...said, tick: around.tick + 1, of }, false)
      if (again !== undefined) store.countAnew(id)
      return undefined
    }
    const event = this.#take(conversation, { record, said, entry, stored }, place)
    if (edit !== undefined && place.mine) {
      gaps.age(place.now)
      gaps.keepEdit(id, said.index, { ...said, of, edit: copy(edit) })
    }
    return event
  }

  #take(
    { id }: Conversation,
    what: {
      readonly record: MentorshipRecord
      readonly said: Said
      readonly entry: Entry | undefined
      readonly stored: StoredMentorship | undefined
    },
    { mine, now }: RecordPlace,
  ) {
    const { store } = this.#options
    const { record, said, entry, stored } = what
    const isAgain = record.again !== undefined
    // first what costs least to find wrong
    const kept = stored?.kept ?? { state: undefined, used: { seeker: 0, mentor: 0 } }
    const edited = record.edit === undefined ? undefined : takeEdit(kept, said.side, record.edit)
    const entries = store.entries(id)
    const added = entry === undefined ? [] : [entry]
    // it made sense in its time, to whoever had read what is missing here
    const written = tell([...(isAgain ? entries : entries.filter((each) => knew(said, each))), ...added])
    const senseless = new Fault(mine ? 'wrong-state' : 'malformed', 'Not in this state of the mentorship')
    if (entry !== undefined && !isAgain && written.effects.get(entry) === undefined) throw senseless
    const writers = written.lives.get(record.of)
    if (writers === undefined) throw senseless
    if (edited !== undefined && !isAgain && !isOpen(writers)) throw senseless
    // from here on it is believed
    store.insert(record.of, id, now)
    if (edited !== undefined) store.setDocument(record.of, edited)
    if (entry !== undefined) store.addStatement(id, entry, true)
    if (isAgain) store.countAnew(id)
    const all = isAgain ? store.entries(id) : [...entries, ...added]
    const { lives, effects } = tell(all)
    const here = entry && all.find(({ side, index }) => side === entry.side && index === entry.index)
    const effect = here && effects.get(here)
    if (edited !== undefined || effect !== undefined) store.moved(record.of, now)
    const life = lives.get(record.of)
    if (entry !== undefined && life !== undefined && effect !== undefined) this.#follow(id, entry, life, mine)
    return effect === 'quiet' ? undefined : effect
  }

  /** What a statement does beside what follows from it. */
  #follow(id: ConversationId, { side, of, say }: Entry, life: Life, mine: boolean): void {
    const { database, store } = this.#options
    if (say.kind === 'held' && mine) noteHours(database, life, say.session, side)
    if (say.kind === 'end' && mine) store.setUntold(of, { end: false })
    if (say.kind === 'erased' && mine) store.paid(of)
    if (say.kind !== 'erase') return
    if (say.workspace) store.eraseContents(of)
    if (say.files) strikeFiles(database, id)
    this.#toScrub.add(id)
    if (mine) store.setUntold(of, { erase: false })
    else store.owe(of, say)
  }
}
