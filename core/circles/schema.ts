import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'circles/1',
    sql: `
      CREATE TABLE circles (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        -- with the host; none where this persona is the host
        conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
        wire_id BLOB NOT NULL,
        name TEXT NOT NULL,
        host_key BLOB NOT NULL,
        seed BLOB NOT NULL,
        own_name TEXT NOT NULL,
        state TEXT NOT NULL,
        -- the newest one, 0 before the first
        epoch INTEGER NOT NULL DEFAULT 0,
        -- when the host begins another, if one is wanted
        rekey_at INTEGER,
        created_at INTEGER NOT NULL,
        -- messages up to this number were read
        read_upto INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE UNIQUE INDEX circles_by_conversation ON circles (conversation_id, wire_id);

      -- whom the host has invited
      CREATE TABLE circle_guests (
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        conversation_id TEXT REFERENCES conversations (id) ON DELETE SET NULL,
        state TEXT NOT NULL,
        key BLOB,
        box BLOB,
        name TEXT,
        -- the last epoch that they were told of
        told INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE UNIQUE INDEX circle_guests_once ON circle_guests (circle_id, conversation_id);
      CREATE INDEX circle_guests_by_conversation ON circle_guests (conversation_id);

      CREATE TABLE circle_epochs (
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        secret BLOB NOT NULL,
        roster BLOB NOT NULL,
        -- own index in the roster
        mine INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        -- when another followed
        closed_at INTEGER,
        -- somebody is not in it any more: nothing is stored there again
        sealed INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (circle_id, epoch)
      ) STRICT, WITHOUT ROWID;

      -- everybody who is or was in it, by their key
      CREATE TABLE circle_members (
        id TEXT PRIMARY KEY,
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        key BLOB NOT NULL,
        name TEXT NOT NULL,
        muted INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE UNIQUE INDEX circle_members_by_key ON circle_members (circle_id, key);

      -- what each member of an epoch has told, and what of theirs is here
      CREATE TABLE circle_chains (
        circle_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        member INTEGER NOT NULL,
        -- its name for libsignal, hex
        chain TEXT NOT NULL,
        turn INTEGER NOT NULL DEFAULT 0,
        count INTEGER NOT NULL DEFAULT 0,
        first INTEGER NOT NULL DEFAULT 0,
        -- received without a gap; of the own chain: stored
        next INTEGER NOT NULL DEFAULT 0,
        -- of each member, as this one told
        seen TEXT NOT NULL DEFAULT '[]',
        -- whether this one has another roster than this side
        differs INTEGER NOT NULL DEFAULT 0,
        -- of the own chain: its key, sealed for the others, and when and how it was told last
        keys BLOB,
        told_day INTEGER NOT NULL DEFAULT 0,
        told_at INTEGER NOT NULL DEFAULT 0,
        told_sequence INTEGER NOT NULL DEFAULT 0,
        more_work INTEGER NOT NULL DEFAULT 0,
        -- since when there is something to tell
        news_at INTEGER,
        PRIMARY KEY (circle_id, epoch, member),
        FOREIGN KEY (circle_id, epoch) REFERENCES circle_epochs (circle_id, epoch) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      -- however an epoch goes, its keys go with it
      CREATE TRIGGER circle_chains_gone AFTER DELETE ON circle_chains BEGIN
        DELETE FROM ratchet_sender_keys WHERE owner = OLD.circle_id AND chain = OLD.chain;
      END;

      -- received ahead of their turn
      CREATE TABLE circle_ahead (
        circle_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        member INTEGER NOT NULL,
        chain_index INTEGER NOT NULL,
        PRIMARY KEY (circle_id, epoch, member, chain_index),
        FOREIGN KEY (circle_id, epoch, member) REFERENCES circle_chains (circle_id, epoch, member) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE circle_messages (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        member_id TEXT NOT NULL REFERENCES circle_members (id) ON DELETE CASCADE,
        wire_id BLOB,
        mine INTEGER NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        -- of kind gap: how many messages
        missing INTEGER NOT NULL DEFAULT 0,
        sent_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX circle_messages_in_order ON circle_messages (circle_id, sent_at, number);
      CREATE UNIQUE INDEX circle_messages_once ON circle_messages (circle_id, member_id, wire_id);

      -- what is to be stored, and what is stored and looked after
      CREATE TABLE circle_outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        message_id TEXT,
        plaintext BLOB NOT NULL,
        epoch INTEGER,
        chain_index INTEGER,
        ciphertext BLOB,
        box BLOB,
        sequence INTEGER NOT NULL DEFAULT 0,
        expiry_hours INTEGER NOT NULL DEFAULT 0,
        more_work INTEGER NOT NULL DEFAULT 0,
        stored INTEGER NOT NULL DEFAULT 0,
        made_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX circle_outbox_by_circle ON circle_outbox (circle_id, stored, number);

      CREATE TABLE circle_reports (
        number INTEGER PRIMARY KEY,
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        by_member TEXT NOT NULL REFERENCES circle_members (id) ON DELETE CASCADE,
        about TEXT NOT NULL REFERENCES circle_members (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
    `,
  },
  {
    name: 'circles/2',
    sql: `
      -- resources that were withdrawn and are not here: the withdrawal came first
      CREATE TABLE circle_withdrawn (
        circle_id TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
        member_id TEXT NOT NULL REFERENCES circle_members (id) ON DELETE CASCADE,
        wire_id BLOB NOT NULL,
        PRIMARY KEY (circle_id, member_id, wire_id)
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
