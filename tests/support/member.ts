import { unsaid } from '../../core/api/blank-offer.ts'
import type { AppEvent } from '../../core/api/events.ts'
import type { OfferDraft } from '../../core/api/offers.ts'
import type { Clock } from '../../core/base/clock.ts'
import type { CommunityId, PersonaId } from '../../core/base/ids.ts'
import { silentLog, type Log } from '../../core/base/log.ts'
import type { BoxClient } from '../../core/boxes/client.ts'
import { Charters } from '../../core/charter/charters.ts'
import { CharterEditing } from '../../core/charter/editing.ts'
import { Commons } from '../../core/commons/commons.ts'
import { Communities } from '../../core/community/communities.ts'
import type { Database } from '../../core/database/database.ts'
import { Introductions } from '../../core/introductions/introductions.ts'
import { Library } from '../../core/library/library.ts'
import { Matching } from '../../core/matching/matching.ts'
import { Offers, type OffersOptions } from '../../core/offers/offers.ts'
import { Personas } from '../../core/personas/personas.ts'
import { Ratchet } from '../../core/ratchet/ratchet.ts'
import { migrations } from '../../core/session/migrations.ts'
import { Safety } from '../../core/safety/safety.ts'
import { VouchBook } from '../../core/vouches/book.ts'
import type { Scratch } from './scratch.ts'

export interface MemberOptions {
  readonly files: Scratch
  readonly name: string
  readonly clock: Clock
  readonly client?: () => BoxClient | undefined
  readonly workBits?: number
  readonly log?: Log
  readonly vouches?: NonNullable<OffersOptions['vouches']>
}

/** One person's vault with everything up to introductions, over a box network that the test gives. */
export class Member {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly ratchet: Ratchet
  readonly commons: Commons
  readonly charters: Charters
  readonly charterEditing: CharterEditing
  readonly library: Library
  readonly offers: Offers
  readonly matching: Matching
  readonly introductions: Introductions
  readonly safety: Safety
  readonly events: AppEvent[] = []
  readonly #options: MemberOptions

  constructor(options: MemberOptions) {
    const { files, name, clock, client = () => undefined, workBits = 3, log = silentLog, ...more } = options
    this.#options = options
    this.database = files.database(name, migrations)
    this.communities = new Communities(this.database, clock)
    this.personas = new Personas(this.database, clock)
    this.ratchet = new Ratchet(this.database, clock)
    const parts = {
      database: this.database,
      communities: this.communities,
      personas: this.personas,
      ratchet: this.ratchet,
      clients: client,
      clock,
      emit: (event: AppEvent) => void this.events.push(event),
      log,
    }
    this.commons = new Commons(parts)
    this.charters = new Charters({
      ...parts,
      commons: this.commons,
      changed: (communityId) => void this.events.push({ type: 'charter', communityId }),
    })
    const topics = (id: CommunityId) => this.charters.topics(id)
    this.offers = new Offers({ ...parts, topics, accepted: (id) => this.introductions.acceptedFor(id).length, ...more })
    this.matching = new Matching({
      ...parts,
      topics,
      listed: (id) => this.safety.notices.listedKeys(id),
      blocked: (id) => new VouchBook(this.database).blockedKeys(id),
    })
    this.charterEditing = new CharterEditing({ ...parts, charters: this.charters })
    this.library = new Library({
      ...parts,
      commons: this.commons,
      charters: this.charters,
      changed: (communityId) => void this.events.push({ type: 'library', communityId }),
    })
    this.introductions = new Introductions({ ...parts, workBits })
    this.safety = new Safety({ ...parts, commons: this.commons, guardians: this.charters, workBits })
  }

  /** A community of this member's, with a persona in it. */
  found(pseudonym: string): { communityId: CommunityId; personaId: PersonaId } {
    const { id } = this.communities.create({ name: 'The Choir' })
    return { communityId: id, personaId: this.personas.create(id, pseudonym).id }
  }

  /** Joins the community of another, with a persona. */
  join(other: Member, id: CommunityId, pseudonym: string): { communityId: CommunityId; personaId: PersonaId } {
    const expiresAt = this.#options.clock.now() + 86_400_000
    const charter = other.charters.edition(id)
    const community = this.communities.join(other.communities.invitation(id, { nodes: [], expiresAt, charter }))
    return { communityId: community.id, personaId: this.personas.create(community.id, pseudonym).id }
  }

  /** Documents of the community are tended by hand: what a test says of the nodes is then about what it stores. */
  async start(): Promise<void> {
    await this.offers.start()
    await this.introductions.start()
    await this.safety.start()
  }

  async stop(): Promise<void> {
    await this.safety.stop()
    await this.introductions.stop()
    await this.offers.stop()
  }

  /** As if the process had ended: the database is closed and opened again. */
  async restart(): Promise<Member> {
    await this.stop()
    this.database.close()
    return new Member(this.#options)
  }
}

/** Somebody's words. */
export const words: OfferDraft = {
  kind: 'offer',
  topics: ['career-guidance'],
  title: 'Finding work after a change of name',
  text: 'I have been through it twice and can read your letters with you.',
  languages: ['en'],
  level: 'any',
  formats: ['text'],
  ...unsaid,
}
