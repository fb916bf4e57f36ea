import type { Migration } from '../database/migrations.ts'

/**
 * What a community node keeps. `id` rises with arrival. `sequence` is 8 bytes,
 * big-endian, since SQLite's integers are signed. A tombstone takes the row of
 * the box that it deletes, and its expiry.
 */
export const storeSchema: readonly Migration[] = [
  {
    name: 'node-boxes/1',
    sql: `
      CREATE TABLE boxes (
        id INTEGER PRIMARY KEY,
        place BLOB NOT NULL CHECK (length(place) = 32),
        author BLOB NOT NULL CHECK (length(author) = 32),
        digest BLOB NOT NULL CHECK (length(digest) = 8),
        read_public BLOB NOT NULL CHECK (length(read_public) = 32),
        sequence BLOB NOT NULL CHECK (length(sequence) = 8),
        expiry_hours INTEGER NOT NULL,
        work INTEGER NOT NULL,
        tombstone INTEGER NOT NULL CHECK (tombstone IN (0, 1)),
        record BLOB NOT NULL,
        UNIQUE (place, author)
      ) STRICT;
      CREATE INDEX boxes_by_digest ON boxes (place, digest);
      CREATE INDEX boxes_by_expiry ON boxes (expiry_hours);
    `,
  },
]
