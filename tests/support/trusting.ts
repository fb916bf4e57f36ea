import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../../core/base/bytes.ts'
import type { PersonaId, VouchId } from '../../core/base/ids.ts'
import { Communities } from '../../core/community/communities.ts'
import type { RecordHandler } from '../../core/conversations/records.ts'
import type { Database } from '../../core/database/database.ts'
import { Disclosures } from '../../core/disclosure/disclosures.ts'
import { OfferDrafts } from '../../core/offers/drafts.ts'
import { Personas } from '../../core/personas/personas.ts'
import type { SigningKey } from '../../core/crypto/sign.ts'
import { Vouches } from '../../core/vouches/vouches.ts'
import { ManualClock } from './manual-clock.ts'
import { migrations } from '../../core/session/migrations.ts'
import { introduce, type Belonging, type Side } from './pair.ts'
import { PenFriend } from './pen-friend.ts'
import type { Scratch } from './scratch.ts'

/** One of two in a conversation, with what they show and what they say of each other. */
export class Trusting {
  readonly friend: PenFriend
  readonly disclosures: Disclosures
  readonly vouches: Vouches
  readonly personaId: PersonaId
  readonly key: SigningKey
  readonly communities: Communities
  /** Of which persona's offers about what went out anew. */
  readonly republished: string[] = []
  readonly #handlers: ReadonlyMap<string, RecordHandler>

  constructor({ id }: Side, clock: ManualClock, home: Home, { personaId }: Belonging) {
    const { database, personas, communities } = home
    this.personaId = personaId
    this.communities = communities
    this.key = personas.get(personaId).key
    const conversations = () => this.friend.app
    const parts = { ...home, conversations, clock, emit: () => {} }
    this.disclosures = new Disclosures(parts)
    this.vouches = new Vouches({
      ...parts,
      drafts: () => new OfferDrafts(parts),
      republish: (persona, topic) => void this.republished.push(`${persona === personaId} ${topic}`),
    })
    this.#handlers = new Map([this.disclosures.records, this.vouches.records])
    this.friend = new PenFriend(database, clock, id, this.#handlers)
  }

  /** What this person gave and has, in codes: `given sewing given`. */
  book(): string[] {
    return this.vouches.list().map(({ direction, topic, state }) => `${direction} ${topic} ${state}`)
  }

  vouchId(topic: string): VouchId {
    return this.vouches.list().find((vouch) => vouch.topic === topic)?.id as VouchId
  }

  get id() {
    return this.friend.id
  }

  /** What the thread says that happened, in codes; of the other with a star. */
  events(): string[] {
    return this.friend.shown().map(({ kind, event, mine }) => `${event ?? kind}${mine ? '' : '*'}`)
  }

  /** Brings all that this side said to the other, as its app would. */
  async deliver(to: Trusting): Promise<void> {
    await this.friend.deliver(to.friend)
    to.committed()
    await to.vouches.stop()
  }

  /** What the app does after each change. */
  committed(): void {
    for (const handler of this.#handlers.values()) handler.committed?.(this.id)
  }
}

/** Somebody's vault, with a community that another joins by their invite, and a persona in it. */
interface Home {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
}

export interface TrustingPair {
  readonly seeker: Trusting
  readonly mentor: Trusting
  readonly clock: ManualClock
  readonly exchange: () => Promise<void>
  readonly bytesOf: (side: 'seeker' | 'mentor') => Buffer
}

/** A mentor and a seeker of one community, who have been introduced to each other. */
export async function trustingPair(files: Scratch, name: string): Promise<TrustingPair> {
  const clock = new ManualClock()
  const home = (side: string): Home => {
    const database = files.database(`${name}-${side}`, migrations, 'in-clear')
    return { database, communities: new Communities(database, clock), personas: new Personas(database, clock) }
  }
  const homes = { seeker: home('seeker'), mentor: home('mentor') }
  const founded = homes.mentor.communities.create({ name: 'Lanterna' })
  const expiresAt = clock.now() + 86_400_000
  const joined = homes.seeker.communities.join(
    homes.mentor.communities.invitation(founded.id, { nodes: [], expiresAt }),
  )
  const persona = {
    seeker: homes.seeker.personas.create(joined.id, 'Quiet River'),
    mentor: homes.mentor.personas.create(founded.id, 'Maple Heron'),
  }
  const belonging = {
    seeker: { personaId: persona.seeker.id, communityId: joined.id },
    mentor: { personaId: persona.mentor.id, communityId: founded.id },
  }
  const pair = await introduce(homes.seeker.database, homes.mentor.database, clock, undefined, belonging)
  // a seeker knows the key that signed the offer; a mentor knows one for this conversation alone
  setContactKey(pair.seeker, persona.mentor.key.publicKey)
  const seeker = new Trusting(pair.seeker, clock, homes.seeker, belonging.seeker)
  const mentor = new Trusting(pair.mentor, clock, homes.mentor, belonging.mentor)
  return {
    seeker,
    mentor,
    clock,
    async exchange() {
      await seeker.deliver(mentor)
      await mentor.deliver(seeker)
    },
    bytesOf: (side) =>
      Buffer.concat(['.db', '.db-wal'].map((end) => readIfThere(join(files.directory, `${name}-${side}${end}`)))),
  }
}

function setContactKey({ database, id }: Side, key: Bytes): void {
  database.run('UPDATE conversations SET contact_key = ? WHERE id = ?', [key, id])
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch {
    return Buffer.alloc(0)
  }
}
