import type { Job } from '../base/jobs.ts'
import { hex, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { CircleId, CommunityId } from '../base/ids.ts'
import type { BoxClient } from '../boxes/client.ts'
import { hourMs, nowHours } from '../boxes/hours.ts'
import { PlaceFull } from '../boxes/refusal.ts'
import { encodeItem } from '../conversations/item.ts'
import { boxLifeHours, boxLifeLeastHours } from '../conversations/timing.ts'
import { jittered } from '../crypto/random.ts'
import { getChain, listChains } from './chains.ts'
import type { Desk } from './desk.ts'
import { listEpochs, newestEpoch } from './epochs.ts'
import { chainName, messageAt, messageAuthor } from './keys.ts'
import { encodeChainKeys, maxMessages, sealChainKey } from './notice.ts'
import {
  dropBox,
  forgetItem,
  getItem,
  keepBox,
  keepCiphertext,
  listItems,
  markStored,
  sayAgain,
  type Item,
} from './outbox.ts'
import { isSmaller } from './roster.ts'
import { getCircle, listCircles, type Circle } from './store.ts'
import { planned, renewAfter, renewUntil } from './timing.ts'

export interface PostingOptions {
  readonly desk: Desk
  readonly communityId: CommunityId
  readonly client: BoxClient
}

/** Bits more for each time that there was no room: who fills a place up has to work so much more for each of its boxes. */
export const moreEachRefusal = 2
export const mostMoreWork = 8

/** What its jobs are cancelled by. */
export function postingSubject(id: CircleId): string {
  return `circle ${id}`
}

/** Encrypts and stores what this side says to its circles, in order, and looks after what it stored. */
export class Posting {
  readonly #options: PostingOptions

  constructor(options: PostingOptions) {
    this.#options = options
  }

  jobs(): Job[] {
    const { desk, communityId } = this.#options
    return listCircles(desk.database, communityId)
      .filter(({ state }) => state === 'active')
      .flatMap((circle) => this.#jobsOf(circle))
  }

  #jobsOf(circle: Circle): Job[] {
    const { database, clock } = this.#options.desk
    const { first, stored } = listItems(database, circle.id)
    // what is said to nobody waits for somebody
    const heard = first !== undefined && newestEpoch(database, circle).roster.members.length > 1
    const again = stored.flatMap(({ number, dueAt }) => {
      const due = planned(dueAt, clock.now())
      return due === undefined ? [] : [{ number, dueAt: due }]
    })
    return [...(heard ? [{ number: first.number, dueAt: 0 }] : []), ...again].map(({ number, dueAt }) => ({
      key: `circle-store ${number}`,
      subject: postingSubject(circle.id),
      dueAt,
      run: (signal) => this.#post(number, signal),
    }))
  }

  async #post(number: number, signal: AbortSignal): Promise<void> {
    const { desk, client } = this.#options
    const { database, clock } = desk
    const wanted = this.#wanted(number)
    if (wanted === undefined) return
    const { item, circle } = wanted
    const at = item.at ?? (await this.#encrypt(circle.id, item))
    if (at === undefined) return
    const box = await this.#prepared(circle, { ...item, at }, signal)
    // another epoch may have begun while it was mined: nothing goes to the old one then
    if (box === undefined || this.#wanted(number)?.item.at?.epoch !== at.epoch) return
    try {
      await client.store(box, { signal })
    } catch (error) {
      if (isFault(error, 'box-refused')) {
        const more = error instanceof PlaceFull ? moreEachRefusal : 0
        dropBox(database, number, Math.min(mostMoreWork, item.moreWork + more))
      }
      throw error
    }
    const now = clock.now()
    if (this.#wanted(number)?.item.at?.epoch !== at.epoch) return
    markStored(
      database,
      { number, circleId: circle.id, at },
      { now, againAt: Math.round(now + jittered(renewAfter, 0.25)) },
    )
    desk.changed(circle.id)
  }

  /** The item and its circle, where it is still to be stored; what needs looking after no more is forgotten once its box has expired. */
  #wanted(number: number): { readonly item: Item; readonly circle: Circle } | undefined {
    const { database, clock } = this.#options.desk
    const item = getItem(database, number)
    if (item === undefined) return undefined
    const circle = getCircle(database, item.circleId)
    if (circle.state !== 'active') return undefined
    if (!item.stored || item.at === undefined) return { item, circle }
    const now = clock.now()
    if (now < item.madeAt + renewUntil && !this.#isEverywhere(item.circleId, item.at)) {
      const [newest, ...others] = listEpochs(database, circle)
      const own = [newest, ...others].find((each) => each?.epoch === item.at?.epoch)
      if (own?.sealed === false) return { item, circle }
      // somebody who was away may lack it: it is said again where those do not read who are out, unless somebody
      // reads there for whom it was not meant
      if (own !== undefined && newest !== undefined && !isSmaller(own.roster, newest.roster)) {
        sayAgain(database, number)
        return undefined
      }
    }
    const expiresAt = item.expiryHours * hourMs
    if (expiresAt <= now) forgetItem(database, number)
    else database.run('UPDATE circle_outbox SET due_at = ? WHERE number = ?', [expiresAt, number])
    return undefined
  }

  /** Whether all others of the epoch have told that they have it. */
  #isEverywhere(circleId: CircleId, { epoch, index }: { readonly epoch: number; readonly index: number }): boolean {
    const { database } = this.#options.desk
    const mine = listEpochs(database, getCircle(database, circleId)).find((each) => each.epoch === epoch)?.mine
    if (mine === undefined) return true
    return listChains(database, circleId, epoch).every(
      ({ seen }, member) => member === mine || (seen[mine] ?? 0) > index,
    )
  }

  /** For those who are in the circle now. Saved with the step of the chain, before anything leaves this device. */
  #encrypt(circleId: CircleId, { number, plaintext }: Item): Promise<Item['at']> {
    const { desk } = this.#options
    const { database, senderKeys, locks } = desk
    return locks.run(circleId, async () => {
      const circle = getCircle(database, circleId)
      const { epoch, mine } = newestEpoch(database, circle)
      const of = { owner: circleId, chain: chainName({ circle: circle.wireId, epoch, member: mine }) }
      if (!senderKeys.has(of)) await this.#begin(circle, of)
      const chain = getChain(database, { circleId, epoch, member: mine })
      const step = await senderKeys.encrypt(of, plaintext)
      const { ciphertext, index } = step.value
      if (index >= maxMessages) throw new Fault('wrong-state', 'No room for another message in this epoch')
      const at = { epoch, index, ciphertext }
      return database.transaction(() => {
        // the circle may be over by now, or begun anew
        const now = getItem(database, number)
        if (chain === undefined || getCircle(database, circleId).epoch !== epoch || now === undefined) return undefined
        step.commit()
        keepCiphertext(database, number, at)
        return at
      })
    })
  }

  /** The key of an own chain goes to all that are in the epoch, sealed once and for all. */
  async #begin(circle: Circle, of: { readonly owner: string; readonly chain: Bytes }): Promise<void> {
    const { database, senderKeys } = this.#options.desk
    const begun = await senderKeys.begin(of)
    const { epoch, mine, roster } = newestEpoch(database, circle)
    const boxes = roster.members.filter((_, index) => index !== mine).map(({ box }) => box)
    const keys = encodeChainKeys(sealChainKey(begun.value, boxes))
    database.transaction(() => {
      const saved = database.run(
        'UPDATE circle_chains SET keys = ? WHERE circle_id = ? AND epoch = ? AND member = ? AND chain = ?',
        [keys, circle.id, epoch, mine, hex(of.chain)],
      )
      // another epoch has begun: its chain is another
      if (saved === 1) begun.commit()
    })
  }

  /** Mining is slow: its result is saved before it is sent, and used again as long as it lives. */
  async #prepared(circle: Circle, item: Item, signal: AbortSignal): Promise<Bytes | undefined> {
    const { desk, client } = this.#options
    const { database, clock } = desk
    const hours = nowHours(clock)
    const { at } = item
    if (at === undefined) return undefined
    if (item.box !== undefined && item.expiryHours >= hours + boxLifeLeastHours) return item.box
    const epoch = listEpochs(database, circle).find((each) => each.epoch === at.epoch)
    if (epoch === undefined) return undefined
    const sequence = item.sequence + 1
    const expiryHours = hours + boxLifeHours
    const box = await client.prepare(
      {
        capability: messageAt(epoch.secret, epoch.mine, at.index),
        author: messageAuthor(circle.seed, at.epoch, at.index),
        sequence: BigInt(sequence),
        expiryHours,
        content: encodeItem(at.ciphertext),
        moreWork: item.moreWork,
      },
      { signal },
    )
    if (this.#wanted(item.number)?.item.at?.epoch === at.epoch)
      keepBox(database, item.number, { box, sequence, expiryHours })
    return box
  }
}
