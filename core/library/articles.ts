import { hex, type Bytes } from '../base/bytes.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { wordsOf, wordsQuery } from '../database/words-query.ts'
import type { ArticleMeta } from './content.ts'

/** Characters shown before what was found, and from there on. */
const excerpt = { before: 60, from: 140 }

/** The table of articles as they are shown, and the index of their words. Synchronous. */
export class Articles {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  put(communityId: CommunityId, key: Bytes, { article, language, title, topics }: ArticleMeta, text: string): void {
    this.remove(communityId, key)
    this.#database.run(
      'INSERT INTO articles (community_id, key, article, language, title, topics) VALUES (?, ?, ?, ?, ?, ?)',
      [communityId, key, hex(article), language, title, topics.join(' ')],
    )
    this.#database.run(
      `INSERT INTO article_words (rowid, title, text)
       SELECT number, title, ? FROM articles WHERE community_id = ? AND key = ?`,
      [text, communityId, key],
    )
  }

  remove(communityId: CommunityId, key: Bytes): void {
    this.#database.run('DELETE FROM articles WHERE community_id = ? AND key = ?', [communityId, key])
  }

  /** Whether an article is there in any language. */
  has(communityId: CommunityId, articleId: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM articles WHERE community_id = ? AND article = ?', [communityId, articleId]) !==
      undefined
    )
  }

  /** What has all words of a text: in its title first, then the best match. */
  search(communityId: CommunityId, text: string, limit: number): { readonly key: Bytes; readonly excerpt: string }[] {
    const query = wordsQuery(text)
    if (query === undefined) return []
    const best = this.#database.all<{ number: number; key: Bytes }>(
      `SELECT a.number, a.key FROM article_words w JOIN articles a ON a.number = w.rowid
       WHERE article_words MATCH ? AND a.community_id = ?
       ORDER BY bm25(article_words, 10.0, 1.0), a.key LIMIT ?`,
      [query, communityId, limit],
    )
    const words = wordsOf(text)
    return best.map(({ number, key }) => ({ key, excerpt: excerptOf(this.#text(number), words) }))
  }

  #text(number: number): string {
    return this.#database.get<{ text: string }>('SELECT text FROM article_words WHERE rowid = ?', [number])?.text ?? ''
  }
}

/** Where a decomposed text has the first of these words, whatever their capitals and accents; 0 where it has none. */
function placeOf(text: string, words: readonly string[]): number {
  const plain = words
    .map((word) =>
      Array.from(word.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => RegExp.escape(letter)).join(
        String.raw`\p{M}*`,
      ),
    )
    .join('|')
  const begun = text.search(new RegExp(String.raw`(?<![\p{L}\p{N}\p{M}])(?:${plain})`, 'iu'))
  // in a script that puts no spaces between words
  return begun >= 0 ? begun : Math.max(0, text.search(new RegExp(plain, 'iu')))
}

/**
 * The words around the first that was found, or the beginning. FTS5's snippet()
 * holds each place where a word is found against all others: half a minute for
 * an article that has one 24,000 times.
 */
function excerptOf(text: string, words: readonly string[]): string {
  const whole = text.normalize('NFD')
  const at = placeOf(whole, words)
  const [start, end] = [Math.max(0, at - excerpt.before), at + excerpt.from]
  const part = whole.slice(start, end)
  return (start > 0 ? `…${part.replace(/^\S{0,30}\s+/u, '')}` : part) + (end < whole.length ? '…' : '')
}
