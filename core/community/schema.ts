import type { Migration } from '../database/migrations.ts'

/**
 * `secret` is the community's of `secret_epoch`, the oldest one still needed;
 * later ones are derived from it. `drop_below` and `drop_seen_at` remember
 * which epochs were found dead at which time by the clock: see `prune`.
 */
export const schema: readonly Migration[] = [
  {
    name: 'community/1',
    sql: `
      CREATE TABLE communities (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        network_key BLOB NOT NULL UNIQUE,
        secret BLOB NOT NULL,
        secret_epoch INTEGER NOT NULL,
        drop_below INTEGER NOT NULL,
        drop_seen_at INTEGER NOT NULL,
        host_seed BLOB,
        host_port INTEGER,
        joined_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE community_nodes (
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        address TEXT NOT NULL,
        PRIMARY KEY (community_id, position)
      ) STRICT;
    `,
  },
  {
    name: 'community/2',
    sql: `
      -- who signs the charter; zeros are nobody's key. The seed is there where that is this person.
      ALTER TABLE communities ADD COLUMN founder_key BLOB NOT NULL
        DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000';
      ALTER TABLE communities ADD COLUMN founder_seed BLOB;
      -- the charter that the invite named
      ALTER TABLE communities ADD COLUMN charter_version INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE communities ADD COLUMN charter_digest BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
    `,
  },
]
