import { hex } from '../base/bytes.ts'
import type { CommunityId } from '../base/ids.ts'
import type { OpenedBox } from '../boxes/client.ts'
import type { Watch } from '../boxes/poller.ts'
import { dayOf } from '../conversations/chain.ts'
import { shuffled } from '../crypto/random.ts'
import { missingOf, type ChainKey } from './chains.ts'
import type { Desk } from './desk.ts'
import { isHeard, listEpochs } from './epochs.ts'
import { messageAt, noticesAt } from './keys.ts'
import { readMessage, readNotice } from './reading.ts'
import { listCircles, type Circle } from './store.ts'

/** Messages of a circle that one poll looks for: whoever tells of many that are not there keeps nobody longer busy. */
export const messagesInPoll = 32
/** How far back notices are looked for by somebody who was away: no box lives longer. */
const longestAway = 15
const dayMs = 86_400_000
/** A clock may be so far off. */
const skewMs = 2 * 3_600_000
/** So many polls look back, each time that none came through for so long. */
const pollsThatLookBack = 3
const awayMs = 12 * 3_600_000
/** Of notices that are remembered to have been looked at. */
const mostLooked = 8_192
/** Of a chain so many are looked for in order; the others, where not all fit, as chance has it. */
const inOrder = 8

/** Whether somebody was away, by when polls came through. */
export class Absence {
  #polls = 0
  #lastAt = Number.NEGATIVE_INFINITY

  /** Another poll begins. @param reached whether there is anybody to ask @returns whether it looks back */
  looksBack(now: number, reached: boolean): boolean {
    if (Math.abs(now - this.#lastAt) > awayMs) this.#polls = 0
    const looks = this.#polls < pollsThatLookBack
    if (reached) {
      this.#polls++
      this.#lastAt = now
    }
    return looks
  }
}

export interface WatchOptions {
  readonly communityId: CommunityId
  readonly lookBack: boolean
  /** There is more to fetch than was asked for. */
  readonly more: () => void
}

/** Notices that were looked at, by their box: each lies there for days and is found at every poll. */
export class Looked {
  readonly #known = new Map<string, bigint>()

  has({ place, author, sequence }: OpenedBox): boolean {
    return this.#known.get(hex(place) + hex(author)) === sequence
  }

  add({ place, author, sequence }: OpenedBox): void {
    const name = hex(place) + hex(author)
    this.#known.delete(name)
    this.#known.set(name, sequence)
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostLooked && oldest !== undefined) this.#known.delete(oldest)
  }
}

/** Where members may have left something: each epoch's places of today and yesterday, and the messages told of there. */
export function watchesOf(desk: Desk, looked: Looked, { communityId, lookBack, more }: WatchOptions): Watch[] {
  const { database, clock } = desk
  const circles = listCircles(database, communityId).filter(({ state }) => state === 'active')
  return circles.flatMap((circle) => [
    ...noticeWatches(desk, circle, looked, { now: clock.now(), lookBack, more }),
    ...messageWatches(desk, circle),
  ])
}

function noticeWatches(
  desk: Desk,
  circle: Circle,
  looked: Looked,
  { now, lookBack, more }: { readonly now: number; readonly lookBack: boolean; readonly more: () => void },
): Watch[] {
  const { id: circleId } = circle
  const today = dayOf(now)
  return listEpochs(desk.database, circle)
    .filter(({ roster }) => roster.members.length > 1)
    .flatMap(({ epoch, secret, startedAt }) => {
      const first = lookBack ? Math.max(dayOf(startedAt - dayMs), today - longestAway) : today - 1
      const last = dayOf(now + skewMs)
      const days = Array.from({ length: last - Math.min(first, today - 1) + 1 }, (_, nth) => last - nth)
      return days.map((day) => ({
        capability: noticesAt(secret, day),
        async handle(box: OpenedBox) {
          if (looked.has(box)) return
          const hasMore = await readNotice(desk, { circleId, epoch, day }, box.content)
          looked.add(box)
          if (hasMore) more()
        },
      }))
    })
}

/** One of each member in turn, so that nobody's keep others' waiting. */
function messageWatches(desk: Desk, circle: Circle): Watch[] {
  const { database, clock } = desk
  const epochs = listEpochs(database, circle)
  const chains = epochs.flatMap(({ epoch, secret, mine, roster }) =>
    roster.members.flatMap((author, member) => {
      const key: ChainKey = { circleId: circle.id, epoch, member }
      const missing = member === mine || !isHeard(epochs, author.key, clock.now()) ? [] : missingOf(database, key)
      const some = [...missing.slice(0, inOrder), ...shuffled(missing.slice(inOrder))]
      return missing.length === 0 ? [] : [{ key, secret, missing: some }]
    }),
  )
  const longest = Math.max(0, ...chains.map(({ missing }) => missing.length))
  const watches: Watch[] = []
  for (let nth = 0; nth < longest && watches.length < messagesInPoll; nth++) {
    for (const { key, secret, missing } of shuffled(chains)) {
      const index = missing[nth]
      if (index === undefined || watches.length >= messagesInPoll) continue
      watches.push({
        capability: messageAt(secret, key.member, index),
        handle: ({ content }) => readMessage(desk, key, index, content),
      })
    }
  }
  return watches
}
