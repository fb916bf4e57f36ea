import { blocksOfWeek } from '../api/availability.ts'
import type { OfferDraft } from '../api/offers.ts'
import type { CommunityId, OfferId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { maxMissed } from '../offers/seen-offers.ts'

/** What an offer is matched by. */
export interface Facts extends Pick<OfferDraft, 'kind' | 'level'> {
  readonly id: OfferId
  /** Of its author: the persona key in hex. */
  readonly persona: string
  readonly topics: readonly string[]
  /** As `tagOf` writes them. */
  readonly tags: readonly string[]
  /** Topics of a swap: what the author of an offer would like for it, what the author of a request could give. */
  readonly inReturn: readonly string[]
  readonly languages: readonly string[]
  readonly formats: readonly string[]
  /** Blocks of the week as bits, `bitsOf`; 0 where nothing is said of it. */
  readonly availability: number
  /** Whether this person introduced themselves already. */
  readonly introduced: boolean
  /** When this device read it first, milliseconds since 1970. */
  readonly seenAt: number
}

const none: readonly string[] = []

type Row = {
  offer_id: OfferId
  persona: string
  kind: Facts['kind']
  topics: string
  tags: string
  in_return: string | null
  availability: number
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
      `SELECT offer_id, persona, kind, topics, tags, in_return, languages, level, formats, availability, first_seen_at,
         introduced
       FROM matched_offers WHERE community_id = ? AND expires_at > ? AND missed < ? ORDER BY number`,
      [communityId, now, maxMissed],
    )
    .map((row) => ({
      id: row.offer_id,
      persona: row.persona,
      kind: row.kind,
      topics: row.topics.split(' '),
      tags: row.tags === '' ? none : row.tags.split('\n'),
      inReturn: row.in_return?.split(' ') ?? none,
      languages: row.languages.split(' '),
      level: row.level,
      formats: row.formats.split(' '),
      availability: row.availability,
      introduced: row.introduced !== 0,
      seenAt: row.first_seen_at,
    }))
}

/** What is looked for: an offer or a request as this person wrote it, or as they would. */
export interface Wish extends Pick<
  Facts,
  'kind' | 'topics' | 'tags' | 'languages' | 'level' | 'formats' | 'availability'
> {
  /** Which of this person's personas wrote it. */
  readonly persona?: string
}

/** Half of the week: bits are compared in 32 at most. */
const half = 2 ** (blocksOfWeek / 2)

/** Blocks of the week as bits of a number, block 0 the lowest. */
export function bitsOf(blocks: readonly number[]): number {
  return [...new Set(blocks)].reduce((bits, block) => bits + 2 ** block, 0)
}

export function blocksOf(bits: number): number[] {
  return Array.from({ length: blocksOfWeek }, (_, block) => block).filter(
    (block) => Math.floor(bits / 2 ** block) % 2 === 1,
  )
}

/** What two weeks have in common, as bits. */
export function sharedTime(a: number, b: number): number {
  const high = Math.floor(a / half) & Math.floor(b / half)
  return high * half + ((a % half) & (b % half))
}

/** Of two lists, what is in both, in the order of the first. */
export function shared(mine: readonly string[], theirs: readonly string[]): string[] {
  return mine.filter((one) => theirs.includes(one))
}
