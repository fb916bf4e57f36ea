import { limits } from '../api/limits.ts'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { ConversationId, MessageId, PersonaId } from '../base/ids.ts'
import type { Communities } from '../community/communities.ts'
import { findMessage, says } from '../conversations/messages.ts'
import { getConversation, type Conversation } from '../conversations/store.ts'
import { publicKeyLength } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'
import { SeenOffers } from '../offers/seen-offers.ts'
import type { Personas } from '../personas/personas.ts'
import { encodeEvidence, type EvidenceMessage, type EvidenceOffer } from './evidence.ts'

export interface EvidenceWish {
  readonly conversationId: ConversationId
  readonly messageIds: readonly MessageId[]
  /** Who signs it; null: nobody. */
  readonly personaId: PersonaId | null
  readonly note: string
}

export interface GatheringOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly clock: Clock
}

/**
 * Chosen messages of a conversation, with what frames them, as one bundle.
 *
 * @throws Fault `not-found` (conversation, persona), `bad-input` (a message that is not of this conversation or says
 * nothing, a persona of another community), `too-large`
 */
export function gatherEvidence(
  { database, communities, personas, clock }: GatheringOptions,
  wish: EvidenceWish,
): Bytes {
  const conversation = getConversation(database, wish.conversationId)
  const { communityId, contact, offerTitle, createdAt } = conversation
  const persona = wish.personaId === null ? undefined : personas.get(wish.personaId)
  if (persona !== undefined && persona.communityId !== communityId) {
    throw new Fault('bad-input', 'Evidence is signed by a persona of its community')
  }
  return encodeEvidence(
    {
      madeAt: clock.now(),
      community: communities.get(communityId).name,
      exporter: persona === undefined ? undefined : { pseudonym: persona.pseudonym, key: persona.key.publicKey },
      contact,
      offerTitle,
      begunAt: createdAt,
      offer: signedOffer(database, conversation),
      note: wish.note.toWellFormed(),
      messages: chosen(database, wish.conversationId, wish.messageIds),
    },
    persona?.key,
  )
}

function chosen(database: Database, id: ConversationId, wanted: readonly MessageId[]): EvidenceMessage[] {
  const ids = [...new Set(wanted)]
  if (ids.length === 0 || ids.length > limits.evidence.messages) {
    throw new Fault('bad-input', 'Nothing was chosen, or too much')
  }
  const messages = ids.map((messageId) => {
    const message = findMessage(database, messageId)
    if (message === undefined || message.conversationId !== id || !says(message.kind)) {
      throw new Fault('bad-input', 'A message that cannot be shown to others')
    }
    return message
  })
  const ordered = messages.toSorted((a, b) => a.position - b.position)
  return ordered.map(({ mine, kind, text, sentAt, edited, position }, index) => {
    const before = ordered[index - 1]
    return {
      own: mine,
      kind: kind === 'file' ? 'file' : 'text',
      text: text.toWellFormed(),
      sentAt,
      edited,
      gap: before !== undefined && anythingBetween(database, id, before.position, position),
    }
  })
}

/** Also what says nothing any more, or never could be read: who reads it is to know that something stood there. */
function anythingBetween(database: Database, id: ConversationId, after: number, before: number): boolean {
  return (
    database.get(
      `SELECT 1 AS found FROM messages
       WHERE conversation_id = ? AND position > ? AND position < ?
         AND kind IN ('text', 'file', 'deleted', 'unreadable') LIMIT 1`,
      [id, after, before],
    ) !== undefined
  )
}

/** Of a contact who offered: their persona's key is known, and what they signed was kept. */
function signedOffer(database: Database, conversation: Conversation): EvidenceOffer | undefined {
  const { communityId, contact, offerTitle } = conversation
  if (contact.key.length !== publicKeyLength) return undefined
  const offers = new SeenOffers(database).answered(communityId, contact.key)
  return offers.find(({ title }) => title === offerTitle) ?? offers[0]
}
