import type { AppEvent } from '../api/events.ts'
import { limits } from '../api/limits.ts'
import type { OfferDraftView, UnfinishedOffer } from '../api/offers.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, OfferDraftId, OfferId, PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'

type Row = {
  id: OfferDraftId
  community_id: CommunityId
  persona_id: PersonaId
  offer_id: OfferId | null
  draft: string
  changed_at: number
}

export interface OfferDraftsOptions {
  readonly database: Database
  readonly personas: Personas
  readonly clock: Clock
  readonly emit: (event: AppEvent) => void
}

/** What this person is writing, until it is published or thrown away. */
export class OfferDrafts {
  readonly #options: OfferDraftsOptions

  constructor(options: OfferDraftsOptions) {
    this.#options = options
  }

  /**
   * @param id chosen by the caller: the same one again is the same draft
   * @throws Fault `not-found` (persona, offer), `wrong-state` where there are as many as there may be
   */
  save(
    id: OfferDraftId,
    { personaId, offerId, draft }: { personaId: PersonaId; offerId?: OfferId | undefined; draft: UnfinishedOffer },
  ): OfferDraftView {
    const { database, personas, clock, emit } = this.#options
    const { communityId } = personas.get(personaId)
    const changedAt = clock.now()
    database.transaction(() => {
      if (offerId !== undefined && database.get('SELECT 1 FROM own_offers WHERE id = ?', [offerId]) === undefined)
        throw new Fault('not-found', 'No such offer of one’s own')
      database.run('DELETE FROM offer_drafts WHERE id = ? OR offer_id = ?', [id, offerId ?? null])
      if (this.list().length >= limits.offerDrafts)
        throw new Fault('wrong-state', 'There are as many drafts as there may be')
      database.run(
        'INSERT INTO offer_drafts (id, community_id, persona_id, offer_id, draft, changed_at) VALUES (?, ?, ?, ?, ?, ?)',
        [id, communityId, personaId, offerId ?? null, JSON.stringify(draft), changedAt],
      )
    })
    emit({ type: 'offer-drafts' })
    return { id, personaId, communityId, offerId: offerId ?? null, draft, changedAt }
  }

  /** Idempotent. */
  discard(id: OfferDraftId): void {
    this.remove(id)
    this.#options.emit({ type: 'offer-drafts' })
  }

  /** Says nothing: for callers inside a transaction. */
  remove(id: OfferDraftId): void {
    this.#options.database.run('DELETE FROM offer_drafts WHERE id = ?', [id])
  }

  /** The latest first. */
  list(): OfferDraftView[] {
    return this.#options.database.all<Row>('SELECT * FROM offer_drafts ORDER BY changed_at DESC, id').map((row) => ({
      id: row.id,
      personaId: row.persona_id,
      communityId: row.community_id,
      offerId: row.offer_id,
      draft: JSON.parse(row.draft) as UnfinishedOffer,
      changedAt: row.changed_at,
    }))
  }
}
