import type { BeginningView } from '../api/vouches.ts'
import type { OfferDraft } from '../api/offers.ts'
import type { ConversationId } from '../base/ids.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'

/**
 * What a conversation began with, as far as this device still knows it: whose
 * offer or request it was, its topics and languages, and nothing of what was
 * said. What a learner passes on begins with it.
 *
 * @throws Fault `not-found`
 */
export function beginningOf(database: Database, id: ConversationId): BeginningView | undefined {
  const { role, personaId, communityId, contact, offerTitle } = getConversation(database, id)
  const row =
    role === 'seeker'
      ? database.get<{ draft: string }>(
          `SELECT draft FROM seen_offers WHERE community_id = ? AND persona_key = ? AND json_extract(draft, '$.title') = ?
           ORDER BY first_seen_at DESC LIMIT 1`,
          [communityId, contact.key, offerTitle],
        )
      : database.get<{ draft: string }>(
          `SELECT draft FROM own_offers WHERE persona_id = ? AND json_extract(draft, '$.title') = ?
           ORDER BY created_at DESC LIMIT 1`,
          [personaId, offerTitle],
        )
  if (row === undefined) return undefined
  const { kind, topics, languages } = JSON.parse(row.draft) as OfferDraft
  // who answers an offer comes to learn; who answers a request comes to teach
  return { kind, topics, languages, learns: (kind === 'offer') === (role === 'seeker') }
}
