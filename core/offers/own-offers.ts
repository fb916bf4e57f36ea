import type { OfferDraft, OwnOfferView } from '../api/offers.ts'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, OfferId, PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

export type OwnOfferState = OwnOfferView['state']
/** States in which an offer is neither over nor on its way there. */
export const alive = ['publishing', 'published', 'failed', 'pausing', 'paused'] as const

export function isOver({ state }: { readonly state: OwnOfferState }): boolean {
  return !alive.some((one) => one === state)
}

/** One offer or request of this person. */
export interface OwnOffer {
  readonly id: OfferId
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly draft: OfferDraft
  /** 32 bytes: what its places and its boxes' authors are derived from. */
  readonly secret: Bytes
  /** Of core/ratchet, fresh for this offer. */
  readonly identityId: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly state: OwnOfferState
  /** Of its words: rises with each change. */
  readonly revision: number
}

type Row = {
  id: OfferId
  community_id: CommunityId
  persona_id: PersonaId
  draft: string
  secret: Bytes
  identity_id: string
  created_at: number
  expires_at: number
  state: OwnOfferState
  revision: number
}

const columns = 'id, community_id, persona_id, draft, secret, identity_id, created_at, expires_at, state, revision'

/** The table of this person's offers. Synchronous: callers may be inside a transaction. */
export class OwnOffers {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  insert(offer: OwnOffer): void {
    this.#database.run(`INSERT INTO own_offers (${columns}, reminded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`, [
      offer.id,
      offer.communityId,
      offer.personaId,
      JSON.stringify(offer.draft),
      offer.secret,
      offer.identityId,
      offer.createdAt,
      offer.expiresAt,
      offer.state,
      offer.revision,
    ])
  }

  /** @throws Fault `not-found` */
  get(id: OfferId): OwnOffer {
    const row = this.#database.get<Row>(`SELECT ${columns} FROM own_offers WHERE id = ?`, [id])
    if (row === undefined) throw new Fault('not-found', 'No such offer of one’s own')
    return offerOf(row)
  }

  /** Newest first. */
  list(): OwnOffer[] {
    return this.#database.all<Row>(`SELECT ${columns} FROM own_offers ORDER BY created_at DESC, id`).map(offerOf)
  }

  in(...states: readonly OwnOfferState[]): OwnOffer[] {
    return this.list().filter(({ state }) => states.includes(state))
  }

  setState(id: OfferId, state: OwnOfferState, endedAt: number | null = null): void {
    this.#database.run('UPDATE own_offers SET state = ?, ended_at = ? WHERE id = ?', [state, endedAt, id])
  }

  /** Other words, under the next revision. */
  reword(id: OfferId, draft: OfferDraft): void {
    this.#database.run('UPDATE own_offers SET draft = ?, revision = revision + 1 WHERE id = ?', [
      JSON.stringify(draft),
      id,
    ])
  }

  /** Its author will be told again before it ends. */
  prolong(id: OfferId, expiresAt: number): void {
    this.#database.run('UPDATE own_offers SET expires_at = ?, reminded = 0 WHERE id = ?', [expiresAt, id])
  }

  /** Those of `states` that end before `time` and of which that was not said yet. It is said once. */
  takeReminders(time: number, ...states: readonly OwnOfferState[]): OfferId[] {
    return this.#database
      .all<{ id: OfferId }>(
        `UPDATE own_offers SET reminded = 1
         WHERE reminded = 0 AND expires_at <= ? AND state IN (SELECT value FROM json_each(?)) RETURNING id`,
        [time, JSON.stringify(states)],
      )
      .map(({ id }) => id)
  }

  /** @returns the identities of offers that ended before `time`, which are forgotten */
  forgetEnded(time: number): string[] {
    return this.#database
      .all<{ identity_id: string }>(
        `DELETE FROM own_offers WHERE state = 'withdrawn' AND ended_at <= ? RETURNING identity_id`,
        [time],
      )
      .map(({ identity_id }) => identity_id)
  }
}

function offerOf(row: Row): OwnOffer {
  return {
    id: row.id,
    communityId: row.community_id,
    personaId: row.persona_id,
    draft: JSON.parse(row.draft) as OfferDraft,
    secret: row.secret,
    identityId: row.identity_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state: row.state,
    revision: row.revision,
  }
}
