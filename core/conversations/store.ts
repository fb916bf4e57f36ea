import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, ConversationId, PersonaId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import type { SessionRef } from '../ratchet/session.ts'
import type { Role } from './chain.ts'

/** A conversation as it stands in the vault. */
export interface Conversation {
  readonly id: ConversationId
  readonly personaId: PersonaId
  readonly communityId: CommunityId
  readonly role: Role
  readonly session: SessionRef
  /** Number of the session reset that the session came from; 0: the introduction. */
  readonly generation: number
  readonly contact: { readonly pseudonym: string; readonly key: Bytes }
  readonly offerTitle: string
  /** Of what the seeker answered; undefined where that is not known any more. */
  readonly offerKind: 'offer' | 'request' | undefined
  readonly createdAt: number
  readonly heard: boolean
  readonly channelKey: Bytes
  readonly presenceKey: Bytes
  /** Chain key of index `sendAcked`. */
  readonly sendChain: Bytes
  readonly sendAcked: number
  readonly sendNext: number
  /** Chain key of index `receiveNext`. */
  readonly receiveChain: Bytes
  readonly receiveNext: number
  readonly nextPosition: number
  readonly readBefore: number
  readonly direct: { readonly mine: boolean; readonly theirs: boolean }
  /** When the newest presence was written, ms since 1970: by this side and by the other. */
  readonly presenceSent: number
  readonly presenceSeen: number
  /** The last UTC day on which this side told where it is, and how often it did: the sequence of that day's box. */
  readonly presenceDay: number
  readonly presenceCount: number
  /** Seconds after which what is written now disappears; 0: never. */
  readonly timer: number
  readonly muted: boolean
  readonly blocked: boolean
  readonly ending: 'none' | 'asked' | 'confirmed' | 'by-contact'
  /** The other ended it, and was not yet told that all is deleted here. */
  readonly endOwed: boolean
  /** How many items were told, or were told to be, read: to the other, and by the other. */
  readonly readTold: number
  readonly readTheirs: number
}

// a type and not an interface: only types fit an index signature
type Row = {
  id: ConversationId
  persona_id: PersonaId
  community_id: CommunityId
  role: Role
  identity_id: string
  remote: string
  generation: number
  contact_pseudonym: string
  contact_key: Bytes
  offer_title: string
  offer_kind: 'offer' | 'request' | null
  created_at: number
  heard: number
  channel_key: Bytes
  presence_key: Bytes
  send_chain: Bytes
  send_acked: number
  send_next: number
  receive_chain: Bytes
  receive_next: number
  next_position: number
  read_before: number
  direct_mine: number
  direct_theirs: number
  presence_sent: number
  presence_seen: number
  presence_day: number
  presence_count: number
  timer: number
  muted: number
  blocked: number
  ending: Conversation['ending']
  end_owed: number
  read_told: number
  read_theirs: number
}

function fromRow(row: Row): Conversation {
  return {
    id: row.id,
    personaId: row.persona_id,
    communityId: row.community_id,
    role: row.role,
    session: { identityId: row.identity_id, remote: row.remote },
    generation: row.generation,
    contact: { pseudonym: row.contact_pseudonym, key: row.contact_key },
    offerTitle: row.offer_title,
    offerKind: row.offer_kind ?? undefined,
    createdAt: row.created_at,
    heard: row.heard === 1,
    channelKey: row.channel_key,
    presenceKey: row.presence_key,
    sendChain: row.send_chain,
    sendAcked: row.send_acked,
    sendNext: row.send_next,
    receiveChain: row.receive_chain,
    receiveNext: row.receive_next,
    nextPosition: row.next_position,
    readBefore: row.read_before,
    direct: { mine: row.direct_mine === 1, theirs: row.direct_theirs === 1 },
    presenceSent: row.presence_sent,
    presenceSeen: row.presence_seen,
    presenceDay: row.presence_day,
    presenceCount: row.presence_count,
    timer: row.timer,
    muted: row.muted === 1,
    blocked: row.blocked === 1,
    ending: row.ending,
    endOwed: row.end_owed === 1,
    readTold: row.read_told,
    readTheirs: row.read_theirs,
  }
}

/** Whether both let the other learn their address. */
export function agreed({ mine, theirs }: Conversation['direct']): boolean {
  return mine && theirs
}

/** Whether both have ended it and told each other: from then on neither has to reach the other. */
export function isOver({ ending, endOwed, sendAcked, sendNext }: Conversation): boolean {
  return (ending === 'confirmed' || ending === 'by-contact') && !endOwed && sendAcked === sendNext
}

/** @throws Fault `not-found` */
export function getConversation(database: Database, id: ConversationId): Conversation {
  const row = database.get<Row>('SELECT * FROM conversations WHERE id = ?', [id])
  if (row === undefined) throw new Fault('not-found', 'No such conversation')
  return fromRow(row)
}

/** All of them, or those of one community. */
export function listConversations(database: Database, communityId?: CommunityId): Conversation[] {
  const rows =
    communityId === undefined
      ? database.all<Row>('SELECT * FROM conversations ORDER BY created_at, id')
      : database.all<Row>('SELECT * FROM conversations WHERE community_id = ? ORDER BY created_at, id', [communityId])
  return rows.map(fromRow)
}

/** The part of a conversation that changes with every item. @throws Fault `not-found` */
export function countersOf(
  database: Database,
  id: ConversationId,
): { sendAcked: number; sendNext: number; receiveNext: number; direct: boolean } {
  const row = database.get<{ send_acked: number; send_next: number; receive_next: number; direct_mine: number }>(
    'SELECT send_acked, send_next, receive_next, direct_mine FROM conversations WHERE id = ?',
    [id],
  )
  if (row === undefined) throw new Fault('not-found', 'No such conversation')
  return {
    sendAcked: row.send_acked,
    sendNext: row.send_next,
    receiveNext: row.receive_next,
    direct: row.direct_mine === 1,
  }
}

/** Those that are here and not blocked, as it is now: what is under way may have begun before. */
export function openConversations(database: Database): ConversationId[] {
  return database.all<{ id: ConversationId }>('SELECT id FROM conversations WHERE blocked = 0').map(({ id }) => id)
}

/** Those whose contacts have ended them and were not told yet that all is deleted here. */
export function owedEnds(database: Database): ConversationId[] {
  const rows = database.all<{ id: ConversationId }>('SELECT id FROM conversations WHERE end_owed = 1 AND blocked = 0')
  return rows.map(({ id }) => id)
}

/** @throws Fault `not-found` */
export function communityOf(database: Database, id: ConversationId): CommunityId {
  const row = database.get<{ id: CommunityId }>('SELECT community_id AS id FROM conversations WHERE id = ?', [id])
  if (row === undefined) throw new Fault('not-found', 'No such conversation')
  return row.id
}

/** This conversation needs an identity no more: it goes, unless another one, an offer or a session does. Synchronous. */
export function releaseIdentity(
  { database, ratchet }: { readonly database: Database; readonly ratchet: Pick<Ratchet, 'deleteUnusedIdentity'> },
  identityId: string,
): void {
  // one whose session is lost has no other sign that it needs the identity
  const needed = database.get('SELECT 1 AS needed FROM conversations WHERE identity_id = ? LIMIT 1', [identityId])
  if (needed === undefined) ratchet.deleteUnusedIdentity(identityId)
}
