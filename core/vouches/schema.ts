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
]
