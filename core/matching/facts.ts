import type { OfferDraft } from '../api/views.ts'
import type { CommunityId, OfferId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { maxMissed } from '../offers/seen-offers.ts'

/** What an offer is matched by. */
export interface Facts extends Pick<OfferDraft, 'kind' | 'level'> {
  readonly id: OfferId
  /** Of its author: the persona key in hex. */
  readonly persona: string
  readonly topics: readonly string[]
  readonly languages: readonly string[]
  readonly formats: readonly string[]
  /** Whether this person introduced themselves already. */
  readonly introduced: boolean
  /** When this device read it first, milliseconds since 1970. */
  readonly seenAt: number
}

type Row = {
  offer_id: OfferId
  persona: string
  kind: Facts['kind']
  topics: string
  languages: string
  level: Facts['level']
  formats: string
  first_seen_at: number
  introduced: number
}

/** All offers of a community that are shown now, in the order in which they were read first. */
export function readFacts(database: Database, communityId: CommunityId, now: number): Facts[] {
  return database
    .all<Row>(
      `SELECT offer_id, persona, kind, topics, languages, level, formats, first_seen_at, introduced
       FROM matched_offers WHERE community_id = ? AND expires_at > ? AND missed < ? ORDER BY number`,
      [communityId, now, maxMissed],
    )
    .map((row) => ({
      id: row.offer_id,
      persona: row.persona,
      kind: row.kind,
      topics: row.topics.split(' '),
      languages: row.languages.split(' '),
      level: row.level,
      formats: row.formats.split(' '),
      introduced: row.introduced !== 0,
      seenAt: row.first_seen_at,
    }))
}

/** What is looked for: an offer or a request as this person wrote it, or as they would. */
export interface Wish extends Pick<Facts, 'kind' | 'topics' | 'languages' | 'level' | 'formats'> {
  /** Which of this person's personas wrote it. */
  readonly persona?: string
}

/** Of two lists, what is in both, in the order of the first. */
export function shared(mine: readonly string[], theirs: readonly string[]): string[] {
  return mine.filter((one) => theirs.includes(one))
}
