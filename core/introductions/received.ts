import { u64, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, IntroductionId, OfferId, PersonaId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { Reader } from '../base/reader.ts'
import type { Database } from '../database/database.ts'
import type { SessionRef } from '../ratchet/session.ts'

/** An introduction that waits for this person's answer. */
export interface ReceivedIntroduction {
  readonly id: IntroductionId
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly offerId: OfferId
  readonly offerTitle: string
  readonly session: SessionRef
  readonly senderKey: Bytes
  readonly pseudonym: string
  readonly text: string
  readonly rootA: Bytes
  readonly receivedAt: number
  readonly expiresAt: number
}

/** Boxes remembered: a forgotten one would only be checked once more. About 3 MB. */
const maxRemembered = 20_000

type Row = {
  id: IntroductionId
  community_id: CommunityId
  persona_id: PersonaId
  offer_id: OfferId
  offer_title: string
  identity_id: string
  remote: string
  sender_key: Bytes
  pseudonym: string
  text: string
  root_a: Bytes
  received_at: number
  expires_at: number
}

const columns =
  'id, community_id, persona_id, offer_id, offer_title, identity_id, remote, sender_key, pseudonym, text, root_a, received_at, expires_at'

/**
 * The tables of what came in: introductions that wait, boxes that were looked
 * at, and senders that introduced themselves. Synchronous: callers may be
 * inside a transaction.
 */
export class ReceivedIntroductions {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(received: ReceivedIntroduction): void {
    const { session } = received
    this.#database.run(
      `INSERT INTO received_introductions (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        received.id,
        received.communityId,
        received.personaId,
        received.offerId,
        received.offerTitle,
        session.identityId,
        session.remote,
        received.senderKey,
        received.pseudonym,
        received.text,
        received.rootA,
        received.receivedAt,
        received.expiresAt,
      ],
    )
  }

  /** @throws Fault `not-found` */
  get(id: IntroductionId): ReceivedIntroduction {
    const row = this.#database.get<Row>(`SELECT ${columns} FROM received_introductions WHERE id = ?`, [id])
    if (row === undefined) throw new Fault('not-found', 'No such introduction waits')
    return receivedOf(row)
  }

  /** Newest first. */
  list(): ReceivedIntroduction[] {
    return this.#database
      .all<Row>(`SELECT ${columns} FROM received_introductions ORDER BY received_at DESC, rowid DESC`)
      .map((row) => receivedOf(row))
  }

  /** How many wait for one persona. */
  count(personaId: PersonaId): number {
    return (
      this.#database.get<{ count: number }>(
        'SELECT count(*) AS count FROM received_introductions WHERE persona_id = ?',
        [personaId],
      )?.count ?? 0
    )
  }

  delete(id: IntroductionId): void {
    this.#database.run('DELETE FROM received_introductions WHERE id = ?', [id])
  }

  expired(now: number): ReceivedIntroduction[] {
    return this.list().filter(({ expiresAt }) => expiresAt <= now)
  }

  /** Whether this box, or a later one of its author, was looked at. */
  wasRead({ place, author, sequence }: OpenedBox): boolean {
    const row = this.#database.get<{ sequence: Bytes }>(
      'SELECT sequence FROM introduction_boxes WHERE place = ? AND author = ?',
      [place, author],
    )
    return row !== undefined && new Reader(row.sequence).u64() >= sequence
  }

  setRead({ place, author, sequence }: OpenedBox, communityId: CommunityId, until: number): void {
    this.#database.run(
      `INSERT INTO introduction_boxes (place, author, sequence, community_id, expires_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (place, author) DO UPDATE SET sequence = excluded.sequence, expires_at = excluded.expires_at`,
      [place, author, u64(sequence), communityId, until],
    )
  }

  isKnownSender({ identityId, remote }: SessionRef): boolean {
    return (
      this.#database.get('SELECT 1 AS known FROM introduction_senders WHERE identity_id = ? AND remote = ?', [
        identityId,
        remote,
      ]) !== undefined
    )
  }

  setSender({ identityId, remote }: SessionRef, personaId: PersonaId, until: number): void {
    this.#database.run(
      'INSERT OR REPLACE INTO introduction_senders (identity_id, remote, persona_id, expires_at) VALUES (?, ?, ?, ?)',
      [identityId, remote, personaId, until],
    )
  }

  /** Forgets boxes and senders whose time is over, and the oldest boxes beyond what one vault needs to remember. */
  purge(now: number): void {
    this.#database.run('DELETE FROM introduction_boxes WHERE expires_at <= ?', [now])
    this.#database.run(
      `DELETE FROM introduction_boxes
       WHERE rowid <= (SELECT rowid FROM introduction_boxes ORDER BY rowid DESC LIMIT 1 OFFSET ?)`,
      [maxRemembered],
    )
    this.#database.run('DELETE FROM introduction_senders WHERE expires_at <= ?', [now])
  }
}

function receivedOf(row: Row): ReceivedIntroduction {
  return {
    id: row.id,
    communityId: row.community_id,
    personaId: row.persona_id,
    offerId: row.offer_id,
    offerTitle: row.offer_title,
    session: { identityId: row.identity_id, remote: row.remote },
    senderKey: row.sender_key,
    pseudonym: row.pseudonym,
    text: row.text,
    rootA: row.root_a,
    receivedAt: row.received_at,
    expiresAt: row.expires_at,
  }
}
