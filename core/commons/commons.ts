import { equal, hex, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import { Jobs, type Job } from '../base/jobs.ts'
import { Locks } from '../base/locks.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Clients } from '../boxes/clients.ts'
import type { Communities } from '../community/communities.ts'
import { epochOf } from '../community/epoch.ts'
import { jittered } from '../crypto/random.ts'
import type { SigningKey } from '../crypto/sign.ts'
import type { Database } from '../database/database.ts'
import type { Area } from './area.ts'
import { Copies } from './copies.ts'
import { digestOf, signDocument } from './document.ts'
import { Documents, outranks, type Held } from './documents.ts'
import { Keeping } from './keeping.ts'
import { Reading } from './reading.ts'

/** Every member reads so often, give or take a quarter. */
const readEvery = 3_600_000
/** And so soon again while there is more to keep than was done in one go. */
const moreSoon = 10 * 60_000
/** Bodies fetched in one go: in the background, and while a person waits. */
const bodiesAtOnce = 64
/** Numbers between what a signer signed last and what they sign next, at most: thousands of times what editors write. */
const longestStep = 2 ** 20
const bodiesInSight = 12

export interface CommonsOptions {
  readonly database: Database
  readonly communities: Communities
  readonly clients: Clients
  readonly clock: Clock
  readonly log: Log
}

/** What is signed here: all of a document but what follows from what is here already. */
export interface Publication {
  readonly key: Bytes
  readonly meta: Bytes
  readonly body: Bytes
}

/**
 * What a community knows in common: documents that few may sign, that every
 * member reads, and that every member's app keeps alive while their signers are
 * away. PROTOCOL.md section "Documents".
 */
export class Commons implements Service {
  readonly #options: CommonsOptions
  readonly #documents: Documents
  readonly #copies: Copies
  readonly #reading: Reading
  readonly #keeping: Keeping
  readonly #areas = new Map<string, Area>()
  readonly #jobs: Jobs
  readonly #turn = new Locks()
  /** When a community is read next. */
  readonly #nextAt = new Map<CommunityId, number>()

  constructor(options: CommonsOptions) {
    const { database, clock, log } = options
    this.#options = options
    this.#documents = new Documents(database)
    this.#copies = new Copies(database)
    this.#reading = new Reading({ ...options, documents: this.#documents })
    this.#keeping = new Keeping({
      ...options,
      documents: this.#documents,
      copies: this.#copies,
      reading: this.#reading,
    })
    this.#jobs = new Jobs({ name: 'commons', list: () => this.#list(), clock, log })
  }

  start(): Promise<void> {
    return this.#jobs.start()
  }

  async stop(): Promise<void> {
    await this.#jobs.stop()
    this.#nextAt.clear()
  }

  /** The network is there (again). */
  wake(): void {
    this.#jobs.wake()
  }

  /**
   * Reads now; what is long goes on in the background.
   *
   * @returns once what was found is saved
   * @throws Fault `unreachable`, `cancelled`, `not-found`
   */
  async refresh(communityId: CommunityId, signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.#turn.run(communityId, async () => {
      let more = false
      for (const area of this.#areas.values()) {
        const read = await this.#reading.read(communityId, area, { bodies: bodiesInSight, signal })
        more ||= read.more
      }
      if (more) this.#again(communityId)
    })
  }

  /** Before anything is started. Areas are read in the order in which they were registered. */
  register(area: Area): void {
    this.#areas.set(area.name, area)
  }

  /**
   * Reads everything, and stores what is wanted of what is here. Area by area: who
   * may sign in a later one may follow from an earlier one.
   *
   * @returns whether there is more to store soon
   * @throws Fault `unreachable`, `cancelled`, `not-found`
   */
  async tend(communityId: CommunityId, signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    return this.#turn.run(communityId, async () => {
      this.#copies.purge(epochOf(this.#options.clock.now()))
      let more = false
      for (const area of this.#areas.values()) {
        const { sightings, more: waits } = await this.#reading.read(communityId, area, { bodies: bodiesAtOnce, signal })
        const documents = this.current(communityId, area.name)
        const kept = await this.#keeping.keep(communityId, area, { documents, sightings, signal })
        if (kept.out) area.isOut?.(communityId)
        more ||= kept.more || waits
      }
      return more
    })
  }

  /**
   * Signs the next version of a document and saves it; it is on its way to the
   * network from then on, and stays there as long as anybody reads it.
   *
   * @throws Fault `too-large`, `bad-input`, `wrong-state` (not one whose documents are followed, or as many as there may be)
   */
  publish(communityId: CommunityId, areaName: string, { key, meta, body }: Publication, signer: SigningKey): Held {
    const { database, clock } = this.#options
    const area = this.#area(areaName)
    const held = database.transaction(() => {
      if (!area.signers(communityId).some((followed) => equal(followed, signer.publicKey))) {
        throw new Fault('wrong-state', 'Nobody follows what this key signs')
      }
      const isNew = !this.#documents.hasKey(communityId, { area: areaName, key, signer: signer.publicKey })
      if (isNew && this.#documents.count(communityId, areaName, signer.publicKey) >= area.limit) {
        throw new Fault('wrong-state', 'As many documents as there may be')
      }
      const version = this.#nextVersion(communityId, area, key, signer.publicKey)
      const head = signDocument({ area: areaName, key, version, at: clock.now(), meta, body }, signer)
      const number = this.#documents.put(communityId, head, { body, mine: true, now: clock.now() })
      const held = number === undefined ? undefined : this.#documents.get(number)
      if (held === undefined || !area.accepts(communityId, held.document, digestOf(head))) {
        throw new Fault('bad-input', 'A document that nobody would accept')
      }
      area.check(held.document, body)
      area.apply(communityId, key)
      return held
    })
    area.told(communityId)
    this.#again(communityId)
    return held
  }

  /** Of one that is here whole. @throws Fault `not-found` */
  body({ number }: Held): Bytes {
    return this.#documents.body(number)
  }

  /** Whether all copies of this week that this device owes of what was signed here are out. */
  isOut({ number, document }: Held, areaName: string): boolean {
    const { spots } = this.#area(areaName)
    const parts = document.inline === undefined ? document.parts.length : 0
    return this.#copies.stored(number, epochOf(this.#options.clock.now())) >= spots + parts
  }

  /** Others are followed from now on: what those signed who are no longer among them goes, and all is read anew. */
  signersChanged(communityId: CommunityId, areaName: string): void {
    const { database } = this.#options
    const area = this.#area(areaName)
    database.transaction(() => {
      const keys = this.#documents.keepSigners(communityId, areaName, area.signers(communityId))
      for (const key of keys) area.apply(communityId, key)
    })
    area.told(communityId)
    this.#again(communityId)
  }

  /** Of each key, the document that counts: signed by one who is followed, and the highest of those. */
  current(communityId: CommunityId, areaName: string): Held[] {
    const follows = this.#followed(this.#area(areaName), communityId)
    const groups = Map.groupBy(this.#documents.whole(communityId, areaName), ({ document }) => hex(document.key))
    return [...groups.values()].flatMap((group) => best(group.filter(follows)) ?? [])
  }

  /** The document of a key that counts. */
  currentOf(communityId: CommunityId, areaName: string, key: Bytes): Held | undefined {
    const held = this.#documents.ofKey(communityId, areaName, key)
    // who asks for the signers may ask for another document
    return held.length === 0 ? undefined : best(held.filter(this.#followed(this.#area(areaName), communityId)))
  }

  /**
   * One more than whatever counted; where that is far from what this signer had, only than what counts now: whoever
   * may sign could else use up all numbers, for longer than they may.
   *
   * @throws Fault `wrong-state` where one who may sign has done so
   */
  #nextVersion(communityId: CommunityId, area: Area, key: Bytes, own: Bytes): number {
    const known = this.#documents.versions(communityId, area.name, key)
    const highest = (by: readonly Bytes[]): number =>
      known.reduce(
        (most, { version, signer }) => (by.some((each) => equal(each, signer)) ? Math.max(most, version) : most),
        0,
      )
    const most = highest([own]) + longestStep
    const next = [known.map(({ signer }) => signer), area.signers(communityId)].map((by) => highest(by) + 1)
    const version = next.find((each) => each <= most)
    if (version === undefined) throw new Fault('wrong-state', 'Another has signed a number that leaves no room')
    return version
  }

  #list(): Job[] {
    const { communities, clients, clock } = this.#options
    return communities
      .list()
      .filter(({ id }) => clients(id) !== undefined)
      .map(({ id }) => ({
        key: id,
        subject: id,
        dueAt: this.#nextAt.get(id) ?? clock.now(),
        run: (signal) => this.#runTurn(id, signal),
      }))
  }

  async #runTurn(communityId: CommunityId, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    // what is published meanwhile takes it away again, and so asks for another turn
    this.#nextAt.set(communityId, clock.now())
    const more = await this.tend(communityId, signal)
    if (this.#nextAt.has(communityId)) {
      this.#nextAt.set(communityId, clock.now() + jittered(more ? moreSoon : readEvery, 0.25))
    }
  }

  /** Without waiting for its time. */
  #again(communityId: CommunityId): void {
    this.#nextAt.delete(communityId)
    this.#jobs.wake()
  }

  #followed(area: Area, communityId: CommunityId): (held: Held) => boolean {
    const signers = new Set(area.signers(communityId).map(hex))
    return ({ document }) => signers.has(hex(document.signer))
  }

  #area(name: string): Area {
    const area = this.#areas.get(name)
    if (area === undefined) throw new TypeError('No such area')
    return area
  }
}

function best(group: readonly Held[]): Held | undefined {
  return group.reduce<Held | undefined>(
    (best, held) => (best === undefined || outranks(rankOf(held), rankOf(best)) ? held : best),
    undefined,
  )
}

const rankOf = ({ document, digest }: Held) => ({ version: document.version, digest })
