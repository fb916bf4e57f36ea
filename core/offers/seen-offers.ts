import type { OfferDraft, OfferView, ShownOffer } from '../api/offers.ts'
import { z } from 'zod'
import { hex, type Bytes } from '../base/bytes.ts'
import { decodeCbor, encodeCbor } from '../base/cbor.ts'
import { freshId, type CommunityId, type OfferId } from '../base/ids.ts'
import { epochStart } from '../community/epoch.ts'
import type { Database } from '../database/database.ts'
import { authorOf } from '../personas/author.ts'
import type { OfferKind } from './boards.ts'
import { encodeSigned, type OfferContent } from './content.ts'
import { harmlessDraft } from './harmless-draft.ts'
import { decodeAddress, encodeAddress, type IntroductionAddress } from './introduction-address.ts'

const hour = 3_600_000
/** No edition outlives its epoch by more, whatever it says: a day of grace, and what rounding adds. */
const longestGrace = 25 * hour
/** An offer that so many readings in a row did not find was taken off, or lies on nodes that are gone. */
export const maxMissed = 2

const keptVouches = z.array(z.instanceof(Uint8Array<ArrayBuffer>))

/** Offers kept in one vault, about 60 MB: who floods the boards fills no disk. */
const maxKept = 20_000

/** Somebody's offer as it was read last. */
export interface SeenOffer {
  readonly id: OfferId
  readonly communityId: CommunityId
  readonly personaKey: Bytes
  readonly pseudonym: string
  readonly draft: OfferDraft
  readonly bundle: Bytes
  readonly address: IntroductionAddress
  readonly expiresAt: number
  readonly introduced: boolean
  /** As they came: nobody here has looked into them. */
  readonly vouches: readonly Bytes[]
}

type Row = {
  id: OfferId
  community_id: CommunityId
  persona_key: Bytes
  pseudonym: string
  draft: string
  bundle: Bytes
  address: Bytes
  first_seen_at: number
  expires_at: number
  introduced: number
  vouches: Bytes | null
}

/** When and how an offer was read. */
export interface Reading {
  /** Of the offer's bundle. */
  readonly identityKey: Bytes
  readonly epoch: number
  readonly now: number
  /** The persona's signature, and the author of the box that it is bound to. */
  readonly proof?: { readonly signature: Bytes; readonly author: Bytes }
}

/** An offer as its persona signed it: what can be shown to others. */
export interface OfferProof {
  readonly title: string
  readonly encoded: Bytes
  readonly author: Bytes
  readonly epoch: number
}

/** An offer with what its author shows of vouches. */
export interface VouchedOffer {
  readonly id: OfferId
  /** The persona key of its author. */
  readonly subject: Bytes
  readonly topics: readonly string[]
  readonly vouches: readonly Bytes[]
}

/** The table of offers that were read. Synchronous: callers may be inside a transaction. */
export class SeenOffers {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Saves an offer as it was read in an epoch. The same persona and the same
   * libsignal identity make the same offer; later words replace earlier ones, and of the same words a later edition.
   */
  put(communityId: CommunityId, content: OfferContent, { identityKey, epoch, now, proof }: Reading): OfferId {
    const { draft, pseudonym, personaKey, bundle, introduction, revision } = content
    const expiresAt = Math.min(content.expiryHours * hour, epochStart(epoch + 1) + longestGrace)
    const known = this.#database.get<{ id: OfferId; epoch: number; revision: number }>(
      'SELECT id, epoch, revision FROM seen_offers WHERE community_id = ? AND persona_key = ? AND identity_key = ?',
      [communityId, personaKey, identityKey],
    )
    const id = known?.id ?? freshId<OfferId>()
    if (known !== undefined && (known.revision - revision || known.epoch - epoch) > 0) {
      this.#database.run('UPDATE seen_offers SET missed = 0 WHERE id = ?', [id])
      return id
    }
    const shown = [proof?.signature ?? null, proof?.author ?? null, content.expiryHours]
    const said = [
      pseudonym,
      draft.kind,
      JSON.stringify(draft),
      // as they are compared; the draft stays as it was signed
      harmlessDraft(draft).tags.join('\n'),
      bundle,
      encodeAddress(introduction),
      epoch,
      expiresAt,
      revision,
      content.vouches.length === 0 ? null : encodeCbor([...content.vouches]),
      ...shown,
    ]
    if (known === undefined) {
      this.#database.run(
        `INSERT INTO seen_offers (pseudonym, kind, draft, tags, bundle, address, epoch, expires_at, revision, vouches,
           signature, box_author, expiry_hours,
           id, community_id, persona_key, identity_key, first_seen_at, missed, introduced)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
        [...said, id, communityId, personaKey, identityKey, now],
      )
    } else {
      this.#database.run(
        `UPDATE seen_offers SET pseudonym = ?, kind = ?, draft = ?, tags = ?, bundle = ?, address = ?, epoch = ?, expires_at = ?,
           revision = ?, vouches = ?, signature = ?, box_author = ?, expiry_hours = ?, missed = 0
         WHERE id = ?`,
        [...said, id],
      )
      this.#database.run('DELETE FROM seen_offer_topics WHERE offer_id = ?', [id])
    }
    for (const topic of draft.topics) {
      this.#database.run('INSERT INTO seen_offer_topics (topic, offer_id) VALUES (?, ?)', [topic, id])
    }
    return id
  }

  /**
   * Counts the offers that a reading should have found and did not. Those missed
   * repeatedly are no longer shown until they are found again.
   *
   * @param topic of the board that was read; undefined for the board of everything
   */
  countMissed(communityId: CommunityId, topic: string | undefined, found: ReadonlySet<OfferId>): void {
    this.#database.run(
      `UPDATE seen_offers SET missed = missed + 1
       WHERE community_id = :communityId
         AND (:topic IS NULL OR id IN (SELECT offer_id FROM seen_offer_topics WHERE topic = :topic))
         AND id NOT IN (SELECT value FROM json_each(:found))`,
      { communityId, topic: topic ?? null, found: JSON.stringify([...found]) },
    )
  }

  /** Deletes what is past its time. Offers that this person answered stay, unseen, so that they are not answered twice. */
  purge(now: number): void {
    this.#database.run('DELETE FROM seen_offers WHERE expires_at <= ? AND introduced = 0', [now])
    this.#database.run(
      `DELETE FROM seen_offers
       WHERE introduced = 0 AND rowid <= (SELECT rowid FROM seen_offers ORDER BY rowid DESC LIMIT 1 OFFSET ?)`,
      [maxKept],
    )
  }

  /** Of an offer that its author took off. */
  remove(personaKey: Bytes, identityKey: Bytes): void {
    this.#database.run('DELETE FROM seen_offers WHERE persona_key = ? AND identity_key = ?', [personaKey, identityKey])
  }

  get(id: OfferId): SeenOffer | undefined {
    const row = this.#database.get<Row>('SELECT * FROM seen_offers WHERE id = ?', [id])
    if (row === undefined) return undefined
    return {
      id,
      communityId: row.community_id,
      personaKey: row.persona_key,
      pseudonym: row.pseudonym,
      draft: JSON.parse(row.draft) as OfferDraft,
      bundle: row.bundle,
      address: decodeAddress(row.address),
      expiresAt: row.expires_at,
      introduced: row.introduced !== 0,
      vouches: vouchesIn(row),
    }
  }

  /** What a persona offered and this person answered, the latest first; those that were read before proofs were kept are not among them. */
  answered(communityId: CommunityId, personaKey: Bytes): OfferProof[] {
    return this.#database
      .all<ProofRow>(
        `SELECT persona_key, pseudonym, draft, bundle, address, epoch, revision, vouches, signature, box_author, expiry_hours
         FROM seen_offers
         WHERE community_id = ? AND persona_key = ? AND introduced = 1 AND signature IS NOT NULL ORDER BY rowid DESC`,
        [communityId, personaKey],
      )
      .map((row) => {
        const draft = JSON.parse(row.draft) as OfferDraft
        const content = {
          draft,
          pseudonym: row.pseudonym,
          personaKey: row.persona_key,
          bundle: row.bundle,
          introduction: decodeAddress(row.address),
          expiryHours: row.expiry_hours,
          revision: row.revision,
          vouches: vouchesIn(row),
        }
        const { signature, box_author: author, epoch } = row
        return { title: draft.title, encoded: encodeSigned({ content, signature }), author, epoch }
      })
  }

  /** What a persona offers and looks for. */
  idsOf(communityId: CommunityId, personaKey: Bytes): OfferId[] {
    return this.#database
      .all<{ id: OfferId }>('SELECT id FROM seen_offers WHERE community_id = ? AND persona_key = ?', [
        communityId,
        personaKey,
      ])
      .map(({ id }) => id)
  }

  setIntroduced(id: OfferId, introduced: boolean): void {
    this.#database.run('UPDATE seen_offers SET introduced = ? WHERE id = ?', [introduced ? 1 : 0, id])
  }

  /**
   * Newest first.
   *
   * @param mine hex of the persona keys of this vault
   */
  browse(
    filter: { readonly communityId: CommunityId; readonly topic?: string; readonly kind?: OfferKind },
    now: number,
    mine: ReadonlySet<string>,
  ): OfferView[] {
    const rows = this.#database.all<ViewRow>(
      `SELECT ${viewColumns} FROM seen_offers
       WHERE community_id = :communityId AND expires_at > :now AND missed < :maxMissed
         AND (:kind IS NULL OR kind = :kind)
         AND (:topic IS NULL OR id IN (SELECT offer_id FROM seen_offer_topics WHERE topic = :topic))
       ORDER BY first_seen_at DESC, id`,
      { communityId: filter.communityId, now, maxMissed, kind: filter.kind ?? null, topic: filter.topic ?? null },
    )
    return rows.map((row) => viewOf(row, mine))
  }

  /** Those of a community that are shown and carry vouches, which nobody has verified. */
  vouched(communityId: CommunityId, now: number): VouchedOffer[] {
    const rows = this.#database.all<Pick<Row, 'id' | 'persona_key' | 'vouches'> & { topics: string }>(
      `SELECT id, persona_key, vouches, json_extract(draft, '$.topics') AS topics FROM seen_offers
       WHERE community_id = ? AND expires_at > ? AND missed < ? AND vouches IS NOT NULL
         AND kind = 'offer'`,
      [communityId, now, maxMissed],
    )
    return rows.map((row) => ({
      id: row.id,
      subject: row.persona_key,
      topics: JSON.parse(row.topics) as string[],
      vouches: vouchesIn(row),
    }))
  }

  /** In the order of `ids`; those that are gone are left out. @param mine as in `browse` */
  views(ids: readonly OfferId[], mine: ReadonlySet<string>): OfferView[] {
    const rows = this.#database.all<ViewRow>(
      `SELECT ${viewColumns} FROM seen_offers WHERE id IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids)],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.flatMap((id) => {
      const row = byId.get(id)
      return row === undefined ? [] : [viewOf(row, mine)]
    })
  }
}

const viewColumns = 'id, community_id, persona_key, pseudonym, draft, first_seen_at, expires_at, introduced'
type ProofRow = Pick<Row, 'persona_key' | 'pseudonym' | 'draft' | 'bundle' | 'address' | 'vouches'> & {
  epoch: number
  revision: number
  signature: Bytes
  box_author: Bytes
  expiry_hours: number
}
type ViewRow = Omit<Row, 'bundle' | 'address' | 'vouches'>

function vouchesIn({ vouches }: Pick<Row, 'vouches'>): Bytes[] {
  return vouches === null ? [] : decodeCbor(vouches, keptVouches, vouches.length)
}

/** As it is shown: what others wrote, and nothing in it that deceives. */
export function shownOffer(draft: OfferDraft, pseudonym: string, personaKey: Uint8Array): ShownOffer {
  return { ...harmlessDraft(draft), author: authorOf(pseudonym, personaKey) }
}

function viewOf(row: ViewRow, mine: ReadonlySet<string>): OfferView {
  const draft = JSON.parse(row.draft) as OfferDraft
  return {
    ...shownOffer(draft, row.pseudonym, row.persona_key),
    id: row.id,
    communityId: row.community_id,
    mine: mine.has(hex(row.persona_key)),
    introduced: row.introduced !== 0,
    seenAt: row.first_seen_at,
    expiresAt: row.expires_at,
  }
}
