import type { Migration } from '../database/migrations.ts'

/**
 * Secrets (`root_a`, `first`, boxes) are set to NULL or deleted as soon as they
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
]
