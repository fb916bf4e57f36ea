import { equal, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import {
  freshId,
  type CircleId,
  type CircleMemberId,
  type CommunityId,
  type ConversationId,
  type PersonaId,
} from '../base/ids.ts'
import type { Database } from '../database/database.ts'

/**
 * `invited` by somebody and not answered; `accepting`, `declining`, `leaving`:
 * to be told to the host; `joining`: the host was told, and has not begun an
 * epoch with this member in it; `ending`: to be told to all members. The last
 * three are over: nothing comes or goes any more.
 */
export type CircleState =
  | 'invited'
  | 'accepting'
  | 'declining'
  | 'joining'
  | 'active'
  | 'leaving'
  | 'left'
  | 'removed'
  | 'ended'

/** A circle as it stands in the vault. */
export interface Circle {
  readonly id: CircleId
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  /** With the host; undefined where this persona is the host. */
  readonly conversationId: ConversationId | undefined
  /** Its name on the wire, 16 bytes. */
  readonly wireId: Bytes
  readonly name: string
  /** Ed25519, signs rosters. */
  readonly hostKey: Bytes
  /** Of this side's own keys, 32 bytes. */
  readonly seed: Bytes
  readonly ownName: string
  readonly state: CircleState
  readonly epoch: number
  readonly rekeyAt: number | undefined
  /** When own resources are said again, where somebody has come in. */
  readonly resourcesAt: number | undefined
  readonly createdAt: number
  readonly readUpto: number
}

// a type and not an interface: only types fit an index signature
type Row = {
  id: CircleId
  community_id: CommunityId
  persona_id: PersonaId
  conversation_id: ConversationId | null
  wire_id: Bytes
  name: string
  host_key: Bytes
  seed: Bytes
  own_name: string
  state: CircleState
  epoch: number
  rekey_at: number | null
  resources_at: number | null
  created_at: number
  read_upto: number
}

function fromRow(row: Row): Circle {
  return {
    id: row.id,
    communityId: row.community_id,
    personaId: row.persona_id,
    conversationId: row.conversation_id ?? undefined,
    wireId: row.wire_id,
    name: row.name,
    hostKey: row.host_key,
    seed: row.seed,
    ownName: row.own_name,
    state: row.state,
    epoch: row.epoch,
    rekeyAt: row.rekey_at ?? undefined,
    resourcesAt: row.resources_at ?? undefined,
    createdAt: row.created_at,
    readUpto: row.read_upto,
  }
}

export type NewCircle = Pick<
  Circle,
  | 'communityId'
  | 'personaId'
  | 'conversationId'
  | 'wireId'
  | 'name'
  | 'hostKey'
  | 'seed'
  | 'ownName'
  | 'state'
  | 'createdAt'
>

export function addCircle(database: Database, circle: NewCircle): CircleId {
  const id = freshId<CircleId>()
  database.run(
    `INSERT INTO circles (id, community_id, persona_id, conversation_id, wire_id, name, host_key, seed, own_name, state, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      circle.communityId,
      circle.personaId,
      circle.conversationId ?? null,
      circle.wireId,
      circle.name,
      circle.hostKey,
      circle.seed,
      circle.ownName,
      circle.state,
      circle.createdAt,
    ],
  )
  return id
}

export function findCircle(database: Database, id: CircleId): Circle | undefined {
  const row = database.get<Row>('SELECT * FROM circles WHERE id = ?', [id])
  return row === undefined ? undefined : fromRow(row)
}

/** @throws Fault `not-found` */
export function getCircle(database: Database, id: CircleId): Circle {
  const circle = findCircle(database, id)
  if (circle === undefined) throw new Fault('not-found', 'No such circle')
  return circle
}

/** All of them, the first made first, or those of one community. */
export function listCircles(database: Database, communityId?: CommunityId): Circle[] {
  return database
    .all<Row>('SELECT * FROM circles WHERE $community IS NULL OR community_id = $community ORDER BY created_at, id', {
      community: communityId ?? null,
    })
    .map(fromRow)
}

/** That a contact, its host, told of. */
export function circleOfHost(database: Database, conversationId: ConversationId, wireId: Bytes): Circle | undefined {
  const row = database.get<Row>('SELECT * FROM circles WHERE conversation_id = ? AND wire_id = ?', [
    conversationId,
    wireId,
  ])
  return row === undefined ? undefined : fromRow(row)
}

export function setState(database: Database, id: CircleId, state: CircleState): void {
  database.run('UPDATE circles SET state = ? WHERE id = ?', [state, id])
}

/** @throws Fault `wrong-state` */
export function requireState(circle: Circle, ...states: CircleState[]): void {
  if (!states.includes(circle.state)) throw new Fault('wrong-state', 'The circle is not so far, or over')
}

/** @throws Fault `wrong-state` */
export function requireHost({ conversationId }: Circle): void {
  if (conversationId !== undefined) throw new Fault('wrong-state', 'Only the host of a circle can do this')
}

/** Nothing can be read or written any more: the keys go, what was said stays. */
export function closeCircle(database: Database, id: CircleId, state: CircleState): void {
  setState(database, id, state)
  database.run('UPDATE circles SET rekey_at = NULL WHERE id = ?', [id])
  database.run('DELETE FROM circle_epochs WHERE circle_id = ?', [id])
  database.run('DELETE FROM circle_outbox WHERE circle_id = ?', [id])
}

/** Its host has invited this side again: what was said before stays, whatever comes of it. */
export function reopenCircle(
  database: Database,
  id: CircleId,
  { name, hostKey, seed, ownName }: Pick<Circle, 'name' | 'hostKey' | 'seed' | 'ownName'>,
): void {
  database.run(
    `UPDATE circles SET name = ?, host_key = ?, seed = ?, own_name = ?, epoch = 0, state = 'invited' WHERE id = ?`,
    [name, hostKey, seed, ownName, id],
  )
}

/** Nothing came of it. What was never more than an invitation leaves nothing. */
export function dropInvitation(database: Database, id: CircleId, state: CircleState): void {
  const said = database.get('SELECT 1 AS said FROM circle_messages WHERE circle_id = ?', [id])
  if (said === undefined) database.run('DELETE FROM circles WHERE id = ?', [id])
  else closeCircle(database, id, state)
}

/** Somebody who is or was in a circle. */
export interface Member {
  readonly id: CircleMemberId
  readonly key: Bytes
  readonly name: string
  readonly muted: boolean
}

type MemberRow = { id: CircleMemberId; key: Bytes; name: string; muted: number }

const asMember = ({ id, key, name, muted }: MemberRow): Member => ({ id, key, name, muted: muted === 1 })

export function listMembers(database: Database, id: CircleId): Member[] {
  return database
    .all<MemberRow>('SELECT id, key, name, muted FROM circle_members WHERE circle_id = ?', [id])
    .map(asMember)
}

/** @throws Fault `not-found` */
export function getMember(database: Database, circleId: CircleId, id: CircleMemberId): Member {
  const member = listMembers(database, circleId).find((each) => each.id === id)
  if (member === undefined) throw new Fault('not-found', 'No such member')
  return member
}

/** @throws Fault `not-found` */
export function memberByKey(database: Database, circleId: CircleId, key: Uint8Array): Member {
  const member = listMembers(database, circleId).find((each) => equal(each.key, key))
  if (member === undefined) throw new Fault('not-found', 'No such member')
  return member
}

/** As a roster names them; the name may be another than before. */
export function noteMember(
  database: Database,
  circleId: CircleId,
  { key, name }: { readonly key: Bytes; readonly name: string },
): void {
  database.run(
    `INSERT INTO circle_members (id, circle_id, key, name) VALUES (?, ?, ?, ?)
     ON CONFLICT (circle_id, key) DO UPDATE SET name = excluded.name`,
    [freshId(), circleId, key, name],
  )
}
