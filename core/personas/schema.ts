import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'personas/1',
    sql: `
      CREATE TABLE personas (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        pseudonym TEXT NOT NULL,
        seed BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX personas_by_community ON personas (community_id);
    `,
  },
  {
    name: 'personas/cards/1',
    sql: `
      -- what a person could show of themselves; nobody sees it before they choose
      CREATE TABLE own_cards (
        persona_id TEXT PRIMARY KEY REFERENCES personas (id) ON DELETE CASCADE,
        card BLOB NOT NULL
      ) STRICT;
    `,
  },
]
