import { hex, type Bytes } from '../base/bytes.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { wordsQuery } from '../database/words-query.ts'
import type { ArticleMeta } from './content.ts'

/** Words around what was found. */
const excerptWords = 24

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
    return this.#database.all<{ key: Bytes; excerpt: string }>(
      `SELECT a.key, snippet(article_words, 1, '', '', '…', ${excerptWords}) AS excerpt
       FROM article_words w JOIN articles a ON a.number = w.rowid
       WHERE article_words MATCH ? AND a.community_id = ?
       ORDER BY bm25(article_words, 10.0, 1.0), a.key LIMIT ?`,
      [query, communityId, limit],
    )
  }
}
