import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import type { OfferId } from '../base/ids.ts'
import type { BoxDraft } from '../boxes/client.ts'
import { boardGrace } from '../community/board-epochs.ts'
import type { Communities } from '../community/communities.ts'
import { epochOf, epochStart } from '../community/epoch.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { boardPlaces, boardTopics, boxAuthor, indexInGroup, offerPlace } from './boards.ts'
import { EditionBoxes, wasSent, type EditionBox, type Spot } from './edition-boxes.ts'
import { encodeFitting } from './content.ts'
import { addressOf, type IntroductionSecrets } from './introduction-address.ts'
import type { Choice } from './group-choice.ts'
import type { OwnOffer } from './own-offers.ts'

const hour = 3_600_000
const day = 24 * hour
/** Introductions live 15 days at most; a day more for clocks that differ. */
const keepSecrets = 16 * day

/** An offer as it is published in one epoch. */
export interface Edition {
  readonly epoch: number
  readonly bundle: Bytes
  readonly secrets: IntroductionSecrets
  /** Hours since 1970. */
  readonly expiryHours: number
}

/** Until when an edition of an offer holds, ms since 1970. */
function endOf({ expiresAt }: OwnOffer, epoch: number): number {
  return Math.min(expiresAt, epochStart(epoch + 1) + boardGrace)
}

export interface EditionsOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly ratchet: Ratchet
  readonly clock: Clock
  /** What is to be shown with an offer, the first ones first; each 1 to 200 bytes. As many go with it as fit beside its words. */
  readonly vouches?: (offer: OwnOffer) => readonly Bytes[]
}

/** The table of editions, and what is made of them. Synchronous: callers may be inside a transaction. */
export class Editions {
  readonly boxes: EditionBoxes
  readonly #options: EditionsOptions

  constructor(options: EditionsOptions) {
    this.#options = options
    this.boxes = new EditionBoxes(options.database, options.clock)
  }

  /**
   * Makes an offer's edition of an epoch, with fresh keys and a row for each
   * board, where there is none yet.
   *
   * @throws Fault `offer-too-long`, `bad-input`
   */
  ensure(offer: OwnOffer, epoch: number): void {
    const { database, ratchet } = this.#options
    if (this.get(offer.id, epoch) !== undefined) return
    database.transaction(() => {
      const validUntil = endOf(offer, epoch)
      ratchet.rotate(offer.identityId, validUntil)
      const edition: Edition = {
        epoch,
        bundle: ratchet.bundle(offer.identityId),
        secrets: { writeSeed: random(32), readSeed: random(32), sealSecret: random(32) },
        expiryHours: Math.ceil(validUntil / hour),
      }
      const { writeSeed, readSeed, sealSecret } = edition.secrets
      database.run(
        `INSERT INTO offer_editions (offer_id, epoch, bundle, write_seed, read_seed, seal_secret, expiry_hours, delete_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          offer.id,
          epoch,
          edition.bundle,
          writeSeed,
          readSeed,
          sealSecret,
          edition.expiryHours,
          validUntil + keepSecrets,
        ],
      )
      for (const topic of boardTopics(offer.draft.topics)) this.#add(offer, edition, topic)
    })
  }

  /** Whether an edition ends before it would if it were made now: the offer was given more time since. */
  areCut(offer: OwnOffer): boolean {
    return this.#standing(offer.id).some(({ epoch, expiryHours }) => expiryHours * hour < endOf(offer, epoch))
  }

  /**
   * Has all boxes that still stand made anew, for an offer whose words, topics or
   * time have changed. Its keys stay, so that introductions on their way arrive.
   *
   * @throws Fault `offer-too-long`, `bad-input`
   */
  remake(offer: OwnOffer): void {
    const { database, ratchet, clock } = this.#options
    database.transaction(() => {
      this.ensure(offer, epochOf(clock.now()))
      const topics = boardTopics(offer.draft.topics)
      for (const { epoch, bundle } of this.#standing(offer.id)) {
        const validUntil = endOf(offer, epoch)
        ratchet.keepBundle(offer.identityId, bundle, validUntil)
        database.run('UPDATE offer_editions SET expiry_hours = ?, delete_at = ? WHERE offer_id = ? AND epoch = ?', [
          Math.ceil(validUntil / hour),
          validUntil + keepSecrets,
          offer.id,
          epoch,
        ])
        const edition = this.get(offer.id, epoch)
        if (edition === undefined) continue
        const boxes = this.boxes.of(offer.id).filter((box) => box.epoch === epoch)
        for (const box of boxes) {
          if (topics.includes(box.topic)) {
            // what cannot be written is refused here, and changes nothing
            this.draft(offer, edition, box)
            this.boxes.setAnew(box)
          } else this.#takeOut(box)
        }
        for (const topic of topics) if (!boxes.some((box) => box.topic === topic)) this.#add(offer, edition, topic)
      }
    })
  }

  /** A box on one more board, in its first group, above whatever lay there before. */
  #add(offer: OwnOffer, edition: Edition, topic: string): void {
    const { epoch } = edition
    const before = this.boxes.left(offer.id).filter((spot) => spot.epoch === epoch && spot.topic === topic)
    const spot = { topic, group: 0, sequence: Math.max(0, ...before.map(({ sequence }) => sequence)) + 1 }
    const { place } = this.draft(offer, edition, spot).capability
    this.boxes.insert({ offerId: offer.id, epoch, ...spot, place })
    // the box that comes stands for what lay there
    this.boxes.removeLeft({ offerId: offer.id, epoch, ...spot })
  }

  /** A box of a topic that the offer is no longer about. */
  #takeOut(box: EditionBox): void {
    if (wasSent(box)) this.boxes.leave(box, true)
    this.boxes.removeBox(box)
  }

  /** Editions of this week and of those to come. */
  #standing(offerId: OfferId): Edition[] {
    return this.#select('offer_id = ? AND epoch >= ?', [offerId, epochOf(this.#options.clock.now())])
  }

  get(offerId: OfferId, epoch: number): Edition | undefined {
    return this.#select('offer_id = ? AND epoch = ?', [offerId, epoch])[0]
  }

  all(offerId: OfferId): Edition[] {
    return this.#select('offer_id = ?', [offerId])
  }

  /** Those whose introductions may still come. */
  living(offerId: OfferId): Edition[] {
    return this.#select('offer_id = ? AND delete_at > ?', [offerId, this.#options.clock.now()])
  }

  /** What is to be stored for an edition on one board. @throws Fault `offer-too-long`, `bad-input` */
  draft(
    offer: OwnOffer,
    edition: Edition,
    { topic, group, sequence }: Pick<Spot, 'topic' | 'group' | 'sequence'>,
  ): BoxDraft {
    const { communities, personas, vouches } = this.#options
    const { pseudonym, key } = personas.get(offer.personaId)
    const board = { kind: offer.draft.kind, topic, epoch: edition.epoch }
    const author = boxAuthor(offer.secret, board, group)
    const content = encodeFitting(
      {
        draft: offer.draft,
        pseudonym,
        personaKey: key.publicKey,
        bundle: edition.bundle,
        introduction: addressOf(edition.secrets),
        expiryHours: edition.expiryHours,
        revision: offer.revision,
        vouches: vouches?.(offer) ?? [],
      },
      { author: author.publicKey, epoch: edition.epoch },
      key,
    )
    return {
      capability: offerPlace(communities.secretAt(offer.communityId, edition.epoch), offer.secret, board, group),
      author,
      sequence: BigInt(sequence),
      expiryHours: edition.expiryHours,
      content,
    }
  }

  /** What an offer would find in a group of a board. */
  choice(offer: OwnOffer, { epoch, topic }: Pick<Spot, 'epoch' | 'topic'>, group: number): Choice {
    const secret = this.#options.communities.secretAt(offer.communityId, epoch)
    return {
      places: boardPlaces(secret, { kind: offer.draft.kind, topic, epoch }, group),
      own: indexInGroup(offer.secret, epoch, group),
    }
  }

  /**
   * Lets a box go on to another group, where it is made anew. Where it stood is
   * noted in the same step: some nodes may have taken it, or take it still.
   */
  move(offer: OwnOffer, of: EditionBox, group: number): EditionBox {
    const { database, communities } = this.#options
    const { offerId, epoch, topic } = of
    const board = { kind: offer.draft.kind, topic, epoch }
    const { place } = offerPlace(communities.secretAt(offer.communityId, epoch), offer.secret, board, group)
    const sent = wasSent(of)
    const sequence = sent ? of.sequence + 1 : of.sequence
    database.transaction(() => {
      if (sent) this.boxes.leave(of, false)
      // it may have lain there before, with a lower sequence
      this.boxes.removeLeft({ offerId, epoch, topic, group })
      this.boxes.setGroup(of, { group, place, sequence })
    })
    return { ...of, group, place, sequence, box: null }
  }

  /** All keys of an offer: introductions to it can no longer be read. */
  removeAll(offerId: OfferId): void {
    this.#options.database.run('DELETE FROM offer_editions WHERE offer_id = ?', [offerId])
  }

  /** Deletes what is past its time. */
  purge(): void {
    const { database, clock } = this.#options
    database.run('DELETE FROM offer_editions WHERE delete_at <= ?', [clock.now()])
  }

  #select(where: string, values: (string | number)[]): Edition[] {
    return this.#options.database
      .all<{
        epoch: number
        bundle: Bytes
        write_seed: Bytes
        read_seed: Bytes
        seal_secret: Bytes
        expiry_hours: number
      }>(
        `SELECT epoch, bundle, write_seed, read_seed, seal_secret, expiry_hours FROM offer_editions WHERE ${where} ORDER BY epoch`,
        values,
      )
      .map((row) => ({
        epoch: row.epoch,
        bundle: row.bundle,
        secrets: { writeSeed: row.write_seed, readSeed: row.read_seed, sealSecret: row.seal_secret },
        expiryHours: row.expiry_hours,
      }))
  }
}
