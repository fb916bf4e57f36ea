import { equal, type Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import type { CircleId } from '../base/ids.ts'
import { readItem } from '../conversations/item.ts'
import { getChain, isMissing, noteNews, noteReceived, noteTold, type ChainKey } from './chains.ts'
import { decodeCircleMessage, type CircleMessage } from './content.ts'
import type { Desk } from './desk.ts'
import { isHeard, listEpochs, type Epoch } from './epochs.ts'
import { chainName, memberKeys } from './keys.ts'
import { addGap, addUnreadable, applyMessage } from './messages.ts'
import { decodeNotice, openChainKey, type Notice } from './notice.ts'
import { findCircle, memberByKey, type Circle } from './store.ts'

/** As it stands when a turn has come: undefined where it is over, or the epoch is gone. */
function standing({ database, clock }: Desk, id: CircleId, epoch: number) {
  const circle = findCircle(database, id)
  if (circle?.state !== 'active') return undefined
  const epochs = listEpochs(database, circle)
  const at = epochs.find((each) => each.epoch === epoch)
  if (at === undefined) return undefined
  /** Of a member of the epoch, by their index. */
  const hears = (member: number): boolean => {
    const author = at.roster.members[member]
    return author !== undefined && isHeard(epochs, author.key, clock.now())
  }
  return { circle, at, hears }
}

/**
 * Takes in what somebody tells at an epoch's place of a day. Anybody who knows
 * the place can put something there: it counts by its signature alone, and only
 * where it is newer than what is known.
 *
 * @returns whether there is more to fetch
 * @throws Fault `disk-full`
 */
export function readNotice(
  desk: Desk,
  { circleId, epoch, day }: { readonly circleId: CircleId; readonly epoch: number; readonly day: number },
  bytes: Bytes,
): Promise<boolean> {
  return desk.locks.run(circleId, async () => {
    const found = standing(desk, circleId, epoch)
    if (found === undefined) return false
    const { circle, at, hears } = found
    const notice = readable(() => decodeNotice(bytes, { circle: circle.wireId, epoch, day }, at.roster.members))
    if (notice === undefined || notice.member === at.mine || !hears(notice.member)) return false
    const key = { circleId, epoch, member: notice.member }
    const chain = getChain(desk.database, key)
    if (chain === undefined || notice.turn <= chain.turn) return false
    const accepted = await chainKeyOf(desk, circle, at, notice)
    const differs = !equal(notice.roster, at.hash)
    desk.database.transaction(() => {
      accepted?.commit()
      const missing = noteTold(desk.database, key, notice, differs)
      if (missing === 0) return
      const author = memberByKey(desk.database, circleId, at.roster.members[notice.member]?.key ?? new Uint8Array())
      addGap(desk.database, circleId, { memberId: author.id, missing, now: desk.clock.now() })
      noteNews(desk.database, circleId, epoch, desk.clock.now())
    })
    desk.changed(circleId)
    return notice.count > chain.next
  })
}

/** The key of a chain that is not here yet. Undefined where it is, or where it cannot be opened: then its messages cannot be read. */
async function chainKeyOf({ senderKeys }: Desk, circle: Circle, at: Epoch, { keys, member }: Notice) {
  const of = { owner: circle.id, chain: chainName({ circle: circle.wireId, epoch: at.epoch, member }) }
  if (keys === undefined || senderKeys.has(of)) return undefined
  // the sender is left out of the list, and so all behind it stand one earlier
  const nth = at.mine > member ? at.mine - 1 : at.mine
  try {
    return await senderKeys.accept(of, openChainKey(keys, nth, memberKeys(circle.seed).box))
  } catch (error) {
    if (isFault(error, 'unreadable')) return undefined
    throw error
  }
}

/**
 * Takes in what lies where a member's message is expected. Anybody who knows the
 * place can put something there: it counts if it is of the member's own chain
 * and has the number of the place.
 *
 * @throws Fault `disk-full`
 */
export function readMessage(desk: Desk, key: ChainKey, index: number, content: Bytes): Promise<void> {
  return desk.locks.run(key.circleId, async () => {
    const { database, senderKeys, clock } = desk
    const { circleId, epoch, member } = key
    const found = standing(desk, circleId, epoch)
    const chain = getChain(database, key)
    const ciphertext = readItem(content)
    if (found === undefined || chain === undefined || ciphertext === undefined) return
    if (!isMissing(database, key, index)) return
    const { circle, at, hears } = found
    const author = at.roster.members[member]
    if (author === undefined || !hears(member)) return
    const of = { owner: circleId, chain: chainName({ circle: circle.wireId, epoch, member }) }
    let step
    try {
      step = await senderKeys.decrypt(of, ciphertext, { index, next: chain.next })
    } catch (error) {
      if (isFault(error, 'unreadable', 'not-found')) return
      throw error
    }
    const said = readable(() => decodeCircleMessage(step.value))
    database.transaction(() => {
      step.commit()
      apply(desk, circleId, author.key, said)
      noteReceived(database, key, index, clock.now())
    })
    desk.changed(circleId)
  })
}

function apply({ database, clock }: Desk, circleId: CircleId, key: Bytes, said: CircleMessage | undefined): void {
  const memberId = memberByKey(database, circleId, key).id
  const now = clock.now()
  if (said === undefined) addUnreadable(database, circleId, { memberId, now })
  else applyMessage(database, circleId, said, { memberId, mine: false, now })
}

function readable<Result>(decode: () => Result): Result | undefined {
  try {
    return decode()
  } catch (error) {
    if (isFault(error, 'unknown-version', 'malformed', 'too-large', 'bad-signature')) return undefined
    throw error
  }
}
