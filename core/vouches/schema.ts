import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'vouches/1',
    sql: `
      -- what the two of a conversation say to each other about vouches, but for those that were received;
      -- given: this person is the one who vouches
      CREATE TABLE vouch_talks (
        id TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        given INTEGER NOT NULL,
        topic TEXT NOT NULL,
        -- due: offered here and taken there, to be signed
        state TEXT NOT NULL CHECK (state IN ('offered', 'asked', 'due', 'given', 'taken-back')),
        -- the persona key that the other proved to hold
        subject BLOB,
        month INTEGER,
        at INTEGER NOT NULL,
        UNIQUE (conversation_id, given, topic)
      ) STRICT;

      -- they are this person's, to show or not: they outlive the conversation
      CREATE TABLE vouches_received (
        id TEXT PRIMARY KEY,
        persona_id TEXT NOT NULL REFERENCES personas (id) ON DELETE CASCADE,
        conversation_id TEXT REFERENCES conversations (id) ON DELETE SET NULL,
        voucher BLOB NOT NULL,
        topic TEXT NOT NULL,
        month INTEGER NOT NULL,
        vouch BLOB NOT NULL,
        at INTEGER NOT NULL,
        shown INTEGER NOT NULL DEFAULT 0,
        UNIQUE (persona_id, voucher, topic)
      ) STRICT;
      CREATE INDEX vouches_received_by_conversation ON vouches_received (conversation_id);
    `,
  },
  {
    name: 'vouches/2',
    sql: `
      -- the persona key that a seeker proved first: no other counts in the conversation, whatever is taken back
      CREATE TABLE vouch_keys (
        conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        key BLOB NOT NULL
      ) STRICT;
      INSERT OR IGNORE INTO vouch_keys
        SELECT t.conversation_id, t.subject FROM vouch_talks t JOIN conversations c ON c.id = t.conversation_id
          WHERE c.role = 'mentor' AND t.subject IS NOT NULL;
      INSERT OR IGNORE INTO vouch_keys
        SELECT r.conversation_id, r.voucher FROM vouches_received r JOIN conversations c ON c.id = r.conversation_id
          WHERE c.role = 'mentor';
    `,
  },
]
