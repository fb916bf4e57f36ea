import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'disclosure/1',
    sql: `
      -- what each of a pair shows of themselves now: a card with that one field
      CREATE TABLE shown_fields (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        mine INTEGER NOT NULL,
        field TEXT NOT NULL,
        card BLOB NOT NULL,
        shown_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, mine, field)
      ) STRICT;

      -- what this person showed to whom and when, without what it said; it stays until the conversation is forgotten
      CREATE TABLE disclosures (
        number INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        deed TEXT NOT NULL CHECK (deed IN ('shown', 'changed', 'taken-back')),
        at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX disclosures_by_conversation ON disclosures (conversation_id);
    `,
  },
]
