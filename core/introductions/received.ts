import { u64, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, IntroductionId, OfferId, PersonaId, TokenId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import { Reader } from '../base/reader.ts'
import type { Database } from '../database/database.ts'
import { decodeCard, encodeCard, isEmptyCard, type Card } from '../personas/card.ts'
import type { SessionRef } from '../ratchet/session.ts'

/** What decides which introductions wait where there is not room for all. */
export interface Rank {
  /** Bits of memory-hard work that were shown. */
  readonly work: number
  /** The invite token of this person's that it was made with. */
  readonly tokenId: TokenId | undefined
}

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
  /** What they show of themselves. */
  readonly card: Card
  readonly rootA: Bytes
  readonly receivedAt: number
  readonly expiresAt: number
  readonly work: number
  /** The token, while it is alive. */
  readonly invited: { readonly tokenId: TokenId; readonly note: string } | undefined
  /** Where it came from; not known of those that came before this was kept. */
  readonly box: Pick<OpenedBox, 'place' | 'author'> | undefined
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
  card: Bytes | null
  root_a: Bytes
  received_at: number
  expires_at: number
  work: number
  token_id: TokenId | null
  note: string | null
  place: Bytes | null
  author: Bytes | null
}

/** With the note of the token, which is not there once the token was revoked. */
const rows = `SELECT received.*, note FROM received_introductions AS received
  LEFT JOIN introduction_tokens AS token ON token.id = received.token_id`
/** The best last, and of the same the newest last. */
const ascending = 'token.id IS NOT NULL, received.work, received.received_at, received.rowid'
const descending = 'token.id IS NOT NULL DESC, received.work DESC, received.received_at DESC, received.rowid DESC'

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

  insert(received: Omit<ReceivedIntroduction, 'work' | 'invited'>, { work, tokenId }: Rank): void {
    const { session, box } = received
    this.#database.run(
      `INSERT INTO received_introductions (id, community_id, persona_id, offer_id, offer_title, identity_id, remote,
         sender_key, pseudonym, text, root_a, received_at, expires_at, work, token_id, place, author, card)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
        work,
        tokenId ?? null,
        box?.place ?? null,
        box?.author ?? null,
        isEmptyCard(received.card) ? null : encodeCard(received.card),
      ],
    )
  }

  /** @throws Fault `not-found` */
  get(id: IntroductionId): ReceivedIntroduction {
    const row = this.#database.get<Row>(`${rows} WHERE received.id = ?`, [id])
    if (row === undefined) throw new Fault('not-found', 'No such introduction waits')
    return receivedOf(row)
  }

  /** Those with an invite token first, then by work, then the newest. */
  list(): ReceivedIntroduction[] {
    return this.#database.all<Row>(`${rows} ORDER BY ${descending}`).map((row) => receivedOf(row))
  }

  /** Which of a persona's makes room first. */
  least(personaId: PersonaId): ReceivedIntroduction | undefined {
    const row = this.#database.get<Row>(`${rows} WHERE received.persona_id = ? ORDER BY ${ascending} LIMIT 1`, [
      personaId,
    ])
    return row === undefined ? undefined : receivedOf(row)
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
    return this.#database.all<Row>(`${rows} WHERE received.expires_at <= ?`, [now]).map((row) => receivedOf(row))
  }

  /**
   * What is known of a box: `done` where it, or a later one of its author, is
   * never looked at again, and its rank where it waits for room.
   */
  known({ place, author, sequence }: OpenedBox): 'done' | Rank | undefined {
    const row = this.#database.get<{ sequence: Bytes; work: number | null; token_id: TokenId | null }>(
      'SELECT sequence, work, token_id FROM introduction_boxes WHERE place = ? AND author = ?',
      [place, author],
    )
    if (row === undefined) return undefined
    const latest = new Reader(row.sequence).u64()
    if (latest > sequence) return 'done'
    if (latest < sequence) return undefined
    return row.work === null ? 'done' : { work: row.work, tokenId: row.token_id ?? undefined }
  }

  /** @param waiting the rank of a box that is left on the nodes until there is room; others are not looked at again */
  setLooked(
    { place, author, sequence }: OpenedBox,
    { communityId, until, waiting }: { communityId: CommunityId; until: number; waiting?: Rank },
  ): void {
    this.#database.run(
      `INSERT INTO introduction_boxes (place, author, sequence, community_id, expires_at, work, token_id)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (place, author) DO UPDATE SET sequence = excluded.sequence, expires_at = excluded.expires_at,
         work = excluded.work, token_id = excluded.token_id`,
      [place, author, u64(sequence), communityId, until, waiting?.work ?? null, waiting?.tokenId ?? null],
    )
    this.#boundBoxes()
  }

  /** Makes room: the introduction is as if it had not come yet, and is left on the nodes. */
  putBack({ id, session, work, invited, box }: ReceivedIntroduction): void {
    this.delete(id)
    this.#database.run('DELETE FROM introduction_senders WHERE identity_id = ? AND remote = ?', [
      session.identityId,
      session.remote,
    ])
    if (box === undefined) return
    this.#database.run('UPDATE introduction_boxes SET work = ?, token_id = ? WHERE place = ? AND author = ?', [
      work,
      invited?.tokenId ?? null,
      box.place,
      box.author,
    ])
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

  /** Row ids only rise: so there are never more than that, whatever a flood brings in between two purges. */
  #boundBoxes(): void {
    this.#database.run(
      'DELETE FROM introduction_boxes WHERE rowid <= (SELECT max(rowid) FROM introduction_boxes) - ?',
      [maxRemembered],
    )
  }

  /** Forgets boxes and senders whose time is over. */
  purge(now: number): void {
    this.#database.run('DELETE FROM introduction_boxes WHERE expires_at <= ?', [now])
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
    card: row.card === null ? {} : decodeCard(row.card),
    rootA: row.root_a,
    receivedAt: row.received_at,
    expiresAt: row.expires_at,
    work: row.work,
    invited: row.token_id === null || row.note === null ? undefined : { tokenId: row.token_id, note: row.note },
    box: row.place === null || row.author === null ? undefined : { place: row.place, author: row.author },
  }
}
