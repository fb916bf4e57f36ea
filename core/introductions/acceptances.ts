import type { Bytes } from '../base/bytes.ts'
import type { CommunityId, ConversationId, OfferId, PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/** The answer to an accepted introduction, until a sign of the other shows that it arrived. */
export interface Acceptance {
  readonly conversationId: ConversationId
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly rootA: Bytes
  /** The one libsignal message; every box carries the same. */
  readonly ciphertext: Bytes
  readonly box: Bytes | undefined
  readonly sequence: number
  readonly expiryHours: number
  readonly dueAt: number
  readonly giveUpAt: number
}

type Row = {
  conversation_id: ConversationId
  community_id: CommunityId
  persona_id: PersonaId
  root_a: Bytes
  ciphertext: Bytes
  box: Bytes | null
  sequence: number
  expiry_hours: number
  due_at: number
  give_up_at: number
}

/** The table of acceptances. Synchronous: callers may be inside a transaction. */
export class Acceptances {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(acceptance: Acceptance): void {
    this.#database.run(
      `INSERT INTO acceptances (conversation_id, community_id, persona_id, root_a, ciphertext, box, sequence, expiry_hours, due_at, give_up_at)
       VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)`,
      [
        acceptance.conversationId,
        acceptance.communityId,
        acceptance.personaId,
        acceptance.rootA,
        acceptance.ciphertext,
        acceptance.sequence,
        acceptance.expiryHours,
        acceptance.dueAt,
        acceptance.giveUpAt,
      ],
    )
  }

  /** Which offer a conversation began with. */
  setOffer(conversationId: ConversationId, offerId: OfferId): void {
    this.#database.run('INSERT INTO accepted_introductions (conversation_id, offer_id) VALUES (?, ?)', [
      conversationId,
      offerId,
    ])
  }

  /** The conversations that began with an offer and go on. */
  conversationsFor(offerId: OfferId): ConversationId[] {
    const rows = this.#database.all<{ id: ConversationId }>(
      `SELECT c.id FROM accepted_introductions a JOIN conversations c ON c.id = a.conversation_id
       WHERE a.offer_id = ? AND c.ending = 'none'`,
      [offerId],
    )
    return rows.map(({ id }) => id)
  }

  list(): Acceptance[] {
    return this.#database.all<Row>('SELECT * FROM acceptances').map((row) => ({
      conversationId: row.conversation_id,
      communityId: row.community_id,
      personaId: row.persona_id,
      rootA: row.root_a,
      ciphertext: row.ciphertext,
      box: row.box ?? undefined,
      sequence: row.sequence,
      expiryHours: row.expiry_hours,
      dueAt: row.due_at,
      giveUpAt: row.give_up_at,
    }))
  }

  /** It is on disk before it is sent. */
  setBox(id: ConversationId, box: Bytes, sequence: number, expiryHours: number): void {
    this.#database.run('UPDATE acceptances SET box = ?, sequence = ?, expiry_hours = ? WHERE conversation_id = ?', [
      box,
      sequence,
      expiryHours,
      id,
    ])
  }

  /** The next one will have a higher sequence. */
  dropBox(id: ConversationId): void {
    this.#database.run('UPDATE acceptances SET box = NULL WHERE conversation_id = ?', [id])
  }

  setStored(id: ConversationId, dueAt: number): void {
    this.#database.run('UPDATE acceptances SET due_at = ? WHERE conversation_id = ?', [dueAt, id])
  }

  delete(id: ConversationId): void {
    this.#database.run('DELETE FROM acceptances WHERE conversation_id = ?', [id])
  }
}
