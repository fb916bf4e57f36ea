import type { Job } from '../base/jobs.ts'
import type { CircleId, CommunityId } from '../base/ids.ts'
import type { BoxClient } from '../boxes/client.ts'
import { nowHours } from '../boxes/hours.ts'
import { PlaceFull } from '../boxes/refusal.ts'
import { dayOf } from '../conversations/chain.ts'
import { boxLifeHours } from '../conversations/timing.ts'
import { getChain, listChains, type Chain } from './chains.ts'
import type { Desk } from './desk.ts'
import { listEpochs, type Epoch } from './epochs.ts'
import { memberKeys, noticeAuthor, noticesAt } from './keys.ts'
import { decodeChainKeys, encodeNotice, type Notice } from './notice.ts'
import { firstKept } from './outbox.ts'
import { moreEachRefusal, mostMoreWork, postingSubject } from './posting.ts'
import { findCircle, getCircle, listCircles, type Circle } from './store.ts'
import { planned, renewAfter, type CircleTiming } from './timing.ts'

export interface TellingOptions {
  readonly desk: Desk
  readonly communityId: CommunityId
  readonly client: BoxClient
  readonly timing: CircleTiming
}

/** Tells the others of each circle what this side has stored and what it has received. */
export class Telling {
  readonly #options: TellingOptions

  constructor(options: TellingOptions) {
    this.#options = options
  }

  jobs(): Job[] {
    const { desk, communityId } = this.#options
    return listCircles(desk.database, communityId)
      .filter(({ state }) => state === 'active')
      .flatMap((circle) => listEpochs(desk.database, circle).flatMap((epoch) => this.#jobsOf(circle, epoch)))
  }

  #jobsOf({ id }: Circle, at: Epoch): Job[] {
    const { desk } = this.#options
    const planTime = this.#dueAt(id, at)
    const dueAt = planTime === undefined ? undefined : planned(planTime, desk.clock.now())
    if (dueAt === undefined) return []
    return [
      {
        key: `circle-tell ${id} ${at.epoch}`,
        subject: postingSubject(id),
        // before what is only stored again
        dueAt: dueAt <= desk.clock.now() ? 1 : dueAt,
        run: (signal) => this.#tell(id, at.epoch, signal),
      },
    ]
  }

  /** When there is something to tell. What was received can wait; what was said is told at once; and what is kept is told again. */
  #dueAt(circleId: CircleId, { epoch, mine, sealed, roster }: Epoch): number | undefined {
    const { desk, timing } = this.#options
    const chain = getChain(desk.database, { circleId, epoch, member: mine })
    if (chain === undefined || sealed || roster.members.length === 1) return undefined
    const { count, next, newsAt, told } = chain
    const times: number[] = []
    if (next > count && newsAt !== undefined) times.push(newsAt + timing.tell)
    if (newsAt !== undefined) {
      const tomorrow = told.at === 0 ? 0 : (told.day + 1) * 86_400_000
      times.push(Math.max(newsAt + timing.acknowledge, tomorrow))
    }
    if (count > 0 && firstKept(desk.database, circleId, epoch) !== undefined) times.push(told.at + renewAfter)
    return times.length === 0 ? undefined : Math.min(...times)
  }

  async #tell(circleId: CircleId, epochNumber: number, signal: AbortSignal): Promise<void> {
    const { desk, client } = this.#options
    const { database, clock } = desk
    const circle = getCircle(database, circleId)
    const at = this.#live(circleId, epochNumber)
    if (at === undefined) return
    const { epoch, secret, mine } = at
    const chain = getChain(database, { circleId, epoch, member: mine })
    if (chain === undefined) return
    const now = clock.now()
    const day = dayOf(now)
    const notice = this.#notice(circleId, at, chain)
    const sequence = day > chain.told.day ? 1 : chain.told.sequence + 1
    // saved before it is sent: no turn and no sequence is used for two
    database.run(
      `UPDATE circle_chains SET turn = ?, told_sequence = ?, told_day = ? WHERE circle_id = ? AND epoch = ? AND member = ?`,
      [notice.turn, sequence, Math.max(day, chain.told.day), circleId, epoch, mine],
    )
    const box = await client.prepare(
      {
        capability: noticesAt(secret, day),
        author: noticeAuthor(circle.seed, epoch, day),
        sequence: BigInt(sequence),
        expiryHours: nowHours(clock) + boxLifeHours,
        content: encodeNotice(notice, { circle: circle.wireId, epoch, day }, memberKeys(circle.seed).sign),
        moreWork: chain.moreWork,
      },
      { signal },
    )
    // somebody may have been taken out while it was mined
    if (this.#live(circleId, epoch) === undefined) return
    try {
      await client.store(box, { signal })
    } catch (error) {
      if (error instanceof PlaceFull) {
        database.run('UPDATE circle_chains SET more_work = ? WHERE circle_id = ? AND epoch = ? AND member = ?', [
          Math.min(mostMoreWork, chain.moreWork + moreEachRefusal),
          circleId,
          epoch,
          mine,
        ])
      }
      throw error
    }
    // what was stored or received meanwhile is told next
    const { turn: _, ...fresh } = this.#notice(
      circleId,
      at,
      getChain(database, { circleId, epoch, member: mine }) ?? chain,
    )
    const isTold = fresh.count === notice.count && fresh.seen.join() === notice.seen.join()
    database.run(
      `UPDATE circle_chains SET count = ?, first = ?, told_at = ?, news_at = ?
       WHERE circle_id = ? AND epoch = ? AND member = ?`,
      [notice.count, notice.first, now, isTold ? null : now, circleId, epoch, mine],
    )
  }

  /** Where it is still to be told of. */
  #live(circleId: CircleId, epoch: number): Epoch | undefined {
    const { database } = this.#options.desk
    const circle = findCircle(database, circleId)
    if (circle?.state !== 'active') return undefined
    return listEpochs(database, circle).find((each) => each.epoch === epoch && !each.sealed)
  }

  #notice(circleId: CircleId, { epoch, mine, hash }: Epoch, chain: Chain): Notice {
    const { database } = this.#options.desk
    const seen = listChains(database, circleId, epoch).map(({ next }) => next)
    return {
      member: mine,
      turn: chain.turn + 1,
      count: chain.next,
      first: Math.max(chain.first, firstKept(database, circleId, epoch) ?? chain.next),
      seen,
      roster: hash,
      ...(chain.keys === undefined || chain.next === 0 ? {} : { keys: decodeChainKeys(chain.keys) }),
    }
  }
}
