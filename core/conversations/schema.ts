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
 *
 * How far an own message has come is not written beside it: it follows from the
 * counters and the outbox. `chain_index` of a message in parts is its last one's.
 *
 * Words are taken into the index before a search, and not with each message: that
 * would be four more pages in every transaction. `message_words_next` is the
 * first message whose words are not in it.
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
  {
    name: 'conversations/2',
    sql: `
      ALTER TABLE conversations ADD COLUMN timer INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN ending TEXT NOT NULL DEFAULT 'none'
        CHECK (ending IN ('none', 'asked', 'confirmed', 'by-contact'));
      ALTER TABLE conversations ADD COLUMN end_owed INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN read_told INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE conversations ADD COLUMN read_theirs INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE conversation_outbox_2 (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        ciphertext BLOB NOT NULL,
        plaintext BLOB,
        box BLOB,
        box_sequence INTEGER NOT NULL DEFAULT 0,
        box_expiry_hours INTEGER NOT NULL DEFAULT 0,
        stored INTEGER NOT NULL DEFAULT 0,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO conversation_outbox_2 (conversation_id, chain_index, ciphertext, box, box_sequence, box_expiry_hours,
          stored, due_at)
        SELECT conversation_id, chain_index, ciphertext, box, box_sequence, box_expiry_hours, stored, due_at
        FROM conversation_outbox;
      DROP TABLE conversation_outbox;
      ALTER TABLE conversation_outbox_2 RENAME TO conversation_outbox;

      CREATE TABLE messages_2 (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        mine INTEGER NOT NULL,
        chain_index INTEGER NOT NULL,
        items INTEGER NOT NULL DEFAULT 1,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        written_at INTEGER NOT NULL,
        edited INTEGER NOT NULL DEFAULT 0,
        reply_mine INTEGER,
        reply_index INTEGER,
        timer INTEGER NOT NULL DEFAULT 0,
        expires_at INTEGER,
        UNIQUE (conversation_id, position),
        UNIQUE (conversation_id, mine, chain_index)
      ) STRICT;
      INSERT INTO messages_2 (id, conversation_id, position, mine, chain_index, kind, text, sent_at, written_at)
        SELECT id, conversation_id, position, mine, chain_index, kind, text, sent_at, sent_at
        FROM messages ORDER BY conversation_id, position;
      DROP TABLE messages;
      ALTER TABLE messages_2 RENAME TO messages;
      CREATE INDEX messages_by_expiry ON messages (expires_at) WHERE expires_at IS NOT NULL;

      CREATE TABLE message_reactions (
        message INTEGER NOT NULL REFERENCES messages (number) ON DELETE CASCADE,
        mine INTEGER NOT NULL,
        emoji TEXT NOT NULL,
        PRIMARY KEY (message, mine)
      ) STRICT;

      CREATE TABLE conversation_parts (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        nth INTEGER NOT NULL,
        count INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (conversation_id, nth)
      ) STRICT;

      CREATE TABLE conversation_drafts (
        conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        text TEXT NOT NULL
      ) STRICT;

      CREATE VIRTUAL TABLE message_words USING fts5 (
        text, content = 'messages', content_rowid = 'number', columnsize = 0, tokenize = 'signal_tokenizer'
      );
      INSERT INTO message_words (message_words, rank) VALUES ('secure-delete', 1);
      CREATE TABLE message_words_next (number INTEGER NOT NULL) STRICT;
      INSERT INTO message_words_next VALUES (0);
      CREATE TRIGGER message_words_gone AFTER DELETE ON messages BEGIN
        INSERT INTO message_words (message_words, rowid, text) SELECT 'delete', old.number, old.text
          WHERE old.text <> '' AND old.number < (SELECT number FROM message_words_next);
        -- the number of what was last may be given again
        UPDATE message_words_next SET number = min(number, 1 + ifnull((SELECT max(number) FROM messages), 0));
      END;
      CREATE TRIGGER message_words_changed AFTER UPDATE OF text ON messages
        WHEN old.number < (SELECT number FROM message_words_next)
      BEGIN
        INSERT INTO message_words (message_words, rowid, text)
          SELECT 'delete', old.number, old.text WHERE old.text <> '';
        INSERT INTO message_words (rowid, text) SELECT new.number, new.text WHERE new.text <> '';
      END;
    `,
  },
  ...keysSchema,
  {
    name: 'conversations/3',
    // what holds words of a message goes with it, also what changed them; `items` of a message knew its own alone
    sql: `
      ALTER TABLE conversation_outbox ADD COLUMN about INTEGER;
      UPDATE conversation_outbox SET about = (SELECT m.chain_index FROM messages m
        WHERE m.conversation_id = conversation_outbox.conversation_id AND m.mine = 1
          AND m.chain_index >= conversation_outbox.chain_index
          AND m.chain_index - m.items < conversation_outbox.chain_index);
      ALTER TABLE messages DROP COLUMN items;
    `,
  },
  { name: 'conversations/4', sql: 'ALTER TABLE messages ADD COLUMN event TEXT;' },
  {
    name: 'conversations/5',
    // NULL where it is not known any more
    sql: "ALTER TABLE conversations ADD COLUMN offer_kind TEXT CHECK (offer_kind IN ('offer', 'request'));",
  },
]
