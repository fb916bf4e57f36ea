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
]
