import type { CommunityId, OfferId } from '../base/ids.ts'
import { hex, utf8 } from '../base/bytes.ts'
import type { Database } from '../database/database.ts'
import type { OfferKind } from '../offers/boards.ts'
import { maxMissed } from '../offers/seen-offers.ts'
import { topicsForWord } from '../topics/finder.ts'

/** As the triggers of core/matching/schema.ts write it. */
function topicMark(topic: string): string {
  return `"x${hex(utf8(topic))}"`
}

/** More words than a question has: each costs a look into the index. */
const maxWords = 16

/** Bare of what would be read as an operator. */
function quoted(word: string): string {
  return `"${word.replaceAll('"', '""')}"`
}

function wordsOf(text: string): string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.normalize('NFC'))]
    .filter(({ isWordLike }) => isWordLike === true)
    .slice(0, maxWords)
    .map(({ segment }) => segment)
}

export interface SearchWish {
  readonly communityId: CommunityId
  /** What a person typed. */
  readonly text: string
  readonly kind?: OfferKind | undefined
  readonly topic?: string | undefined
  readonly limit: number
}

/**
 * What was typed, as a query of FTS5: all of its words, the last one as a
 * beginning. A word is met by a word of the offer, or by one of its topics that
 * is called so in any language.
 *
 * @param columns of the offer's own words that count
 * @returns undefined where there is no word in it
 */
export function offersQuery({ communityId, text, kind, topic }: SearchWish, columns: string): string | undefined {
  const words = wordsOf(text)
  if (words.length === 0) return undefined
  const marks = [`"c${communityId}"`, ...(kind === undefined ? [] : [`"k${kind}"`])]
  if (topic !== undefined) marks.push(topicMark(topic))
  const met = words.map((word, index) => {
    const last = index === words.length - 1
    const own = `{${columns}} : ${quoted(word)}${last ? ' *' : ''}`
    const topics = topicsForWord(word, last)
    return topics.length === 0 ? `(${own})` : `(${own} OR marks : (${topics.map(topicMark).join(' OR ')}))`
  })
  return [...marks.map((mark) => `marks : ${mark}`), ...met].join(' AND ')
}

/**
 * The offers that have all words: first those that have them in their title,
 * author or topics, then those that have one in their text alone; the latest
 * read first.
 */
export function searchOffers(database: Database, wish: SearchWish, now: number): OfferId[] {
  const found = new Set<OfferId>()
  for (const columns of ['pseudonym title', 'pseudonym title text']) {
    const query = offersQuery(wish, columns)
    if (query === undefined || found.size >= wish.limit) break
    const rows = database.all<{ id: OfferId }>(
      `SELECT m.offer_id AS id FROM offer_words w JOIN matched_offers m ON m.number = w.rowid
       WHERE offer_words MATCH :query AND m.expires_at > :now AND m.missed < :maxMissed
       ORDER BY w.rowid DESC LIMIT :limit`,
      { query, now, maxMissed, limit: wish.limit },
    )
    for (const { id } of rows) if (found.size < wish.limit) found.add(id)
  }
  return [...found]
}
