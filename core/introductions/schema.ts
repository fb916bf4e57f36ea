import type { Migration } from '../database/migrations.ts'

/**
 * Secrets (`root_a`, `first`, `token`, boxes) are set to NULL or deleted as soon as they
 * are of no use: an answered or forgotten introduction leaves its words only.
 */
export const schema: readonly Migration[] = [
  {
    name: 'introductions/1',
    sql: `
      CREATE TABLE sent_introductions (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        offer_id TEXT NOT NULL,
        offer_title TEXT NOT NULL,
        to_pseudonym TEXT NOT NULL,
        to_key BLOB NOT NULL,
        text TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('preparing', 'waiting', 'accepted', 'expired', 'failed', 'cancelled')),
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        listen_until INTEGER NOT NULL,
        address BLOB NOT NULL,
        author_seed BLOB NOT NULL,
        identity_id TEXT NOT NULL,
        remote TEXT NOT NULL,
        root_a BLOB,
        first BLOB,
        work BLOB,
        box BLOB,
        sequence INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        due_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE received_introductions (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        offer_id TEXT NOT NULL,
        offer_title TEXT NOT NULL,
        identity_id TEXT NOT NULL,
        remote TEXT NOT NULL,
        sender_key BLOB NOT NULL,
        pseudonym TEXT NOT NULL,
        text TEXT NOT NULL,
        root_a BLOB NOT NULL,
        received_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        UNIQUE (identity_id, remote)
      ) STRICT;

      -- boxes that were looked at, so that nothing is checked twice
      CREATE TABLE introduction_boxes (
        place BLOB NOT NULL,
        author BLOB NOT NULL,
        sequence BLOB NOT NULL,
        community_id TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (place, author)
      ) STRICT;

      -- who introduced themselves already, whatever became of it
      CREATE TABLE introduction_senders (
        identity_id TEXT NOT NULL,
        remote TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (identity_id, remote)
      ) STRICT;

      -- answers to introductions that were accepted here, until the other is heard
      CREATE TABLE acceptances (
        conversation_id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        root_a BLOB NOT NULL,
        ciphertext BLOB NOT NULL,
        box BLOB,
        sequence INTEGER NOT NULL,
        expiry_hours INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        give_up_at INTEGER NOT NULL
      ) STRICT;
    `,
  },
  {
    name: 'introductions/2',
    sql: `
      -- what is handed out in private, so that whoever has it is seen first
      CREATE TABLE introduction_tokens (
        id TEXT PRIMARY KEY,
        persona_id TEXT NOT NULL,
        note TEXT NOT NULL,
        secret BLOB NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX introduction_tokens_by_persona ON introduction_tokens (persona_id);

      -- the token that was given to the sender, and how much work they chose to do
      ALTER TABLE sent_introductions ADD COLUMN token BLOB;
      ALTER TABLE sent_introductions ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE sent_introductions ADD COLUMN work_bits INTEGER NOT NULL DEFAULT 8;
      -- whether nodes had no room for it when it failed
      ALTER TABLE sent_introductions ADD COLUMN crowded INTEGER NOT NULL DEFAULT 0;

      -- the work that was shown, the token if any, and the box that it came in
      ALTER TABLE received_introductions ADD COLUMN work INTEGER NOT NULL DEFAULT 8;
      ALTER TABLE received_introductions ADD COLUMN token_id TEXT;
      ALTER TABLE received_introductions ADD COLUMN place BLOB;
      ALTER TABLE received_introductions ADD COLUMN author BLOB;
      CREATE INDEX received_introductions_by_persona ON received_introductions (persona_id);

      -- of a box that waits on the nodes until there is room; NULL for one that is never looked at again
      ALTER TABLE introduction_boxes ADD COLUMN work INTEGER;
      ALTER TABLE introduction_boxes ADD COLUMN token_id TEXT;
    `,
  },
  {
    name: 'introductions/3',
    sql: `
      -- which offer a conversation here began with
      CREATE TABLE accepted_introductions (
        conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        offer_id TEXT NOT NULL
      ) STRICT;
      CREATE INDEX accepted_introductions_by_offer ON accepted_introductions (offer_id);
    `,
  },
  {
    name: 'introductions/cards/1',
    sql: `
      -- what was shown with it; NULL for nothing, and once a conversation has it
      ALTER TABLE sent_introductions ADD COLUMN card BLOB;
      ALTER TABLE received_introductions ADD COLUMN card BLOB;
    `,
  },
]
