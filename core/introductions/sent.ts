import type { SentIntroductionView } from '../api/views.ts'
import { u64, type Bytes } from '../base/bytes.ts'
import type { CommunityId, IntroductionId, OfferId, PersonaId } from '../base/ids.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import type { Database } from '../database/database.ts'
import { decodeAddress, encodeAddress, type IntroductionAddress } from '../offers/introduction-address.ts'
import { decodeCard, encodeCard, isEmptyCard, type Card } from '../personas/card.ts'
import type { SessionRef } from '../ratchet/session.ts'

export type SentState = SentIntroductionView['state']

/** An introduction that this person sent, or is about to send. */
export interface SentIntroduction {
  readonly id: IntroductionId
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  /** In the table of seen offers. */
  readonly offerId: OfferId
  readonly offerTitle: string
  readonly to: { readonly pseudonym: string; readonly key: Bytes }
  readonly text: string
  /** What was shown with it, until a conversation has it. */
  readonly card: Card
  readonly state: SentState
  readonly createdAt: number
  /** Unanswered by then, it counts as expired; its box is gone before. */
  readonly expiresAt: number
  /** A late answer is still taken until then. */
  readonly listenUntil: number
  readonly address: IntroductionAddress
  /** Ed25519 seed of the box's author. */
  readonly authorSeed: Bytes
  readonly session: SessionRef
  /** Gone once it is answered, cancelled or forgotten. */
  readonly secrets: { readonly rootA: Bytes; readonly first: Bytes } | undefined
  /** Of the author's, where one was given to this person; gone with the secrets. */
  readonly token: Bytes | undefined
  /** How much memory-hard work this person wants done. */
  readonly workBits: number
  /** The nonce of the Argon2id work, once found. */
  readonly work: bigint | undefined
  /** The encoded box, once mined. */
  readonly box: Bytes | undefined
  readonly sequence: number
  readonly refusals: number
  /** Whether it failed for want of room at its place. */
  readonly crowded: boolean
  /** Whether a token was given, also once it is gone. */
  readonly invited: boolean
  readonly dueAt: number
}

type Row = {
  id: IntroductionId
  community_id: CommunityId
  persona_id: PersonaId
  offer_id: OfferId
  offer_title: string
  to_pseudonym: string
  to_key: Bytes
  text: string
  card: Bytes | null
  state: SentState
  created_at: number
  expires_at: number
  listen_until: number
  address: Bytes
  author_seed: Bytes
  identity_id: string
  remote: string
  root_a: Bytes | null
  first: Bytes | null
  token: Bytes | null
  work_bits: number
  work: Bytes | null
  box: Bytes | null
  sequence: number
  refusals: number
  crowded: number
  invited: number
  due_at: number
}

/** The table of sent introductions. Synchronous: callers may be inside a transaction. */
export class SentIntroductions {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(sent: SentIntroduction): void {
    this.#database.run(
      `INSERT INTO sent_introductions (id, community_id, persona_id, offer_id, offer_title, to_pseudonym, to_key, text,
         state, created_at, expires_at, listen_until, address, author_seed, identity_id, remote, root_a, first, work, box,
         sequence, refusals, due_at, token, invited, work_bits, card)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, ?, ?)`,
      [
        sent.id,
        sent.communityId,
        sent.personaId,
        sent.offerId,
        sent.offerTitle,
        sent.to.pseudonym,
        sent.to.key,
        sent.text,
        sent.state,
        sent.createdAt,
        sent.expiresAt,
        sent.listenUntil,
        encodeAddress(sent.address),
        sent.authorSeed,
        sent.session.identityId,
        sent.session.remote,
        sent.secrets?.rootA ?? null,
        sent.secrets?.first ?? null,
        sent.sequence,
        sent.refusals,
        sent.dueAt,
        sent.token ?? null,
        sent.invited ? 1 : 0,
        sent.workBits,
        isEmptyCard(sent.card) ? null : encodeCard(sent.card),
      ],
    )
  }

  /** @throws Fault `not-found` */
  get(id: IntroductionId): SentIntroduction {
    const row = this.#database.get<Row>('SELECT * FROM sent_introductions WHERE id = ?', [id])
    if (row === undefined) throw new Fault('not-found', 'No such introduction was sent')
    return sentOf(row)
  }

  /** Newest first. */
  list(): SentIntroduction[] {
    return this.#database
      .all<Row>('SELECT * FROM sent_introductions ORDER BY created_at DESC, rowid DESC')
      .map((row) => sentOf(row))
  }

  in(...states: readonly SentState[]): SentIntroduction[] {
    return this.list().filter(({ state }) => states.includes(state))
  }

  /** Whether an introduction to this offer is under way or was accepted. */
  isOpen(offerId: OfferId): boolean {
    return (
      this.#database.get(
        `SELECT 1 AS open FROM sent_introductions
         WHERE offer_id = ? AND state IN ('preparing', 'waiting', 'failed', 'accepted') LIMIT 1`,
        [offerId],
      ) !== undefined
    )
  }

  /** What was mined for less goes; a box of it may have been sent. */
  setWorkBits(id: IntroductionId, workBits: number): void {
    this.#database.run(
      `UPDATE sent_introductions SET work_bits = ?, work = NULL, box = NULL, sequence = sequence + (box IS NOT NULL)
       WHERE id = ?`,
      [workBits, id],
    )
  }

  setCrowded(id: IntroductionId, crowded: boolean): void {
    this.#database.run('UPDATE sent_introductions SET crowded = ? WHERE id = ?', [crowded ? 1 : 0, id])
  }

  setState(id: IntroductionId, state: SentState, dueAt: number): void {
    this.#database.run('UPDATE sent_introductions SET state = ?, due_at = ? WHERE id = ?', [state, dueAt, id])
  }

  /** The conversation has it from now on, and forgets it. */
  dropCard(id: IntroductionId): void {
    this.#database.run('UPDATE sent_introductions SET card = NULL WHERE id = ?', [id])
  }

  setWork(id: IntroductionId, work: bigint): void {
    this.#database.run('UPDATE sent_introductions SET work = ? WHERE id = ?', [u64(work), id])
  }

  /** It is on disk before it is sent. */
  setBox(id: IntroductionId, box: Bytes): void {
    this.#database.run('UPDATE sent_introductions SET box = ? WHERE id = ?', [box, id])
  }

  setRefused(id: IntroductionId): void {
    this.#database.run(
      'UPDATE sent_introductions SET box = NULL, sequence = sequence + 1, refusals = refusals + 1 WHERE id = ?',
      [id],
    )
  }

  forgetRefusals(id: IntroductionId): void {
    this.#database.run('UPDATE sent_introductions SET refusals = 0 WHERE id = ?', [id])
  }

  /** Deletes what is of use only while an answer may come. */
  forgetSecrets(id: IntroductionId): void {
    this.#database.run(
      'UPDATE sent_introductions SET root_a = NULL, first = NULL, token = NULL, box = NULL WHERE id = ?',
      [id],
    )
  }
}

function sentOf(row: Row): SentIntroduction {
  return {
    id: row.id,
    communityId: row.community_id,
    personaId: row.persona_id,
    offerId: row.offer_id,
    offerTitle: row.offer_title,
    to: { pseudonym: row.to_pseudonym, key: row.to_key },
    text: row.text,
    card: row.card === null ? {} : decodeCard(row.card),
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    listenUntil: row.listen_until,
    address: decodeAddress(row.address),
    authorSeed: row.author_seed,
    session: { identityId: row.identity_id, remote: row.remote },
    secrets: row.root_a === null || row.first === null ? undefined : { rootA: row.root_a, first: row.first },
    token: row.token ?? undefined,
    workBits: row.work_bits,
    work: row.work === null ? undefined : new Reader(row.work).u64(),
    box: row.box ?? undefined,
    sequence: row.sequence,
    refusals: row.refusals,
    crowded: row.crowded !== 0,
    invited: row.invited !== 0,
    dueAt: row.due_at,
  }
}
