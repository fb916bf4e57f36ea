import type { Migration } from '../database/migrations.ts'

/**
 * What a conversation knows of its keys beside the session itself. A row is
 * there once there is something to say.
 *
 * `generation` is the number of the reset that the session in use came from, 0
 * for that of the introduction. `step`, `attempt`, `identity_id`, `remote` and
 * `told` belong to the reset that is under way. `new_key` and `new_record` are
 * what the other said under an identity key that is not the one known.
 */
export const schema: readonly Migration[] = [
  {
    name: 'conversations/keys/1',
    sql: `
      ALTER TABLE conversations ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE conversation_keys (
        conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        verified INTEGER NOT NULL DEFAULT 0,
        latest INTEGER NOT NULL DEFAULT 0,
        unread INTEGER NOT NULL DEFAULT 0,
        asked_at INTEGER,
        answered_at INTEGER,
        step TEXT CHECK (step IN ('asked', 'answered', 'confirmed')),
        attempt INTEGER NOT NULL DEFAULT 0,
        identity_id TEXT,
        remote TEXT,
        told BLOB,
        new_key BLOB,
        new_record BLOB
      ) STRICT;
    `,
  },
]
