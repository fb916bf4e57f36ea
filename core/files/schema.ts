import type { Migration } from '../database/migrations.ts'

/**
 * `state` of the other's file: `new` until it was decided whether it is fetched
 * by itself, `offered` until the person asks for it, `waiting`
 * while it is wanted (and moves, as soon as there is a channel), `paused`,
 * `here`, `failed`, `refused` where the other does not have it any more, `gone`
 * once removed here. Of an own file: `preparing` until its message is
 * saved, `offered`, `here` once the other has all of it, `gone`.
 *
 * `blob_key` is the only thing that opens the blob: where the row goes, so does
 * what was in the file. `file_segments` are hashes of segments: of all of an own
 * file, of those of the other's that are saved.
 */
export const schema: readonly Migration[] = [
  {
    name: 'files/1',
    sql: `
      CREATE TABLE files (
        id TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        message_id TEXT UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
        mine INTEGER NOT NULL,
        offer_id BLOB NOT NULL,
        offer_key BLOB NOT NULL,
        root BLOB NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        name TEXT NOT NULL,
        state TEXT NOT NULL
          CHECK (state IN ('preparing', 'new', 'offered', 'waiting', 'paused', 'here', 'failed', 'refused', 'gone')),
        problem TEXT,
        blob TEXT UNIQUE,
        blob_key BLOB,
        added_at INTEGER NOT NULL,
        UNIQUE (conversation_id, mine, offer_id),
        CHECK ((blob IS NULL) = (blob_key IS NULL))
      ) STRICT;

      CREATE TABLE file_segments (
        file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (file_id, number)
      ) STRICT;
    `,
  },
]
