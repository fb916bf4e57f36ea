import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'library/1',
    sql: `
      -- of each language version of an article, the one that counts now; its text is in documents
      CREATE TABLE articles (
        number INTEGER PRIMARY KEY,
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        key BLOB NOT NULL,
        article TEXT NOT NULL,
        language TEXT NOT NULL,
        title TEXT NOT NULL,
        topics TEXT NOT NULL,
        UNIQUE (community_id, key)
      ) STRICT;
      CREATE INDEX articles_by_article ON articles (community_id, article);

      CREATE VIRTUAL TABLE article_words USING fts5 (title, text, tokenize = 'signal_tokenizer');
      INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
      CREATE TRIGGER articles_gone AFTER DELETE ON articles BEGIN
        DELETE FROM article_words WHERE rowid = old.number;
      END;
    `,
  },
]
