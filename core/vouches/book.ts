import { hex, type Bytes } from '../base/bytes.ts'
import { freshId, type CommunityId, type ConversationId, type PersonaId, type VouchId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { maxVouches } from '../offers/content.ts'
import { isCurrent, type Vouch } from './vouch.ts'

/** Topics of one conversation and direction: a contact fills no disk. */
export const mostVouches = 16

export type TalkState = 'offered' | 'asked' | 'due' | 'given' | 'taken-back'

/** Where a vouch of this person's (`given`), or one for this person that they do not have yet, stands. */
export interface Talk {
  readonly id: VouchId
  readonly conversationId: ConversationId
  readonly given: boolean
  readonly topic: string
  readonly state: TalkState
  /** The persona key of whom it is for, where they have proved it. Of given ones alone. */
  readonly subject: Bytes | undefined
  /** When it was signed. */
  readonly month: number | undefined
  readonly at: number
}

export interface Received {
  readonly id: VouchId
  readonly personaId: PersonaId
  readonly conversationId: ConversationId | undefined
  readonly voucher: Bytes
  readonly topic: string
  readonly month: number
  readonly vouch: Bytes
  readonly at: number
  readonly shown: boolean
}

type TalkRow = {
  id: VouchId
  conversation_id: ConversationId
  given: number
  topic: string
  state: TalkState
  subject: Bytes | null
  month: number | null
  at: number
}

type ReceivedRow = {
  id: VouchId
  persona_id: PersonaId
  conversation_id: ConversationId | null
  voucher: Bytes
  topic: string
  month: number
  vouch: Bytes
  at: number
  shown: number
}

/** The tables of vouches. Synchronous: callers may be inside a transaction. */
export class VouchBook {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  talks(): Talk[] {
    return this.#database.all<TalkRow>('SELECT * FROM vouch_talks ORDER BY at DESC, rowid DESC').map(talkOf)
  }

  talksOf(id: ConversationId, given: boolean): Talk[] {
    return this.#database
      .all<TalkRow>('SELECT * FROM vouch_talks WHERE conversation_id = ? AND given = ?', [id, given ? 1 : 0])
      .map(talkOf)
  }

  talk(id: ConversationId, given: boolean, topic: string): Talk | undefined {
    return this.talksOf(id, given).find((talk) => talk.topic === topic)
  }

  /** What is not said stays as it was. @returns false where there are too many */
  setTalk(
    { conversationId, given, topic }: Pick<Talk, 'conversationId' | 'given' | 'topic'>,
    { state, at, subject, month }: { state: TalkState; at: number; subject?: Bytes; month?: number },
  ): boolean {
    const talks = this.talksOf(conversationId, given)
    if (!talks.some((talk) => talk.topic === topic) && talks.length >= mostVouches) return false
    this.#database.run(
      `INSERT INTO vouch_talks (id, conversation_id, given, topic, state, subject, month, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (conversation_id, given, topic) DO UPDATE SET state = excluded.state, at = excluded.at,
         subject = coalesce(excluded.subject, subject), month = coalesce(excluded.month, month)`,
      [freshId<VouchId>(), conversationId, given ? 1 : 0, topic, state, subject ?? null, month ?? null, at],
    )
    return true
  }

  dropTalk(id: VouchId): void {
    this.#database.run('DELETE FROM vouch_talks WHERE id = ?', [id])
  }

  /** The persona key that the other of a conversation proved to hold. */
  subjectOf(id: ConversationId): Bytes | undefined {
    return this.talksOf(id, true).find(({ subject }) => subject !== undefined)?.subject
  }

  received(): Received[] {
    return this.#database
      .all<ReceivedRow>('SELECT * FROM vouches_received ORDER BY at DESC, rowid DESC')
      .map(receivedOf)
  }

  receivedIn(id: ConversationId): Received[] {
    return this.received().filter(({ conversationId }) => conversationId === id)
  }

  /** @returns whether it is news: newer than what was there */
  receive(
    personaId: PersonaId,
    conversationId: ConversationId,
    received: Vouch & { encoded: Bytes; at: number },
  ): boolean {
    const { voucher, topic, month, encoded, at } = received
    return (
      this.#database.run(
        `INSERT INTO vouches_received (id, persona_id, conversation_id, voucher, topic, month, vouch, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (persona_id, voucher, topic) DO UPDATE SET conversation_id = excluded.conversation_id,
           month = excluded.month, vouch = excluded.vouch, at = excluded.at WHERE excluded.month > month`,
        [freshId<VouchId>(), personaId, conversationId, voucher, topic, month, encoded, at],
      ) > 0
    )
  }

  dropReceived(id: VouchId): void {
    this.#database.run('DELETE FROM vouches_received WHERE id = ?', [id])
  }

  /** Persona keys of those whom this person knows in a community, in hexadecimal; of nobody whom they blocked. */
  knownKeys(communityId: CommunityId): Set<string> {
    return this.#talkers(communityId, 'vouched = 1 OR ended = 0 EXCEPT SELECT key FROM talkers WHERE blocked = 1')
  }

  /** Persona keys of contacts of a community whom this person blocked, as far as it is known which they are, in hexadecimal. */
  blockedKeys(communityId: CommunityId): Set<string> {
    return this.#talkers(communityId, 'blocked = 1')
  }

  /** @param which of `talkers`, as SQL */
  #talkers(communityId: CommunityId, which: string): Set<string> {
    const rows = this.#database.all<{ key: Bytes }>(
      `WITH talkers (key, blocked, ended, vouched) AS (
         SELECT contact_key, blocked, ending <> 'none', 0 FROM conversations
           WHERE community_id = :id AND role = 'seeker'
         UNION ALL
         SELECT subject, blocked, ending <> 'none', state = 'given' FROM vouch_talks
           JOIN conversations ON conversations.id = conversation_id
           WHERE community_id = :id AND subject IS NOT NULL
         UNION ALL
         SELECT voucher, coalesce(blocked, 0), 0, 1 FROM vouches_received
           JOIN personas ON personas.id = vouches_received.persona_id
           LEFT JOIN conversations ON conversations.id = conversation_id
           WHERE personas.community_id = :id
       )
       SELECT key FROM talkers WHERE ${which}`,
      { id: communityId },
    )
    return new Set(rows.map(({ key }) => hex(key)))
  }

  /** What is shown with a persona's offers of some topics: the newest, and no more than an offer holds. */
  shownFor(personaId: PersonaId, topics: readonly string[], now: number): Bytes[] {
    return this.received()
      .filter(
        (each) => each.shown && each.personaId === personaId && topics.includes(each.topic) && isCurrent(each, now),
      )
      .toSorted((a, b) => b.month - a.month)
      .slice(0, maxVouches)
      .map(({ vouch }) => vouch)
  }

  setShown(id: VouchId, shown: boolean): void {
    this.#database.run('UPDATE vouches_received SET shown = ? WHERE id = ?', [shown ? 1 : 0, id])
  }

  /** The conversation has ended: what was not given yet never will be. */
  endTalks(id: ConversationId): void {
    this.#database.run(`DELETE FROM vouch_talks WHERE conversation_id = ? AND state NOT IN ('given', 'taken-back')`, [
      id,
    ])
  }

  /** Forgets what does not count any more. */
  purge(now: number): void {
    for (const { id, month } of this.talks()) {
      if (month !== undefined && !isCurrent({ month }, now)) this.dropTalk(id)
    }
    for (const received of this.received()) if (!isCurrent(received, now)) this.dropReceived(received.id)
  }
}

function talkOf({ id, conversation_id, given, topic, state, subject, month, at }: TalkRow): Talk {
  return {
    id,
    conversationId: conversation_id,
    given: given === 1,
    topic,
    state,
    subject: subject ?? undefined,
    month: month ?? undefined,
    at,
  }
}

function receivedOf(row: ReceivedRow): Received {
  return {
    id: row.id,
    personaId: row.persona_id,
    conversationId: row.conversation_id ?? undefined,
    voucher: row.voucher,
    topic: row.topic,
    month: row.month,
    vouch: row.vouch,
    at: row.at,
    shown: row.shown === 1,
  }
}
