import type { Bytes } from '../../core/base/bytes.ts'
import { Reader } from '../../core/base/reader.ts'
import type { CommunityId, OfferId, PersonaId } from '../../core/base/ids.ts'
import type { OpenedBox } from '../../core/boxes/client.ts'
import { mineMemoryWork } from '../../core/crypto/memory-work.ts'
import { random } from '../../core/crypto/random.ts'
import { sealTo } from '../../core/crypto/seal.ts'
import { freshSigningKey } from '../../core/crypto/sign.ts'
import { encodeGreeting, encodeLetter } from '../../core/introductions/content.ts'
import { introductionWork } from '../../core/introductions/places.ts'
import { writeCapability } from '../../core/offers/introduction-address.ts'
import { SeenOffers, type SeenOffer } from '../../core/offers/seen-offers.ts'
import { eventually } from './eventually.ts'
import { ManualClock } from './manual-clock.ts'
import { Member, words } from './member.ts'
import { PostOffice } from './post-office.ts'
import { scratch, type Scratch } from './scratch.ts'

const hour = 3_600_000

/** What is other than it should be in a forged introduction. */
export interface Forgery {
  /** The plaintext of the first message. */
  readonly greeting?: Bytes
  /** Of the work that is mined. */
  readonly bits?: number
  readonly work?: (good: bigint, digest: Bytes) => bigint | Promise<bigint>
  readonly mark?: (place: Bytes, identityKey: Bytes) => Bytes
  readonly claimedKey?: (own: Bytes) => Bytes
  readonly letter?: Bytes
  readonly content?: Bytes
  readonly bundle?: Bytes
  readonly first?: (good: Bytes) => Bytes
}

interface Setting {
  readonly workBits: number
  readonly clock: ManualClock
  readonly files: Scratch
  readonly office: PostOffice
  readonly mentor: Member
  readonly attacker: Member
  readonly communityId: CommunityId
  readonly personaId: PersonaId
  readonly offer: SeenOffer
}

/** A mentor with an offer, and an attacker who has an invite, the app's code, and no manners. */
export class Siege {
  readonly #setting: Setting
  readonly mentor: Member
  readonly attacker: Member
  readonly offer: SeenOffer
  readonly personaId: PersonaId

  private constructor(setting: Setting) {
    this.#setting = setting
    this.mentor = setting.mentor
    this.attacker = setting.attacker
    this.offer = setting.offer
    this.personaId = setting.personaId
  }

  static async start(workBits: number): Promise<Siege> {
    const clock = new ManualClock()
    const files = scratch()
    const office = new PostOffice(clock)
    const member = (name: string): Member => new Member({ files, name, clock, client: () => office, workBits })
    const mentor = member('mentor')
    const attacker = member('attacker')
    const { communityId, personaId } = mentor.found('Maple Heron')
    const joined = attacker.join(mentor, communityId, 'Loud Crow')
    await mentor.offers.start()
    mentor.offers.publish({ personaId, draft: words })
    await eventually(() => mentor.offers.mine()[0]?.state === 'published')
    await attacker.offers.refresh({ communityId: joined.communityId })
    const id = attacker.offers.browse({ communityId: joined.communityId })[0]?.id as OfferId
    const offer = new SeenOffers(attacker.database).get(id)
    if (offer === undefined) throw new Error('the offer was not read')
    return new Siege({ workBits, clock, files, office, mentor, attacker, communityId, personaId, offer })
  }

  async end(): Promise<void> {
    const { attacker, mentor, office, files } = this.#setting
    await attacker.stop()
    await mentor.stop()
    office.close()
    files.remove()
  }

  greeting(text = 'Hello'): Bytes {
    return encodeGreeting({ pseudonym: 'Loud Crow', text, to: this.offer.personaKey, rootA: random(32) })
  }

  /** Makes a box as a seeker would, but for what is forged. */
  async forge(wrong: Forgery = {}): Promise<OpenedBox> {
    const { attacker, offer } = this.#setting
    const identity = attacker.ratchet.createIdentity('a'.repeat(32))
    const begun = await attacker.ratchet.begin(
      identity,
      wrong.bundle ?? offer.bundle,
      wrong.greeting ?? this.greeting(),
    )
    const own = attacker.ratchet.identityKey(identity)
    const first = wrong.first?.(begun.value.ciphertext) ?? begun.value.ciphertext
    return this.post(wrong.claimedKey?.(own) ?? own, first, wrong)
  }

  /** As `forge`, with a first message that is there already. */
  async post(identityKey: Bytes, first: Bytes, wrong: Forgery = {}): Promise<OpenedBox> {
    const { offer, clock, workBits } = this.#setting
    const author = freshSigningKey()
    const { place } = writeCapability(offer.address)
    const digest = introductionWork(place, identityKey, author.publicKey)
    const bits = wrong.bits ?? workBits
    const good = bits === 0 ? new Reader(random(8)).u64() : await mineMemoryWork(digest, bits)
    const work = (await wrong.work?.(good, digest)) ?? good
    const mark = wrong.mark?.(place, identityKey) ?? random(32)
    const letter = wrong.letter ?? encodeLetter({ work, mark, identityKey, first })
    return {
      place,
      author: author.publicKey,
      sequence: 1n,
      expiryHours: Math.floor(clock.now() / hour) + 24 * 14,
      content: wrong.content ?? sealTo(letter, offer.address.sealPublic),
    }
  }

  async deliver(...boxes: readonly OpenedBox[]): Promise<void> {
    for (const watch of this.mentor.introductions.sources(this.#setting.communityId)()) {
      for (const box of boxes) await watch.handle(box)
    }
  }

  /** How many rows a table of the mentor's has. */
  rows(table: string, where = '1'): number {
    return this.mentor.database.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)?.n ?? 0
  }

  get clock(): ManualClock {
    return this.#setting.clock
  }

  get office(): PostOffice {
    return this.#setting.office
  }

  get communityId(): CommunityId {
    return this.#setting.communityId
  }
}
