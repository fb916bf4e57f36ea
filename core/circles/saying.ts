import { limits } from '../api/limits.ts'
import { Fault } from '../base/fault.ts'
import type { CircleId, MessageId } from '../base/ids.ts'
import { random } from '../crypto/random.ts'
import type { CircleContent } from './content.ts'
import type { Desk } from './desk.ts'
import { memberKeys } from './keys.ts'
import { applyMessage, findMessage, lastOwn, readResources } from './messages.ts'
import { queueItem } from './outbox.ts'
import { getCircle, memberByKey, requireState, type Circle } from './store.ts'

/**
 * Saves what this side says, and that it is to be sent. The same id again is the same message.
 *
 * @returns whether it is new
 * @throws Fault `not-found`, `wrong-state` (over; as many resources as there may be), `bad-input`, `message-too-long`
 */
export function say({ database, clock }: Desk, circleId: CircleId, id: MessageId, said: CircleContent): boolean {
  return database.transaction(() => {
    const circle = getCircle(database, circleId)
    const known = findMessage(database, id)
    if (known !== undefined) {
      if (known.mine && known.circleId === circleId) return false
      throw new Fault('bad-input', 'This id belongs to another message')
    }
    requireState(circle, 'active')
    const own = said.kind === 'resource' ? readResources(database, circleId).filter(({ mine }) => mine) : []
    if (own.length >= limits.circle.resources) throw new Fault('wrong-state', 'As many resources as there may be')
    queue(database, circle, { id, said, now: clock.now() })
    return true
  })
}

/** Takes an own resource off all lists. @returns of which circle @throws Fault `not-found`, `wrong-state` */
export function withdrawResource({ database, clock }: Desk, id: MessageId): CircleId {
  return database.transaction(() => {
    const message = findMessage(database, id)
    if (message === undefined) throw new Fault('not-found', 'No such resource')
    const { circleId, wireId: of, mine, kind } = message
    const circle = getCircle(database, circleId)
    requireState(circle, 'active')
    if (!mine || kind !== 'resource' || of === undefined) throw new Fault('wrong-state', 'Not an own resource')
    // one that never left is not sent; what is under way may be
    database.run('DELETE FROM circle_outbox WHERE message_id = ? AND ciphertext IS NULL', [id])
    queue(database, circle, { id, said: { kind: 'withdraw', of }, now: clock.now() })
    return circleId
  })
}

function queue(
  database: Desk['database'],
  circle: Circle,
  { id, said, now }: { readonly id: MessageId; readonly said: CircleContent; readonly now: number },
): void {
  // readers order by it what came to them in any order
  const at = Math.max(now, lastOwn(database, circle.id) + 1)
  const message = { ...said, id: random(16), at }
  const { id: memberId } = memberByKey(database, circle.id, memberKeys(circle.seed).sign.publicKey)
  queueItem(database, circle.id, { message, messageId: id, now })
  applyMessage(database, circle.id, message, { id, memberId, mine: true, now })
}
