import type { Migration } from '../database/migrations.ts'

/**
 * What both sides have stated stands in `mentorship_statements`, in the places of
 * their chains; everything about the state of a mentorship follows from it
 * (`life.ts`). `body` is NULL once what it said was deleted: its place is still
 * needed to tell what came after what.
 *
 * `document`: what both edit, NULL once deleted. `owed`: the other asked to
 * delete things, and was not told yet that it is done. `untold`: this person has
 * left, or deleted it besides, and the other was not told yet. `notes`, `debrief`, hours and reminders never leave the device.
 *
 * Items of the other that were not read, or refused, are `mentorship_gaps`; what
 * the other misses of this side is `mentorship_answers`, with the own item in
 * which it was told again (NULL: still to be told). `mentorship_edits` keeps own
 * changes for that, until the other has shown that it has them, or for a while.
 *
 * Of hours whose mentorship is gone the sums stay, and nothing else.
 */
export const schema: readonly Migration[] = [
  {
    name: 'mentorships/1',
    sql: `
      CREATE TABLE mentorships (
        id TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        document BLOB,
        used_seeker INTEGER NOT NULL DEFAULT 0,
        used_mentor INTEGER NOT NULL DEFAULT 0,
        erased INTEGER NOT NULL DEFAULT 0,
        owed_workspace INTEGER NOT NULL DEFAULT 0,
        owed_files INTEGER NOT NULL DEFAULT 0,
        untold_end INTEGER NOT NULL DEFAULT 0,
        untold_erase INTEGER NOT NULL DEFAULT 0,
        forgotten INTEGER NOT NULL DEFAULT 0,
        moved_at INTEGER NOT NULL,
        check_ins INTEGER NOT NULL DEFAULT 1,
        check_in_seen INTEGER NOT NULL DEFAULT 0,
        reminder INTEGER DEFAULT 30,
        notes TEXT NOT NULL DEFAULT '',
        debrief TEXT NOT NULL DEFAULT '{}'
      ) STRICT;
      CREATE INDEX mentorships_by_conversation ON mentorships (conversation_id);

      CREATE TABLE mentorship_statements (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        side TEXT NOT NULL CHECK (side IN ('seeker', 'mentor')),
        chain_index INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        tick INTEGER NOT NULL,
        at INTEGER NOT NULL,
        mentorship_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body BLOB,
        PRIMARY KEY (conversation_id, side, chain_index)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_reminders (
        mentorship_id TEXT NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
        session_id TEXT NOT NULL,
        plan INTEGER NOT NULL,
        PRIMARY KEY (mentorship_id, session_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_hours (
        mentorship_id TEXT NOT NULL REFERENCES mentorships (id) ON DELETE CASCADE,
        session_id TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        given INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (mentorship_id, session_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_hours_past (given INTEGER NOT NULL, received INTEGER NOT NULL) STRICT;
      INSERT INTO mentorship_hours_past VALUES (0, 0);
      CREATE TRIGGER mentorship_hours_gone AFTER DELETE ON mentorship_hours BEGIN
        UPDATE mentorship_hours_past SET given = given + old.minutes * old.given,
          received = received + old.minutes * (1 - old.given);
      END;
    `,
  },
  {
    name: 'mentorships/2',
    sql: `
      ALTER TABLE mentorship_statements ADD COLUMN lost TEXT NOT NULL DEFAULT '[]';

      CREATE TABLE mentorship_edits (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        mentorship_id TEXT NOT NULL,
        seen INTEGER NOT NULL,
        lost TEXT NOT NULL,
        at INTEGER NOT NULL,
        edit BLOB NOT NULL,
        acked_at INTEGER,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_gaps (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        noted_at INTEGER NOT NULL,
        asked INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_answers (
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        chain_index INTEGER NOT NULL,
        told INTEGER,
        PRIMARY KEY (conversation_id, chain_index)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE mentorship_asking (
        conversation_id TEXT PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        asks_from INTEGER NOT NULL DEFAULT 0,
        asks INTEGER NOT NULL DEFAULT 0,
        asked_at INTEGER NOT NULL DEFAULT 0,
        answers_from INTEGER NOT NULL DEFAULT 0,
        answers INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
