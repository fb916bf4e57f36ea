import { limits } from '../api/limits.ts'
import { equal } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { CircleId, CircleMemberId, CommunityId, ConversationId, PersonaId } from '../base/ids.ts'
import { getConversation } from '../conversations/store.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Desk } from './desk.ts'
import { beginEpoch } from './epochs.ts'
import { addGuest, dropStrangers, listGuests, setGuest, type Guest } from './guests.ts'
import { circleIdLength, memberKeys, secretLength, seedLength } from './keys.ts'
import { encodeRoster } from './roster.ts'
import {
  addCircle,
  closeCircle,
  getCircle,
  getMember,
  listCircles,
  requireHost,
  requireState,
  type Circle,
} from './store.ts'

export interface CircleWish {
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly name: string
  /** By which its members are to know the host. */
  readonly ownName: string
}

/** With nobody in it but its host. @throws Fault `wrong-state` (as many as there may be), `bad-input` (names) */
export function createCircle({ database, clock }: Desk, wish: CircleWish): CircleId {
  const now = clock.now()
  return database.transaction(() => {
    const { communityId, personaId, name, ownName } = wish
    const others = listCircles(database, communityId).filter(
      (each) => each.personaId === personaId && each.conversationId === undefined && each.state === 'active',
    )
    if (others.length >= limits.circle.perPersona) throw new Fault('wrong-state', 'As many circles as there may be')
    const seed = random(seedLength)
    const id = addCircle(database, {
      communityId,
      personaId,
      conversationId: undefined,
      wireId: random(circleIdLength),
      name,
      hostKey: memberKeys(seed).sign.publicKey,
      seed,
      ownName,
      state: 'active',
      createdAt: now,
    })
    rekey(database, getCircle(database, id), now)
    return id
  })
}

/**
 * Saves the wish to invite contacts. Only those who know the same persona: others
 * would learn that two of them are one person.
 *
 * @throws Fault `not-found`, `wrong-state` (ended, blocked, as many as there may be), `bad-input` (another persona's contact)
 */
export function invite({ database }: Desk, id: CircleId, conversations: readonly ConversationId[]): void {
  database.transaction(() => {
    const circle = getCircle(database, id)
    requireHost(circle)
    requireState(circle, 'active')
    for (const conversationId of conversations) {
      const { personaId, blocked, ending } = getConversation(database, conversationId)
      if (personaId !== circle.personaId) throw new Fault('bad-input', 'A contact of another persona')
      if (blocked || ending !== 'none') throw new Fault('wrong-state', 'This contact cannot be written to')
      const known = listGuests(database, id).find((guest) => guest.conversationId === conversationId)
      if (known !== undefined && isIn(known)) continue
      // two records that follow each other cannot be in the wrong order, but one that was never sent is not taken back
      if (known?.state === 'removing') throw new Fault('wrong-state', 'This contact is still to be told')
      addGuest(database, id, conversationId)
    }
    if (listGuests(database, id).filter(isIn).length >= limits.circle.members) {
      throw new Fault('wrong-state', 'As many members as there may be')
    }
  })
}

/** Invited and not answered counts: nobody who was invited finds no place. */
export function isIn({ state }: Guest): boolean {
  return state === 'inviting' || state === 'invited' || state === 'joined'
}

/**
 * From the next epoch on somebody can read nothing and finds nothing: it begins
 * in the same transaction.
 *
 * @throws Fault `not-found`, `wrong-state`
 */
export function removeMember(desk: Desk, id: CircleId, memberId: CircleMemberId): void {
  const { database, clock } = desk
  database.transaction(() => {
    const circle = getCircle(database, id)
    requireHost(circle)
    requireState(circle, 'active')
    const { key } = getMember(database, id, memberId)
    const guest = listGuests(database, id).find(({ keys }) => keys !== undefined && equal(keys.key, key))
    if (guest?.state !== 'joined' || guest.conversationId === undefined) {
      throw new Fault('wrong-state', 'This member is not in the circle')
    }
    setGuest(database, id, guest.conversationId, 'removing')
    rekey(database, circle, clock.now())
  })
}

/** Takes an invitation back that was not answered. @throws Fault `not-found`, `wrong-state` */
export function withdrawInvitation({ database }: Desk, id: CircleId, conversationId: ConversationId): void {
  database.transaction(() => {
    const circle = getCircle(database, id)
    requireHost(circle)
    const guest = listGuests(database, id).find((each) => each.conversationId === conversationId)
    if (guest?.state === 'inviting') setGuest(database, id, conversationId, 'removed')
    else if (guest?.state === 'invited') setGuest(database, id, conversationId, 'removing')
    else throw new Fault('wrong-state', 'Nobody waits for this invitation')
  })
}

/** Of all: they are told, each in their own conversation. @throws Fault `wrong-state` */
export function endCircle({ database }: Desk, id: CircleId): void {
  database.transaction(() => {
    const circle = getCircle(database, id)
    requireHost(circle)
    requireState(circle, 'active')
    for (const { conversationId, state } of listGuests(database, id)) {
      if (conversationId === undefined) continue
      if (state === 'joined' || state === 'invited') setGuest(database, id, conversationId, 'removing')
      if (state === 'inviting') setGuest(database, id, conversationId, 'removed')
    }
    closeCircle(database, id, 'ended')
  })
}

/**
 * Begins another epoch with those who are in it now, inside the caller's
 * transaction. All are told of it by and by, in their own conversations.
 */
export function rekey(database: Database, circle: Circle, now: number): void {
  const { id, wireId, seed, ownName, name, epoch } = circle
  const { sign, box } = memberKeys(seed)
  dropStrangers(database, id)
  const guests = listGuests(database, id).flatMap(({ state, conversationId, keys }) =>
    state === 'joined' && conversationId !== undefined && keys !== undefined ? [keys] : [],
  )
  const members = [{ key: sign.publicKey, box: box.publicKey, name: ownName }, ...guests]
  const roster = encodeRoster({ circle: wireId, epoch: epoch + 1, name, members }, sign)
  beginEpoch(database, circle, { secret: random(secretLength), roster, now })
  database.run('UPDATE circles SET rekey_at = NULL WHERE id = ?', [id])
}

/** Another epoch is wanted, `after` ms from now: those who come in meanwhile come in with it. */
export function wantRekey(database: Database, id: CircleId, at: number): void {
  database.run('UPDATE circles SET rekey_at = min(coalesce(rekey_at, $at), $at) WHERE id = $id', { id, at })
}
