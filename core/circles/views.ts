import type { CircleMemberView, CircleMessageView, CircleView } from '../api/circles.ts'
import { equal, hex } from '../base/bytes.ts'
import { harmlessLine, harmlessText } from '../base/harmless.ts'
import { getConversation } from '../conversations/store.ts'
import type { Database } from '../database/database.ts'
import { weaveOf } from '../personas/weave.ts'
import { listChains, missingOf } from './chains.ts'
import { isHeard, listEpochs, type Epoch } from './epochs.ts'
import { listGuests } from './guests.ts'
import { memberKeys } from './keys.ts'
import { countUnread, readMessages, type StoredMessage } from './messages.ts'
import { placeOf } from './outbox.ts'
import { listMembers, type Circle, type CircleState, type Member } from './store.ts'

const shownStates: Readonly<Record<CircleState, CircleView['state']>> = {
  invited: 'invited',
  accepting: 'joining',
  declining: 'left',
  joining: 'joining',
  active: 'active',
  leaving: 'left',
  left: 'left',
  removed: 'removed',
  ended: 'ended',
}

export function circleView(database: Database, circle: Circle, now: number): CircleView {
  const { id, communityId, personaId, conversationId } = circle
  const epochs = listEpochs(database, circle)
  const people = listMembers(database, id)
  const names = new Map(people.map((each) => [each.id as string, harmlessLine(each.name)]))
  const [last] = readMessages(database, { circleId: id, limit: 1 })
  return {
    id,
    communityId,
    personaId,
    name: harmlessLine(circle.name),
    role: conversationId === undefined ? 'host' : 'member',
    state: shownStates[circle.state],
    conversationId: conversationId ?? null,
    hostName:
      conversationId === undefined ? circle.ownName : getConversation(database, conversationId).contact.pseudonym,
    ownName: circle.ownName,
    members: membersOf(database, circle, epochs[0], people),
    guests: guestViews(database, circle),
    joined: listGuests(database, id).flatMap(({ conversationId, state }) =>
      conversationId !== undefined && state === 'joined' ? [conversationId] : [],
    ),
    reports: database
      .all<{ by_member: string; about: string; text: string; at: number }>(
        'SELECT by_member, about, text, at FROM circle_reports WHERE circle_id = ? ORDER BY number DESC',
        [id],
      )
      .map(({ by_member, about, text, at }) => ({
        by: names.get(by_member) ?? '',
        about: names.get(about) ?? '',
        text: harmlessText(text),
        at,
      })),
    awaited: epochs.reduce(
      (sum, epoch) => sum + awaitedIn(database, id, { ...epoch, hears: (key) => isHeard(epochs, key, now) }),
      0,
    ),
    unread: countUnread(database, id, circle.readUpto),
    lastMessage: last === undefined ? null : messageView(database, circle, last, people),
    createdAt: circle.createdAt,
  }
}

/** In the order of the newest roster; those who were in it before come after. */
function membersOf(
  database: Database,
  circle: Circle,
  newest: Epoch | undefined,
  people: readonly Member[],
): CircleMemberView[] {
  const own = memberKeys(circle.seed).sign.publicKey
  const order = newest?.roster.members.map(({ key }) => hex(key)) ?? []
  const chains = newest === undefined ? [] : listChains(database, circle.id, newest.epoch)
  const place = ({ key }: Member): number => {
    const at = order.indexOf(hex(key))
    return at < 0 ? order.length : at
  }
  return people
    .toSorted((a, b) => place(a) - place(b))
    .map((member) => ({
      ...authorView(member),
      mine: equal(member.key, own),
      host: equal(member.key, circle.hostKey),
      present: place(member) < order.length,
      muted: member.muted,
      differs: chains[place(member)]?.differs ?? false,
    }))
}

function authorView({ id, name, key }: Member): CircleMessageView['author'] {
  return { id, name: harmlessLine(name), weave: weaveOf(key) }
}

function guestViews(database: Database, { id, state }: Circle): CircleView['guests'] {
  if (state !== 'active') return []
  return listGuests(database, id).flatMap(({ conversationId, state }): CircleView['guests'] => {
    if (conversationId === undefined) return []
    const { pseudonym: name } = getConversation(database, conversationId).contact
    if (state === 'inviting' || state === 'invited') return [{ conversationId, name, state: 'invited' }]
    return state === 'declined' ? [{ conversationId, name, state }] : []
  })
}

function awaitedIn(
  database: Database,
  circleId: Circle['id'],
  { epoch, mine, roster, hears }: Epoch & { readonly hears: (key: Uint8Array) => boolean },
): number {
  return roster.members.reduce((sum, { key }, member) => {
    if (member === mine || !hears(key)) return sum
    return sum + missingOf(database, { circleId, epoch, member }).length
  }, 0)
}

/** @param people of the circle, where the caller has them already */
export function messageView(
  database: Database,
  circle: Circle,
  message: StoredMessage,
  people: readonly Member[] = listMembers(database, circle.id),
): CircleMessageView {
  const author = people.find(({ id }) => id === message.memberId)
  return {
    id: message.id,
    author:
      author === undefined ? { id: message.memberId, name: '', weave: weaveOf(new Uint8Array()) } : authorView(author),
    mine: message.mine,
    kind: message.kind,
    title: harmlessLine(message.title),
    text: harmlessText(message.text),
    missing: message.missing,
    sentAt: message.sentAt,
    delivery: message.mine && message.kind !== 'withdrawn' ? deliveryOf(database, circle, message) : null,
  }
}

function deliveryOf(database: Database, circle: Circle, { id }: StoredMessage): CircleMessageView['delivery'] {
  const at = placeOf(database, id)
  // long ago: nothing is known of it any more but that it was stored
  if (at === undefined) return circle.state === 'active' ? { state: 'stored', seenBy: 0, of: 0 } : null
  if (!at.stored || at.epoch === null || at.index === null) return { state: 'queued', seenBy: 0, of: 0 }
  const chains = listChains(database, circle.id, at.epoch)
  const mine = listEpochs(database, circle).find(({ epoch }) => epoch === at.epoch)?.mine
  const others = chains.filter((_, member) => member !== mine)
  const { index } = at
  const seenBy = mine === undefined ? 0 : others.filter(({ seen }) => (seen[mine] ?? 0) > index).length
  return { state: 'stored', seenBy, of: others.length }
}
