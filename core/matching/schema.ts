import type { Migration } from '../database/migrations.ts'

/** The tokens by which an offer is found besides its words: community, kind and topics. Topics in hex, so that each is one token. */
const marks = (row: string): string =>
  `'c' || ${row}.community_id || ' k' || ${row}.kind || ' ' ||
   (SELECT ifnull(group_concat('x' || hex(value), ' '), '') FROM json_each(${row}.draft, '$.topics'))`

/** As SQL, of a row of `seen_offers`: what an offer is called by, and all that it says. */
interface Words {
  readonly names: (row: string) => string
  readonly says: (row: string) => string
}

const firstNames = (row: string): string => `${row}.pseudonym || char(10) || json_extract(${row}.draft, '$.title')`
const firstWords: Words = {
  names: firstNames,
  says: (row) => `${firstNames(row)} || char(10) || json_extract(${row}.draft, '$.text')`,
}

/** Puts the row of a trigger into the indexes. */
const index = (row: string, { names, says }: Words): string => `
        INSERT INTO offer_names (rowid, words, marks)
          SELECT number, ${names(row)}, ${marks(row)} FROM matched_offers WHERE offer_id = ${row}.id;
        INSERT INTO offer_words (rowid, words, marks)
          SELECT number, ${says(row)}, ${marks(row)} FROM matched_offers WHERE offer_id = ${row}.id;`

/** Takes it out again, as it was. */
const unindex = (row: string, { names, says }: Words): string => `
        INSERT INTO offer_names (offer_names, rowid, words, marks)
          SELECT 'delete', number, ${names(row)}, ${marks(row)} FROM matched_offers WHERE offer_id = ${row}.id;
        INSERT INTO offer_words (offer_words, rowid, words, marks)
          SELECT 'delete', number, ${says(row)}, ${marks(row)} FROM matched_offers WHERE offer_id = ${row}.id;`

/** Puts all of them into indexes that are empty. */
const indexAll = ({ names, says }: Words): string => `
      INSERT INTO offer_names (rowid, words, marks)
        SELECT m.number, ${names('s')}, ${marks('s')} FROM seen_offers s JOIN matched_offers m ON m.offer_id = s.id;
      INSERT INTO offer_words (rowid, words, marks)
        SELECT m.number, ${says('s')}, ${marks('s')} FROM seen_offers s JOIN matched_offers m ON m.offer_id = s.id;`

const list = (row: string, path: string): string =>
  `(SELECT group_concat(value, ' ') FROM json_each(${row}.draft, '$.${path}'))`

const text = (row: string, path: string): string => `json_extract(${row}.draft, '$.${path}')`
const newNames = (row: string): string => `${firstNames(row)} || char(10) || ${row}.tags`
const words: Words = {
  names: newNames,
  says: (row) =>
    [newNames(row), ...['text', 'boundaries', 'meet', 'inReturn.text'].map((path) => text(row, path))].join(
      ' || char(10) || ',
    ),
}

/** Blocks of the week as bits, as `bitsOf` of core/matching/facts.ts. */
const time = (row: string): string =>
  `(SELECT ifnull(sum(1 << value), 0) FROM json_each(${row}.draft, '$.availability'))`

const facts = (row: string): string =>
  `${row}.id, ${row}.community_id, lower(hex(${row}.persona_key)), ${row}.kind, ${list(row, 'topics')},
   ${list(row, 'languages')}, json_extract(${row}.draft, '$.level'), ${list(row, 'formats')},
   ${row}.first_seen_at, ${row}.expires_at, ${row}.missed, ${row}.introduced`

const columns = `offer_id, community_id, persona, kind, topics, languages, level, formats,
   first_seen_at, expires_at, missed, introduced`

/**
 * What matching needs of the offers that were read, beside their table:
 *
 * - `matched_offers`: what they are ranked by, without their words and keys,
 *   which are ten times as long. Lists are separated by spaces.
 * - `offer_names` and `offer_words`: indexes of what offers are called by, and of
 *   all their words. Two, because a frequent word of texts would otherwise be
 *   looked through to the end for the few titles that have it. Neither keeps
 *   the words: what goes is taken out by those that `seen_offers` still has then.
 *
 * Triggers keep them, so that they are right whoever writes `seen_offers`.
 */
export const schema: readonly Migration[] = [
  {
    name: 'matching/1',
    sql: `
      CREATE TABLE matched_offers (
        number INTEGER PRIMARY KEY,
        offer_id TEXT NOT NULL UNIQUE,
        community_id TEXT NOT NULL,
        persona TEXT NOT NULL,
        kind TEXT NOT NULL,
        topics TEXT NOT NULL,
        languages TEXT NOT NULL,
        level TEXT NOT NULL,
        formats TEXT NOT NULL,
        first_seen_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        introduced INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX matched_offers_by_community ON matched_offers (community_id);

      CREATE VIRTUAL TABLE offer_names USING fts5 (
        words, marks, content = '', columnsize = 0, prefix = '1 2', tokenize = 'signal_tokenizer'
      );
      INSERT INTO offer_names (offer_names, rank) VALUES ('secure-delete', 1);
      CREATE VIRTUAL TABLE offer_words USING fts5 (
        words, marks, content = '', columnsize = 0, tokenize = 'signal_tokenizer'
      );
      INSERT INTO offer_words (offer_words, rank) VALUES ('secure-delete', 1);

      INSERT INTO matched_offers (${columns}) SELECT ${facts('s')} FROM seen_offers s ORDER BY s.first_seen_at, s.id;${indexAll(firstWords)}

      CREATE TRIGGER matched_offers_new AFTER INSERT ON seen_offers BEGIN
        INSERT INTO matched_offers (${columns}) VALUES (${facts('new')});${index('new', firstWords)}
      END;
      CREATE TRIGGER matched_offers_gone AFTER DELETE ON seen_offers BEGIN${unindex('old', firstWords)}
        DELETE FROM matched_offers WHERE offer_id = old.id;
      END;
      CREATE TRIGGER matched_offers_moved AFTER UPDATE ON seen_offers
        WHEN (new.expires_at, new.missed, new.introduced) IS NOT (old.expires_at, old.missed, old.introduced)
      BEGIN
        UPDATE matched_offers SET expires_at = new.expires_at, missed = new.missed, introduced = new.introduced
          WHERE offer_id = new.id;
      END;
      CREATE TRIGGER matched_offers_reworded AFTER UPDATE ON seen_offers
        WHEN (new.draft, new.pseudonym, new.kind) IS NOT (old.draft, old.pseudonym, old.kind)
      BEGIN${unindex('old', firstWords)}
        UPDATE matched_offers SET kind = new.kind, topics = ${list('new', 'topics')},
            languages = ${list('new', 'languages')}, level = json_extract(new.draft, '$.level'),
            formats = ${list('new', 'formats')}
          WHERE offer_id = new.id;${index('new', firstWords)}
      END;
    `,
  },
  {
    name: 'matching/2',
    sql: `
      -- lists are separated by spaces, tags by line feeds
      ALTER TABLE matched_offers ADD COLUMN tags TEXT NOT NULL DEFAULT '';
      ALTER TABLE matched_offers ADD COLUMN in_return TEXT;
      ALTER TABLE matched_offers ADD COLUMN availability INTEGER NOT NULL DEFAULT 0;

      DROP TRIGGER matched_offers_new;
      DROP TRIGGER matched_offers_gone;
      DROP TRIGGER matched_offers_reworded;
      UPDATE matched_offers SET (tags, in_return, availability) = (
        SELECT s.tags, ${list('s', 'inReturn.topics')}, ${time('s')} FROM seen_offers s
        WHERE s.id = matched_offers.offer_id
      );
      INSERT INTO offer_names (offer_names) VALUES ('delete-all');
      INSERT INTO offer_words (offer_words) VALUES ('delete-all');${indexAll(words)}

      CREATE TRIGGER matched_offers_new AFTER INSERT ON seen_offers BEGIN
        INSERT INTO matched_offers (${columns}, tags, in_return, availability)
          VALUES (${facts('new')}, new.tags, ${list('new', 'inReturn.topics')}, ${time('new')});${index('new', words)}
      END;
      CREATE TRIGGER matched_offers_gone AFTER DELETE ON seen_offers BEGIN${unindex('old', words)}
        DELETE FROM matched_offers WHERE offer_id = old.id;
      END;
      CREATE TRIGGER matched_offers_reworded AFTER UPDATE ON seen_offers
        WHEN (new.draft, new.tags, new.pseudonym, new.kind) IS NOT (old.draft, old.tags, old.pseudonym, old.kind)
      BEGIN${unindex('old', words)}
        UPDATE matched_offers SET kind = new.kind, topics = ${list('new', 'topics')},
            languages = ${list('new', 'languages')}, level = json_extract(new.draft, '$.level'),
            formats = ${list('new', 'formats')}, tags = new.tags, in_return = ${list('new', 'inReturn.topics')},
            availability = ${time('new')}
          WHERE offer_id = new.id;${index('new', words)}
      END;
    `,
  },
]
