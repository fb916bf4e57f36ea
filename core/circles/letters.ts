import type { Job } from '../base/jobs.ts'
import { equal, type Bytes } from '../base/bytes.ts'
import type { CircleId, ConversationId } from '../base/ids.ts'
import { openConversations } from '../conversations/store.ts'
import type { Desk } from './desk.ts'
import { forgetOldEpochs, listEpochs, newestRoster } from './epochs.ts'
import { hasStrangers, listGuests, type Guest } from './guests.ts'
import { rekey } from './hosting.ts'
import { memberKeys } from './keys.ts'
import { requeueResources, resourcesDue } from './outbox.ts'
import { encodeCircleRecord, joinRecord, type CircleRecord } from './record.ts'
import { getCircle, listCircles, type Circle } from './store.ts'
import { keepEpoch, planned } from './timing.ts'

/** Saves a record and sends it; `body` is asked when its turn has come. */
export type Say = (conversationId: ConversationId, body: () => Bytes | undefined) => Promise<void>

/**
 * What is to be told between host and members, each in their conversation, and
 * what the host has to do. All of it stands in the vault as a wish; what was
 * told is noted in the transaction that saves the record.
 */
export class Letters {
  readonly #desk: Desk
  readonly #say: Say

  constructor(desk: Desk, say: Say) {
    this.#desk = desk
    this.#say = say
  }

  jobs(): Job[] {
    const { database } = this.#desk
    const open = new Set(openConversations(database))
    const letters = listCircles(database).flatMap((circle) => [
      ...this.#upkeep(circle),
      ...(circle.conversationId === undefined ? this.#ofHost(circle) : this.#ofMember(circle, circle.conversationId)),
    ])
    return letters.filter(({ subject }) => !subject.startsWith(toContact) || open.has(contactOf(subject)))
  }

  #upkeep(circle: Circle): Job[] {
    const { database, clock } = this.#desk
    if (circle.state !== 'active') return []
    const { id } = circle
    const jobs: Job[] = []
    const rekeyAt = circle.rekeyAt ?? (hasStrangers(database, id) ? 0 : undefined)
    if (rekeyAt !== undefined) {
      jobs.push(
        this.#job(`rekey ${id}`, id, rekeyAt, () => {
          const now = getCircle(database, id)
          if (now.state === 'active') database.transaction(() => rekey(database, now, clock.now()))
          this.#desk.changed(id)
        }),
      )
    }
    if (circle.resourcesAt !== undefined) {
      jobs.push(
        this.#job(`resources ${id}`, id, resourcesDue(circle.resourcesAt, clock.now()), () => {
          database.transaction(() => requeueResources(database, id, clock.now()))
          this.#desk.changed(id)
        }),
      )
    }
    const oldest = listEpochs(database, circle).findLast(({ closedAt }) => closedAt !== undefined)
    const forgetAt = oldest?.closedAt === undefined ? undefined : planned(oldest.closedAt + keepEpoch, clock.now())
    if (oldest !== undefined && forgetAt !== undefined) {
      const forget = (): void => {
        if (forgetOldEpochs(database, getCircle(database, id), clock.now())) this.#desk.changed(id)
      }
      jobs.push(this.#job(`forget ${id} ${oldest.epoch}`, id, forgetAt, forget))
    }
    return jobs
  }

  #ofMember({ id, state }: Circle, conversationId: ConversationId): Job[] {
    if (state !== 'accepting' && state !== 'declining' && state !== 'leaving') return []
    return [
      this.#letter(`${state} ${id}`, conversationId, () => {
        const { wireId: circle, seed, ownName, ...now } = getCircle(this.#desk.database, id)
        if (now.state === 'accepting') return joinRecord(circle, memberKeys(seed), ownName)
        if (now.state === 'declining') return { kind: 'decline', circle }
        return now.state === 'leaving' ? { kind: 'leave', circle } : undefined
      }),
    ]
  }

  #ofHost({ id }: Circle): Job[] {
    const { database } = this.#desk
    return listGuests(database, id).flatMap(({ conversationId }) => {
      if (conversationId === undefined || this.#toGuest(id, conversationId) === undefined) return []
      return [this.#letter(`guest ${id}`, conversationId, () => this.#toGuest(id, conversationId))]
    })
  }

  /** What one of those who were invited is to be told next. */
  #toGuest(id: CircleId, conversationId: ConversationId): CircleRecord | undefined {
    const { database } = this.#desk
    const { wireId: circle, name, hostKey: host, state, epoch } = getCircle(database, id)
    const guest = listGuests(database, id).find((each): each is Guest => each.conversationId === conversationId)
    if (guest?.state === 'removing') return { kind: 'out', circle, why: state === 'ended' ? 'ended' : 'removed' }
    if (state !== 'active') return undefined
    if (guest?.state === 'inviting') return { kind: 'invite', circle, name, host }
    const newest = newestRoster(database, id)
    if (guest?.state !== 'joined' || guest.told >= epoch || newest === undefined) return undefined
    // one who has just come in is in the next
    const isInIt = listEpochs(database, { id, hostKey: host })[0]?.roster.members.some(
      ({ key }) => guest.keys !== undefined && equal(key, guest.keys.key),
    )
    return isInIt === true ? { kind: 'epoch', circle, ...newest } : undefined
  }

  #letter(key: string, conversationId: ConversationId, said: () => CircleRecord | undefined): Job {
    return this.#job(`${key} ${conversationId}`, toContact + conversationId, 0, () =>
      this.#say(conversationId, () => {
        const record = said()
        return record === undefined ? undefined : encodeCircleRecord(record)
      }),
    )
  }

  #job(key: string, subject: string, dueAt: number, body: () => void | Promise<void>): Job {
    return { key: `circle-${key}`, subject, dueAt, run: async () => body() }
  }
}

const toContact = 'contact '

function contactOf(subject: string): ConversationId {
  return subject.slice(toContact.length) as ConversationId
}
