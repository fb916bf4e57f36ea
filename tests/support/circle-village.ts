import type { ConversationId } from '../../core/base/ids.ts'
import { decodeBox } from '../../core/boxes/box.ts'
import { placeKey } from '../../core/boxes/capability.ts'
import { Database } from '../../core/database/database.ts'
import { migrate } from '../../core/database/migrations.ts'
import { CircleFriend, carry, circleSchema } from './circle-friend.ts'
import { eventually } from './eventually.ts'
import { ManualClock } from './manual-clock.ts'
import { introduce } from './pair.ts'
import { PostOffice } from './post-office.ts'

interface Pair {
  readonly friend: CircleFriend
  readonly here: ConversationId
  readonly there: ConversationId
}

/** Remembers every box that was stored, and how much was asked for. */
class Recorded extends PostOffice {
  readonly boxes: { readonly place: string; readonly author: Uint8Array; readonly bytes: Uint8Array }[] = []

  /** How many places were asked for at once. */
  readonly polls: number[] = []

  override fetch(...[places, options]: Parameters<PostOffice['fetch']>): ReturnType<PostOffice['fetch']> {
    this.polls.push(places.length)
    return super.fetch(places, options)
  }

  override async store(...[box, options]: Parameters<PostOffice['store']>): Promise<void> {
    await super.store(box, options)
    const { place, author } = decodeBox(box)
    this.boxes.push({ place: placeKey(place), author, bytes: box })
  }
}

/** A host and contacts of theirs who do not know each other, over one node's rules, with a clock that the test moves. */
export class CircleVillage {
  readonly clock = new ManualClock()
  readonly office = new Recorded(this.clock)
  readonly host: CircleFriend
  readonly pairs: Pair[] = []
  /** Whose conversations carry nothing now, and who looks for nothing. */
  readonly away = new Set<CircleFriend>()
  /** Who gets no letters, and goes on looking all the same. */
  readonly deaf = new Set<CircleFriend>()

  constructor() {
    this.host = this.#friend('Host')
  }

  #friend(name: string): CircleFriend {
    const database = Database.open(':memory:')
    migrate(database, circleSchema)
    return new CircleFriend({ name, database, clock: this.clock, client: this.office })
  }

  async start(...names: readonly string[]): Promise<CircleFriend[]> {
    await this.host.start()
    return Promise.all(names.map((name) => this.meet(name)))
  }

  /** Somebody more, who is a contact of the host's. */
  async meet(name: string): Promise<CircleFriend> {
    const friend = this.#friend(name)
    const { seeker, mentor } = await introduce(friend.database, this.host.database, this.clock)
    this.pairs.push({ friend, here: seeker.id, there: mentor.id })
    await friend.start()
    return friend
  }

  /** After a crash: what was in memory is gone, the vault is as it was. */
  async restart(friend: CircleFriend): Promise<CircleFriend> {
    await friend.stop()
    const again = new CircleFriend({
      name: friend.name,
      database: friend.database,
      clock: this.clock,
      client: this.office,
    })
    const at = this.pairs.findIndex((pair) => pair.friend === friend)
    const pair = this.pairs[at]
    if (pair !== undefined) this.pairs[at] = { ...pair, friend: again }
    await again.start()
    return again
  }

  async end(): Promise<void> {
    for (const friend of this.everybody) {
      await friend.stop()
      friend.database.close()
    }
    this.office.close()
  }

  get everybody(): CircleFriend[] {
    return [this.host, ...this.pairs.map(({ friend }) => friend)]
  }

  conversation(friend: CircleFriend): ConversationId {
    const pair = this.pairs.find((each) => each.friend === friend)
    if (pair === undefined) throw new Error('nobody known')
    return pair.there
  }

  /** The host's circle, with these in it. */
  async gather(...friends: readonly CircleFriend[]): Promise<void> {
    const { host } = this
    const [persona] = host.conversations.list()
    const personaId = persona?.personaId as never
    const communityId = persona?.communityId as never
    if (host.circles.list().length === 0)
      host.circles.create({ communityId, personaId, name: 'History evening', ownName: 'Host' })
    host.circles.invite(
      host.circleId,
      friends.map((friend) => this.conversation(friend)),
    )
    await this.until(() => friends.every((friend) => friend.circles.list().some(({ state }) => state === 'invited')))
    for (const friend of friends) {
      const { id } = friend.circles.list().find(({ state }) => state === 'invited') ?? {}
      friend.circles.accept(id as never, friend.name)
    }
    await this.until(() => friends.every((friend) => host.present().includes(friend.name)))
    await this.settled()
  }

  /** Letters go round, boxes are stored and looked for, time passes, until something holds. */
  async until(holds: () => boolean, what = 'the village to come so far'): Promise<void> {
    await eventually(
      async () => {
        await this.turn()
        return holds()
      },
      { what, everyMs: 1, timeoutMs: 20_000 },
    )
  }

  async turn(): Promise<void> {
    this.clock.advance(1_500)
    for (const { friend, here, there } of this.pairs) {
      if (this.away.has(friend) || this.away.has(this.host) || this.deaf.has(friend)) continue
      await carry(this.host, there, friend, here).catch(() => false)
      await carry(friend, here, this.host, there).catch(() => false)
    }
    for (const friend of this.everybody) if (!this.away.has(friend)) await friend.check().catch(() => {})
  }

  /** Time passes, with everybody who is not away looking now and then. */
  async pass(days: number): Promise<void> {
    for (let half = 0; half < days * 2; half++) {
      this.clock.advance(12 * 3_600_000)
      await this.turn()
    }
  }

  /** Until everybody who is there is in the newest epoch, has stored what they said, and has all that was said. */
  async settled(): Promise<void> {
    const here = this.everybody.filter((friend) => !this.away.has(friend) && !this.deaf.has(friend))
    await this.until(() => {
      const inIt = here.filter((friend) => friend.circles.list().some(({ state }) => state === 'active'))
      const epochs = new Set(inIt.map((friend) => epochOf(friend)))
      return epochs.size <= 1 && inIt.every((friend) => isDone(friend)) && haveTheSame(inIt)
    }, 'everybody to have everything')
  }
}

export function epochOf({ database }: CircleFriend): number {
  return database.get<{ epoch: number }>('SELECT max(epoch) AS epoch FROM circles')?.epoch ?? 0
}

/** Nothing is to be stored, to be told, or told of and not here. */
function isDone({ database, circle, circles }: CircleFriend): boolean {
  // what is said to nobody waits
  const alone = circle.members.filter(({ present }) => present).length === 1
  const queued = alone ? undefined : database.get('SELECT 1 AS queued FROM circle_outbox WHERE stored = 0')
  const untold = database.get(
    `SELECT 1 AS untold FROM circle_chains c JOIN circle_epochs e ON e.circle_id = c.circle_id AND e.epoch = c.epoch
     WHERE c.member = e.mine AND c.next > c.count AND e.sealed = 0`,
  )
  return queued === undefined && untold === undefined && circle.awaited === 0 && circles.list().length > 0
}

/** Whatever was told of in an epoch, all others of it who are asked have it. */
function haveTheSame(friends: readonly CircleFriend[]): boolean {
  const chains = friends.map(({ database }) =>
    database.all<{ chain: string; next: number; own: number }>(
      `SELECT c.chain, iif(c.member = e.mine, c.count, c.next) AS next, c.member = e.mine AS own FROM circle_chains c
       JOIN circle_epochs e ON e.circle_id = c.circle_id AND e.epoch = c.epoch`,
    ),
  )
  const stored = new Map(chains.flat().flatMap(({ chain, next, own }) => (own === 1 ? [[chain, next] as const] : [])))
  return chains.flat().every(({ chain, next }) => next >= (stored.get(chain) ?? 0))
}
