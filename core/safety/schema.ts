import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'safety/1',
    sql: `
      -- evidence on its way to a guardian; what is secret of it goes when its boxes have expired
      CREATE TABLE sent_reports (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        guardian_name TEXT NOT NULL,
        sign_key BLOB NOT NULL,
        box_key BLOB NOT NULL,
        about TEXT NOT NULL,
        signed INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('preparing', 'sent', 'failed', 'over', 'cancelled')),
        created_at INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        evidence BLOB,
        root BLOB,
        author_seed BLOB,
        work BLOB,
        due_at INTEGER NOT NULL
      ) STRICT;

      -- part -1 is the letter
      CREATE TABLE sent_report_boxes (
        report_id TEXT NOT NULL REFERENCES sent_reports (id) ON DELETE CASCADE,
        part INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        box BLOB,
        stored INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        PRIMARY KEY (report_id, part)
      ) STRICT;

      -- for a guardian: letters that were read, and their evidence once it is here
      CREATE TABLE received_reports (
        id TEXT PRIMARY KEY,
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        root BLOB NOT NULL UNIQUE,
        length INTEGER NOT NULL,
        hash BLOB NOT NULL,
        evidence BLOB,
        received_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        opened INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE received_report_parts (
        report_id TEXT NOT NULL REFERENCES received_reports (id) ON DELETE CASCADE,
        part INTEGER NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (report_id, part)
      ) STRICT;

      -- letters that were looked at, so that nothing is checked twice
      CREATE TABLE looked_letters (
        place BLOB NOT NULL,
        author BLOB NOT NULL,
        sequence BLOB NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (place, author)
      ) STRICT;

      -- what the person said; a guardian of whom they said nothing is followed
      CREATE TABLE followed_guardians (
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        sign_key BLOB NOT NULL,
        follows INTEGER NOT NULL,
        PRIMARY KEY (community_id, sign_key)
      ) STRICT;
    `,
  },
  {
    name: 'safety/2',
    sql: `
      -- how often its parts were looked for
      ALTER TABLE received_reports ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;

      CREATE INDEX received_reports_coming ON received_reports (tries) WHERE evidence IS NULL;

      -- of a letter whose work is good: what it tells of; and whether that waits for room, after so many tries
      ALTER TABLE looked_letters ADD COLUMN root BLOB;
      ALTER TABLE looked_letters ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE looked_letters ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
    `,
  },
]
