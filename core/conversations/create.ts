import type { Bytes } from '../base/bytes.ts'
import { freshId, type CommunityId, type ConversationId, type PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { SessionRef } from '../ratchet/session.ts'
import { directionOf, otherRole, pairKeys, type Role } from './chain.ts'

export interface NewConversation {
  readonly personaId: PersonaId
  readonly communityId: CommunityId
  /** Which side this device is. */
  readonly role: Role
  readonly session: SessionRef
  /** rootA ‖ rootB, 64 bytes. Not kept: the caller must forget it too. */
  readonly root: Bytes
  /** `key` is what the contact's weave is drawn from. */
  readonly contact: { readonly pseudonym: string; readonly key: Bytes }
  readonly offerTitle: string
  /** Of what the seeker answered: with a request, it is its author who wishes to learn. */
  readonly offerKind?: 'offer' | 'request' | undefined
  readonly createdAt: number
}

/** Begins a conversation, inside the caller's transaction. */
export function createConversation(database: Database, conversation: NewConversation): ConversationId {
  const { personaId, communityId, role, session, root, contact, offerTitle, offerKind, createdAt } = conversation
  const id = freshId<ConversationId>()
  const keys = pairKeys(root)
  database.run(
    `INSERT INTO conversations (id, persona_id, community_id, role, identity_id, remote, contact_pseudonym,
       contact_key, offer_title, offer_kind, created_at, channel_key, presence_key, send_chain, receive_chain)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      personaId,
      communityId,
      role,
      session.identityId,
      session.remote,
      contact.pseudonym,
      contact.key,
      offerTitle,
      offerKind ?? null,
      createdAt,
      keys.channel,
      keys.presence,
      keys.chains[directionOf(role)],
      keys.chains[directionOf(otherRole(role))],
    ],
  )
  return id
}

/**
 * Whether an authenticated sign of the other has arrived: then they have the
 * root, and so the acceptance. Also where the conversation is gone: nobody
 * waits for one any more.
 */
export function isHeard(database: Database, id: ConversationId): boolean {
  return (
    database.get<{ heard: number }>('SELECT heard FROM conversations WHERE id = ? AND heard = 0', [id]) === undefined
  )
}

/** Notes that sign. */
export function markHeard(database: Database, id: ConversationId): void {
  database.run('UPDATE conversations SET heard = 1 WHERE id = ? AND heard = 0', [id])
}
