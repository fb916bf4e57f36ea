import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import type { OfferId } from '../base/ids.ts'
import type { BoxDraft } from '../boxes/client.ts'
import { boardGrace } from '../community/board-epochs.ts'
import type { Communities } from '../community/communities.ts'
import { epochStart } from '../community/epoch.ts'
import { random } from '../crypto/random.ts'
import type { Database } from '../database/database.ts'
import type { Personas } from '../personas/personas.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import { boardPlaces, boardTopics, boxAuthor, indexInGroup, offerPlace } from './boards.ts'
import { encodeOffer } from './content.ts'
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

/** Where a copy of an edition may lie on nodes. */
export interface Spot {
  readonly offerId: OfferId
  readonly epoch: number
  readonly topic: string
  /** Of the board's shards. */
  readonly group: number
  readonly place: Bytes
  /** The highest that was made for this place. */
  readonly sequence: number
}

/** One copy of an edition: on one board, in the vault's table of boxes. */
export interface EditionBox extends Spot {
  /** Mined and encoded, or null before that. */
  readonly box: Bytes | null
  readonly stored: boolean
  readonly refusals: number
  readonly dueAt: number
}

/** Whether a box may lie on nodes: with sequence 1 and not mined, none was ever sent. */
export function wasSent({ box, sequence }: Pick<EditionBox, 'box' | 'sequence'>): boolean {
  return box !== null || sequence > 1
}

export interface EditionsOptions {
  readonly database: Database
  readonly communities: Communities
  readonly personas: Personas
  readonly ratchet: Ratchet
  readonly clock: Clock
}

/** The tables of editions and their boxes. Synchronous: callers may be inside a transaction. */
export class Editions {
  readonly #options: EditionsOptions

  constructor(options: EditionsOptions) {
    this.#options = options
  }

  /**
   * Makes an offer's edition of an epoch, with fresh keys and a row for each
   * board, where there is none yet.
   *
   * @throws Fault `offer-too-long`, `bad-input`
   */
  ensure(offer: OwnOffer, epoch: number): void {
    const { database, ratchet, clock } = this.#options
    if (this.get(offer.id, epoch) !== undefined) return
    database.transaction(() => {
      const validUntil = Math.min(offer.expiresAt, epochStart(epoch + 1) + boardGrace)
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
      for (const topic of boardTopics(offer.draft.topics)) {
        const { capability } = this.draft(offer, edition, { topic, group: 0, sequence: 1 })
        database.run(
          `INSERT INTO offer_boxes (offer_id, epoch, topic, place, sequence, box, stored, refusals, due_at)
           VALUES (?, ?, ?, ?, 1, NULL, 0, 0, ?)`,
          [offer.id, epoch, topic, capability.place, clock.now()],
        )
      }
    })
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
    const { communities, personas } = this.#options
    const { pseudonym, key } = personas.get(offer.personaId)
    const board = { kind: offer.draft.kind, topic, epoch: edition.epoch }
    const author = boxAuthor(offer.secret, board, group)
    const content = encodeOffer(
      {
        draft: offer.draft,
        pseudonym,
        personaKey: key.publicKey,
        bundle: edition.bundle,
        introduction: addressOf(edition.secrets),
        expiryHours: edition.expiryHours,
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

  boxes(offerId: OfferId): EditionBox[] {
    return this.#options.database
      .all<{
        epoch: number
        topic: string
        board_group: number
        place: Bytes
        sequence: number
        box: Bytes | null
        stored: number
        refusals: number
        due_at: number
      }>(
        `SELECT epoch, topic, board_group, place, sequence, box, stored, refusals, due_at FROM offer_boxes
         WHERE offer_id = ? ORDER BY epoch, rowid`,
        [offerId],
      )
      .map(({ board_group: group, stored, due_at: dueAt, ...row }) => ({
        ...row,
        offerId,
        group,
        stored: stored !== 0,
        dueAt,
      }))
  }

  /** Places that boxes of an offer went on from. */
  left(offerId: OfferId): Spot[] {
    return this.#options.database
      .all<{ epoch: number; topic: string; board_group: number; place: Bytes; sequence: number }>(
        `SELECT epoch, topic, board_group, place, sequence FROM offer_boxes_left
         WHERE offer_id = ? ORDER BY epoch, rowid`,
        [offerId],
      )
      .map(({ board_group: group, ...row }) => ({ ...row, offerId, group }))
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
      if (sent) {
        database.run(
          `INSERT OR REPLACE INTO offer_boxes_left (offer_id, epoch, topic, board_group, place, sequence)
           VALUES (?, ?, ?, ?, ?, ?)`,
          [offerId, epoch, topic, of.group, of.place, of.sequence],
        )
      }
      this.#update(of, 'board_group = ?, place = ?, sequence = ?, box = NULL', [group, place, sequence])
    })
    return { ...of, group, place, sequence, box: null }
  }

  /** A box that was mined; it is on disk before it is sent. */
  setBox(of: EditionBox, box: Bytes): void {
    this.#update(of, 'box = ?', [box])
  }

  setStored(of: EditionBox, dueAt: number): void {
    this.#update(of, 'stored = 1, refusals = 0, due_at = ?', [dueAt])
  }

  /** Nodes will not have the box as it is: a new one replaces it. */
  setRefused(of: EditionBox): void {
    this.#update(of, 'box = NULL, sequence = sequence + 1, refusals = refusals + 1', [])
  }

  /** Lets all of an offer's unstored boxes be tried anew. */
  forgetRefusals(offerId: OfferId): void {
    this.#options.database.run('UPDATE offer_boxes SET refusals = 0, due_at = ? WHERE offer_id = ? AND stored = 0', [
      this.#options.clock.now(),
      offerId,
    ])
  }

  removeLeft({ offerId, epoch, topic, group }: Spot): void {
    this.#options.database.run(
      'DELETE FROM offer_boxes_left WHERE offer_id = ? AND epoch = ? AND topic = ? AND board_group = ?',
      [offerId, epoch, topic, group],
    )
  }

  removeBox({ offerId, epoch, topic }: EditionBox): void {
    this.#options.database.run('DELETE FROM offer_boxes WHERE offer_id = ? AND epoch = ? AND topic = ?', [
      offerId,
      epoch,
      topic,
    ])
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

  #update({ offerId, epoch, topic }: EditionBox, set: string, values: (Bytes | number)[]): void {
    this.#options.database.run(`UPDATE offer_boxes SET ${set} WHERE offer_id = ? AND epoch = ? AND topic = ?`, [
      ...values,
      offerId,
      epoch,
      topic,
    ])
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
