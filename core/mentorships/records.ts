import { Fault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import { strikeFiles } from '../conversations/applying.ts'
import { otherRole } from '../conversations/chain.ts'
import { scrub } from '../conversations/scrubbing.ts'
import type { RecordHandler, RecordPlace } from '../conversations/records.ts'
import type { Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { noteHours } from './hours.ts'
import { isOpen, tell, type Life } from './life.ts'
import { knew, type Entry, type Place } from './order.ts'
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
  /** In a transaction that may still fail. */
  readonly touched: (id: ConversationId) => void
  /** After any transaction of the conversation. */
  readonly committed: (id: ConversationId) => void
}

type Said = Place & Pick<Entry, 'seen' | 'at'>

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
    const { store, touched } = this.#options
    const record = decodeRecord(body)
    const { id, role } = conversation
    const side = place.mine ? role : otherRole(role)
    const said: Said = { side, index: place.index, seen: record.seen, at: place.at }
    const before = store.before(id, side, record.seen)
    const most = place.mine ? conversation.receiveNext : conversation.sendNext
    if (record.seen > most || record.seen < before.seen) {
      throw new Fault('malformed', 'A statement that knows what was not said')
    }
    const stored = store.find(record.of)
    if (stored !== undefined && stored.conversationId !== id) throw new Fault('malformed', 'Of another conversation')
    // an end needs a mentorship that is open: there are no more of them than of proposals
    if (record.say !== undefined && record.say.kind !== 'end' && before.count >= mostStatements) {
      throw new Fault('too-large', 'As many statements as there may be')
    }
    if (record.say?.kind === 'propose' && before.proposals >= mostProposals) {
      throw new Fault('too-large', 'As many mentorships as there may be')
    }
    touched(id)
    const entry = record.say && { ...said, tick: before.tick + 1, of: record.of, say: record.say }
    if (
      stored?.forgotten === true ||
      (stored?.erased === true && (entry === undefined || contents.has(entry.say.kind)))
    ) {
      // it may have been written before its writer knew
      if (entry !== undefined) store.addStatement(id, entry, false)
      return undefined
    }
    return this.#take(conversation, { record, said, entry, stored }, place)
  }

  erase(id: ConversationId): void {
    this.#options.store.eraseConversation(id)
    this.#options.touched(id)
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
    const entries = store.entries(id)
    const added = entry === undefined ? [] : [entry]
    const written = tell([...entries.filter((each) => knew(said, each)), ...added])
    const senseless = new Fault(mine ? 'wrong-state' : 'malformed', 'Not in this state of the mentorship')
    if (entry !== undefined && written.effects.get(entry) === undefined) throw senseless
    const writers = written.lives.get(record.of)
    if (writers === undefined) throw senseless
    const kept = stored?.kept ?? { state: undefined, used: { seeker: 0, mentor: 0 } }
    if (record.edit !== undefined && !isOpen(writers)) throw senseless
    const edited = record.edit === undefined ? undefined : takeEdit(kept, said.side, record.edit)
    // from here on it is believed
    store.insert(record.of, id, now)
    if (edited !== undefined) store.setDocument(record.of, edited)
    const { lives, effects } = tell([...entries, ...added])
    const effect = entry && effects.get(entry)
    if (edited !== undefined || effect !== undefined) store.moved(record.of, now)
    if (entry === undefined) return undefined
    store.addStatement(id, entry, true)
    const life = lives.get(record.of)
    if (life !== undefined && effect !== undefined) this.#follow(id, entry, life, mine)
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
