import type { CommunityId, OfferId } from '../base/ids.ts'
import { hex, utf8 } from '../base/bytes.ts'
import type { Database } from '../database/database.ts'
import type { OfferKind } from '../offers/boards.ts'
import { maxMissed } from '../offers/seen-offers.ts'
import { isFiller } from '../topics/finder.ts'
import type { TopicSpace } from '../topics/own.ts'

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

/** Making one takes longer than using it. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text.normalize('NFC'))]
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

/** From so many letters on what is being typed is looked up as a beginning in texts too, and in what topics are called. */
const beginning = 3
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * What was typed, as queries of FTS5: of what offers are called by, and of all
 * they say. All words must be met, the last one as a beginning: each by a word
 * of the offer, or by one of its topics that is called so in any language. What
 * only joins words, like "and", says nothing beside others.
 *
 * @returns undefined where there is no word in it
 */
function queriesOf(
  { communityId, text, kind, topic }: SearchWish,
  space: Pick<TopicSpace, 'forWord'>,
): { names: string; words: string } | undefined {
  const typed = wordsOf(text)
  const [last, ...before] = typed.toReversed()
  if (last === undefined) return undefined
  const telling = [...before.toReversed().filter((word) => !isFiller(word)), last]
  if (telling.length > 1 && isFiller(last)) telling.pop()
  const marks = [`"c${communityId}"`, ...(kind === undefined ? [] : [`"k${kind}"`])]
  if (topic !== undefined) marks.push(topicMark(topic))
  const met = telling.map((word) => {
    const unfinished = word === last
    const long = word.length >= beginning || unspaced.test(word)
    const topics = space.forWord(word, unfinished && long)
    const called = topics.length === 0 ? '' : ` OR marks : (${topics.map(topicMark).join(' OR ')})`
    const exact = `words : ${quoted(word)}`
    return {
      names: `(${exact}${unfinished ? ' *' : ''}${called})`,
      words: `(${exact}${unfinished && long ? ' *' : ''}${called})`,
    }
  })
  const scope = marks.map((mark) => `marks : ${mark}`)
  return {
    names: [...scope, ...met.map(({ names }) => names)].join(' AND '),
    words: [...scope, ...met.map(({ words }) => words)].join(' AND '),
  }
}

/**
 * The offers that have all words: first those that have them in their title,
 * author or topics, then those that have one in their text alone; the latest
 * read first.
 */
export function searchOffers(
  database: Database,
  wish: SearchWish,
  { now, topics }: { readonly now: number; readonly topics: Pick<TopicSpace, 'forWord'> },
): OfferId[] {
  const found = new Set<OfferId>()
  const queries = queriesOf(wish, topics)
  if (queries === undefined) return []
  for (const [table, query] of Object.entries({ offer_names: queries.names, offer_words: queries.words })) {
    if (found.size >= wish.limit) break
    // CROSS JOIN: else SQLite may go through all offers and ask the index about each
    const rows = database.all<{ id: OfferId }>(
      `SELECT m.offer_id AS id FROM ${table} w CROSS JOIN matched_offers m ON m.number = w.rowid
       WHERE ${table} MATCH :query AND m.expires_at > :now AND m.missed < :maxMissed
       ORDER BY w.rowid DESC LIMIT :limit`,
      { query, now, maxMissed, limit: wish.limit },
    )
    for (const { id } of rows) if (found.size < wish.limit) found.add(id)
  }
  return [...found]
}
