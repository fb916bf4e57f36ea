import type { Migration } from '../database/migrations.ts'
import { schema as keysSchema } from './keys-schema.ts'

/**
 * Two counters and two chain keys hold a conversation together:
 *
 * - `send_next` is the index of the next own message, `send_acked` how many the
 *   other has saved without a gap; `send_chain` is the chain key of index
 *   `send_acked`. Rows of `conversation_outbox` are what lies between the two.
 * - `receive_next` is how many messages of the other are saved without a gap;
 *   `receive_chain` is the chain key of that index. What arrived ahead of its
 *   turn waits in `conversation_inbox`.
 *
 * Chain keys of what is over are gone for good.
 */
export const schema: readonly Migration[] = [
  {
    name: 'conversations/1',
    sql: `
      CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        persona_id TEXT NOT NULL,
        community_id TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('seeker', 'mentor')),
        identity_id TEXT NOT NULL,
        remote TEXT NOT NULL,
        contact_pseudonym TEXT NOT NULL,
        contact_key BLOB NOT NULL,
        offer_title TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        heard INTEGER NOT NULL DEFAULT 0,
        channel_key BLOB NOT NULL,
        presence_key BLOB NOT NULL,
        send_chain BLOB NOT NULL,
        send_acked INTEGER NOT NULL DEFAULT 0,
        send_next INTEGER NOT NULL DEFAULT 0,
        receive_chain BLOB NOT NULL,
        receive_next INTEGER NOT NULL DEFAULT 0,
        next_position INTEGER NOT NULL DEFAULT 0,
        read_before INTEGER NOT NULL DEFAULT 0,
        direct_mine INTEGER NOT NULL DEFAULT 0,
        direct_theirs INTEGER NOT NULL DEFAULT 0,
        presence_sent INTEGER NOT NULL DEFAULT 0,
        presence_day INTEGER NOT NULL DEFAULT 0,
        presence_count INTEGER NOT NULL DEFAULT 0,
        presence_seen INTEGER NOT NULL DEFAULT 0,
        CHECK (send_acked <= send_next)
      ) STRICT;
      CREATE INDEX conversations_by_community ON conversations (community_id);

      CREATE TABLE messages (
        id TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        mine INTEGER NOT NULL,
        chain_index INTEGER NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        delivery TEXT CHECK (delivery IN ('queued', 'stored', 'delivered')),
        UNIQUE (conversation_id, position),
        UNIQUE (conversation_id, mine, chain_index)
      ) STRICT;

      CREATE TABLE conversation_outbox (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        ciphertext BLOB NOT NULL,
        box BLOB,
        box_sequence INTEGER NOT NULL DEFAULT 0,
        box_expiry_hours INTEGER NOT NULL DEFAULT 0,
        stored INTEGER NOT NULL DEFAULT 0,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT;

      CREATE TABLE conversation_inbox (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        ciphertext BLOB NOT NULL,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT;

      CREATE TABLE conversation_disposals (
        place BLOB PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        author_seed BLOB NOT NULL,
        sequence BLOB NOT NULL,
        added_at INTEGER NOT NULL
      ) STRICT;
    `,
  },
  ...keysSchema,
]
