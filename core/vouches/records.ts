import type { RecordEvent } from '../api/record-events.ts'
import { copy, equal, type Bytes } from '../base/bytes.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Communities } from '../community/communities.ts'
import type { RecordHandler, RecordPlace } from '../conversations/records.ts'
import { scrub } from '../conversations/scrubbing.ts'
import type { Conversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'
import { mostVouches, VouchBook, type Received } from './book.ts'
import { decodeVouchRecord, isProven, type Pairing, type VouchRecord } from './content.ts'
import { communityTag, decodeVouch, isCurrent, isGenuine } from './vouch.ts'

/** The area of these records on the wire. */
export const vouchArea = 'vouch'

export interface VouchRecordsOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  /** After the transaction that changed something. `gone`: what was shown with offers, and was taken back. */
  readonly changed: (id: ConversationId, gone: readonly Received[]) => void
}

type Said = RecordEvent | 'unreadable' | undefined

/** What the two of a conversation know of each other's keys. */
export interface Parties {
  /** This person's persona key. */
  readonly own: Bytes
  /** The other's, where the introduction told it: a seeker knows who signed the offer. */
  readonly theirs: Bytes | undefined
  readonly community: Bytes
}

export function partiesOf(
  { communities, personas }: Pick<VouchRecordsOptions, 'communities' | 'personas'>,
  { personaId, communityId, role, contact }: Conversation,
): Parties {
  return {
    own: personas.get(personaId).key.publicKey,
    theirs: role === 'seeker' ? contact.key : undefined,
    community: communityTag(communities.get(communityId).networkKey),
  }
}

/** What a proof of a key is bound to. */
export function pairingOf({ own, theirs, community }: Parties): Pairing {
  return { community, mentorKey: theirs ?? own }
}

/** Each side's vouches change by its own records, and by what the other asks. */
export class VouchRecords implements RecordHandler {
  readonly #options: VouchRecordsOptions
  readonly #book: VouchBook
  readonly #changed = new Set<ConversationId>()
  readonly #gone = new Map<ConversationId, Received[]>()

  constructor(options: VouchRecordsOptions) {
    this.#options = options
    this.#book = new VouchBook(options.database)
  }

  apply(conversation: Conversation, body: Uint8Array, { mine, at, now }: RecordPlace): Said {
    const record = decodeVouchRecord(body)
    const when = { at: Math.min(at, now), now }
    const said = mine ? this.#own(conversation, record, when) : this.#theirs(conversation, record, when)
    this.#changed.add(conversation.id)
    return said
  }

  erase(id: ConversationId): void {
    this.#book.endTalks(id)
    this.#changed.add(id)
  }

  committed(id: ConversationId): void {
    const gone = this.#gone.get(id) ?? []
    if (this.#gone.delete(id)) scrub(this.#options.database)
    if (this.#changed.delete(id))
      this.#options.changed(
        id,
        gone.filter(({ shown }) => shown),
      )
  }

  #own({ id: conversationId }: Conversation, record: VouchRecord, { at }: { at: number }): Said {
    switch (record.kind) {
      case 'offer':
        this.#book.setTalk({ conversationId, given: true, topic: record.topic }, { state: 'offered', at })
        return 'vouch-offered'
      case 'ask':
        this.#book.setTalk({ conversationId, given: false, topic: record.topic }, { state: 'asked', at })
        return 'vouch-asked'
      case 'give': {
        const { topic, month } = decodeVouch(record.vouch)
        this.#book.setTalk({ conversationId, given: true, topic }, { state: 'given', at, month })
        return 'vouch-given'
      }
      // take-back: the one kind that is left
      default: {
        const talk = this.#book.talk(conversationId, true, record.topic)
        if (talk === undefined) return undefined
        if (talk.state === 'given') this.#book.setTalk(talk, { state: 'taken-back', at })
        else this.#book.dropTalk(talk.id)
        return 'vouch-taken-back'
      }
    }
  }

  #theirs(conversation: Conversation, record: VouchRecord, when: { at: number; now: number }): Said {
    switch (record.kind) {
      case 'offer':
        return this.#offered(conversation.id, record.topic, when.at)
      case 'ask':
        return this.#asked(conversation, record, when)
      case 'give':
        return this.#given(conversation, record, when)
      // take-back: the one kind that is left
      default:
        return this.#takenBack(conversation.id, record.topic)
    }
  }

  #offered(conversationId: ConversationId, topic: string, at: number): Said {
    const known = this.#book.talk(conversationId, false, topic) !== undefined
    const has = this.#book.receivedIn(conversationId).some((received) => received.topic === topic)
    if (known || has) return undefined
    return this.#book.setTalk({ conversationId, given: false, topic }, { state: 'offered', at })
      ? 'vouch-offered'
      : undefined
  }

  /** Who asks must hold the key that they name, and has one key for the whole conversation. */
  #asked(
    conversation: Conversation,
    { topic, key, proof }: Extract<VouchRecord, { kind: 'ask' }>,
    { at, now }: { at: number; now: number },
  ): Said {
    const parties = partiesOf(this.#options, conversation)
    const before = this.#keyOf(conversation.id, parties)
    const fits = !equal(key, parties.own) && (before === undefined || equal(before, key))
    if (!fits || !isProven(key, proof, pairingOf(parties))) return 'unreadable'
    if (before === undefined) this.#book.keepProvedKey(conversation.id, key)
    const place = { conversationId: conversation.id, given: true, topic }
    const talk = this.#book.talk(conversation.id, true, topic)
    if (talk?.state === 'asked' || talk?.state === 'due') return undefined
    if (talk?.state === 'given' && talk.month !== undefined && isCurrent({ month: talk.month }, now)) return undefined
    const isTaken = talk?.state === 'offered'
    const fresh = this.#book.setTalk(place, { state: isTaken ? 'due' : 'asked', at, subject: copy(key) })
    return fresh && !isTaken ? 'vouch-asked' : undefined
  }

  /** From who signed it and nobody else, who has one key for the whole conversation. */
  #given(
    conversation: Conversation,
    { vouch: encoded, proof }: Extract<VouchRecord, { kind: 'give' }>,
    { at, now }: { at: number; now: number },
  ): Said {
    const { id } = conversation
    const parties = partiesOf(this.#options, conversation)
    const { own, community } = parties
    const vouch = decodeVouch(encoded)
    const received = this.#book.receivedIn(id)
    const before = this.#keyOf(id, parties)
    const isTheirs = before === undefined || equal(before, vouch.voucher)
    const fits = isTheirs && isProven(vouch.voucher, proof, pairingOf(parties))
    if (!fits || !isCurrent(vouch, now) || !isGenuine(vouch, { community, subject: own })) return 'unreadable'
    if (before === undefined) this.#book.keepProvedKey(id, vouch.voucher)
    if (received.length >= mostVouches && !received.some(({ topic }) => topic === vouch.topic)) return undefined
    const talk = this.#book.talk(id, false, vouch.topic)
    if (talk !== undefined) this.#book.dropTalk(talk.id)
    const isNews = this.#book.receive(conversation.personaId, id, { ...vouch, encoded: copy(encoded), at })
    return isNews ? 'vouch-given' : undefined
  }

  /** The one key that the other has in the whole conversation: a mentor's is that of the offer, a seeker's the first that was proved. */
  #keyOf(id: ConversationId, { theirs }: Parties): Bytes | undefined {
    return theirs ?? this.#book.provedKey(id)
  }

  #takenBack(id: ConversationId, topic: string): Said {
    const talk = this.#book.talk(id, false, topic)
    const received = this.#book.receivedIn(id).find((each) => each.topic === topic)
    if (talk?.state === 'offered') this.#book.dropTalk(talk.id)
    if (received !== undefined) {
      this.#book.dropReceived(received.id)
      this.#gone.set(id, [...(this.#gone.get(id) ?? []), received])
    }
    return talk?.state === 'offered' || received !== undefined ? 'vouch-taken-back' : undefined
  }
}
