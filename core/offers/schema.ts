import type { Migration } from '../database/migrations.ts'

/** What is put to the words of version 1, as JSON. A copy: this step never changes. */
const unsaidThen =
  '{"tags":[],"availability":[],"capacity":1,"duration":"open","boundaries":"","inReturn":{"topics":[],"text":""},"meet":""}'

export const schema: readonly Migration[] = [
  {
    name: 'offers/1',
    sql: `
      CREATE TABLE own_offers (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        draft TEXT NOT NULL,
        secret BLOB NOT NULL,
        identity_id TEXT NOT NULL REFERENCES ratchet_identities (id),
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('publishing', 'published', 'failed', 'withdrawing', 'withdrawn')),
        ended_at INTEGER
      ) STRICT;

      -- an offer as it is published in one epoch, with the keys of that epoch
      CREATE TABLE offer_editions (
        offer_id TEXT NOT NULL REFERENCES own_offers (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        bundle BLOB NOT NULL,
        write_seed BLOB NOT NULL,
        read_seed BLOB NOT NULL,
        seal_secret BLOB NOT NULL,
        expiry_hours INTEGER NOT NULL,
        delete_at INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch)
      ) STRICT;

      -- one copy of an edition, on one board; box is NULL until it is mined
      CREATE TABLE offer_boxes (
        offer_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        topic TEXT NOT NULL,
        place BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        box BLOB,
        stored INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch, topic),
        FOREIGN KEY (offer_id, epoch) REFERENCES offer_editions (offer_id, epoch) ON DELETE CASCADE
      ) STRICT;

      -- what was read of others' offers (and of one's own)
      CREATE TABLE seen_offers (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_key BLOB NOT NULL,
        identity_key BLOB NOT NULL,
        pseudonym TEXT NOT NULL,
        kind TEXT NOT NULL,
        draft TEXT NOT NULL,
        bundle BLOB NOT NULL,
        address BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        first_seen_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        introduced INTEGER NOT NULL,
        UNIQUE (community_id, persona_key, identity_key)
      ) STRICT;
      CREATE INDEX seen_offers_by_time ON seen_offers (community_id, first_seen_at);

      CREATE TABLE seen_offer_topics (
        offer_id TEXT NOT NULL REFERENCES seen_offers (id) ON DELETE CASCADE,
        topic TEXT NOT NULL,
        PRIMARY KEY (topic, offer_id)
      ) STRICT;
      CREATE INDEX seen_offer_topics_by_offer ON seen_offer_topics (offer_id);
    `,
  },
  {
    name: 'offers/2',
    sql: `
      -- the group of shards that the box takes on its board; place and author follow from it
      ALTER TABLE offer_boxes ADD COLUMN board_group INTEGER NOT NULL DEFAULT 0;

      -- where a box may lie on some nodes although it went on to another group: it is taken off there too
      CREATE TABLE offer_boxes_left (
        offer_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        topic TEXT NOT NULL,
        board_group INTEGER NOT NULL,
        place BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch, topic, board_group),
        FOREIGN KEY (offer_id, epoch) REFERENCES offer_editions (offer_id, epoch) ON DELETE CASCADE
      ) STRICT;
    `,
  },
  {
    name: 'offers/signed',
    sql: `
      -- what shows others that the persona signed it; NULL where it was read before this was kept
      ALTER TABLE seen_offers ADD COLUMN signature BLOB;
      ALTER TABLE seen_offers ADD COLUMN box_author BLOB;
      ALTER TABLE seen_offers ADD COLUMN expiry_hours INTEGER;
    `,
  },
  {
    name: 'offers/3',
    sql: `
      -- what is said since version 2 of the content
      CREATE TABLE own_offers_3 (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        draft TEXT NOT NULL,
        secret BLOB NOT NULL,
        identity_id TEXT NOT NULL REFERENCES ratchet_identities (id),
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (
          state IN ('publishing', 'published', 'failed', 'pausing', 'paused', 'withdrawing', 'withdrawn')
        ),
        ended_at INTEGER,
        revision INTEGER NOT NULL,
        -- whether its author was told that it ends soon
        reminded INTEGER NOT NULL
      ) STRICT;
      INSERT INTO own_offers_3
        SELECT id, community_id, persona_id, json_patch('${unsaidThen}', draft), secret, identity_id, created_at,
          expires_at, iif(state = 'published', 'publishing', state), ended_at, 0, 0
        FROM own_offers;

      CREATE TABLE offer_editions_3 (
        offer_id TEXT NOT NULL REFERENCES own_offers_3 (id) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        bundle BLOB NOT NULL,
        write_seed BLOB NOT NULL,
        read_seed BLOB NOT NULL,
        seal_secret BLOB NOT NULL,
        expiry_hours INTEGER NOT NULL,
        delete_at INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch)
      ) STRICT;
      INSERT INTO offer_editions_3
        SELECT offer_id, epoch, bundle, write_seed, read_seed, seal_secret, expiry_hours, delete_at FROM offer_editions;

      CREATE TABLE offer_boxes_3 (
        offer_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        topic TEXT NOT NULL,
        board_group INTEGER NOT NULL,
        place BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        box BLOB,
        stored INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch, topic),
        FOREIGN KEY (offer_id, epoch) REFERENCES offer_editions_3 (offer_id, epoch) ON DELETE CASCADE
      ) STRICT;
      -- those that were mined hold words of version 1, and are made again
      INSERT INTO offer_boxes_3
        SELECT offer_id, epoch, topic, board_group, place, sequence + (box IS NOT NULL), NULL, 0, 0, 0 FROM offer_boxes
        ORDER BY rowid;

      CREATE TABLE offer_boxes_left_3 (
        offer_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        topic TEXT NOT NULL,
        board_group INTEGER NOT NULL,
        place BLOB NOT NULL,
        sequence INTEGER NOT NULL,
        -- to be taken off at once, and not only when the offer is: its topic was taken out of the offer
        bury INTEGER NOT NULL,
        PRIMARY KEY (offer_id, epoch, topic, board_group),
        FOREIGN KEY (offer_id, epoch) REFERENCES offer_editions_3 (offer_id, epoch) ON DELETE CASCADE
      ) STRICT;
      INSERT INTO offer_boxes_left_3
        SELECT offer_id, epoch, topic, board_group, place, sequence, 0 FROM offer_boxes_left ORDER BY rowid;

      DROP TABLE offer_boxes_left;
      DROP TABLE offer_boxes;
      DROP TABLE offer_editions;
      DROP TABLE own_offers;
      ALTER TABLE own_offers_3 RENAME TO own_offers;
      ALTER TABLE offer_editions_3 RENAME TO offer_editions;
      ALTER TABLE offer_boxes_3 RENAME TO offer_boxes;
      ALTER TABLE offer_boxes_left_3 RENAME TO offer_boxes_left;

      -- what is being written; offer_id where it changes an offer that is there
      CREATE TABLE offer_drafts (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL,
        persona_id TEXT NOT NULL,
        offer_id TEXT UNIQUE REFERENCES own_offers (id) ON DELETE SET NULL,
        draft TEXT NOT NULL,
        changed_at INTEGER NOT NULL
      ) STRICT;

      ALTER TABLE seen_offers ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
      -- CBOR array of byte strings; NULL for none
      ALTER TABLE seen_offers ADD COLUMN vouches BLOB;
      -- the free tags as they are compared, separated by line feeds
      ALTER TABLE seen_offers ADD COLUMN tags TEXT NOT NULL DEFAULT '';
      -- what was signed were the words of version 1
      UPDATE seen_offers SET draft = json_patch('${unsaidThen}', draft), signature = NULL, box_author = NULL;
    `,
  },
]
