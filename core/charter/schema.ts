import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'charter/1',
    sql: `
      -- what this person would be a guardian with, whether or not the charter names it
      CREATE TABLE guardian_keys (
        community_id TEXT PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
        sign_seed BLOB NOT NULL,
        box_secret BLOB NOT NULL
      ) STRICT;
    `,
  },
]
