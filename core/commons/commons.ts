import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { SigningKey } from '../crypto/sign.ts'
import type { Area } from './area.ts'
import { digestOf, signDocument } from './document.ts'
import { Documents, outranks, type Held } from './documents.ts'

export interface CommonsOptions {
  readonly database: Database
  readonly clock: Clock
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
export class Commons {
  readonly #options: CommonsOptions
  readonly #documents: Documents
  readonly #areas = new Map<string, Area>()

  constructor(options: CommonsOptions) {
    this.#options = options
    this.#documents = new Documents(options.database)
  }

  /** Before anything is started. Areas are read in the order in which they were registered. */
  register(area: Area): void {
    this.#areas.set(area.name, area)
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
      if (!this.#follows(area, communityId, signer.publicKey)) {
        throw new Fault('wrong-state', 'Nobody follows what this key signs')
      }
      const before = this.#documents.ofKey(communityId, areaName, key)
      const fresh = before.every(({ document }) => !isOf(document.signer, signer.publicKey))
      if (fresh && this.#documents.count(communityId, areaName, signer.publicKey) >= area.limit) {
        throw new Fault('wrong-state', 'As many documents as there may be')
      }
      const version = this.#documents.highestVersion(communityId, areaName, key) + 1
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
    return held
  }

  /** Of each key, the document that counts: signed by one who is followed, and the highest of those. */
  current(communityId: CommunityId, areaName: string): Held[] {
    const area = this.#area(areaName)
    const groups = Map.groupBy(this.#documents.whole(communityId, areaName), ({ document }) => keyName(document.key))
    return [...groups.values()].flatMap((group) => this.#best(area, communityId, group) ?? [])
  }

  /** The document of a key that counts. */
  currentOf(communityId: CommunityId, areaName: string, key: Bytes): Held | undefined {
    return this.#best(this.#area(areaName), communityId, this.#documents.ofKey(communityId, areaName, key))
  }

  #best(area: Area, communityId: CommunityId, group: readonly Held[]): Held | undefined {
    return group
      .filter(({ document }) => this.#follows(area, communityId, document.signer))
      .reduce<Held | undefined>(
        (best, held) => (best === undefined || outranks(rank(held), rank(best)) ? held : best),
        undefined,
      )
  }

  #follows(area: Area, communityId: CommunityId, signer: Bytes): boolean {
    return area.signers(communityId).some((followed) => isOf(followed, signer))
  }

  #area(name: string): Area {
    const area = this.#areas.get(name)
    if (area === undefined) throw new TypeError('No such area')
    return area
  }
}

const rank = ({ document, digest }: Held) => ({ version: document.version, digest })
const keyName = (key: Bytes): string => Buffer.from(key).toString('hex')
const isOf = (one: Bytes, other: Bytes): boolean => Buffer.compare(one, other) === 0
