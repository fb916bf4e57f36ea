import type { Migration } from '../database/migrations.ts'

export const schema: readonly Migration[] = [
  {
    name: 'commons/1',
    sql: `
      -- of each key and signer: the latest that is here whole, and a later one whose body is still to come
      CREATE TABLE documents (
        number INTEGER PRIMARY KEY,
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        area TEXT NOT NULL,
        key BLOB NOT NULL,
        signer BLOB NOT NULL,
        version INTEGER NOT NULL,
        digest BLOB NOT NULL,
        head BLOB NOT NULL,
        body BLOB,
        whole INTEGER NOT NULL CHECK (whole = (body IS NOT NULL)),
        -- what makes no sense is not asked for again
        useless INTEGER NOT NULL DEFAULT 0,
        -- signed on this device: it is published whoever else does
        mine INTEGER NOT NULL,
        since INTEGER NOT NULL,
        UNIQUE (community_id, area, key, signer, whole)
      ) STRICT;

      CREATE INDEX documents_by_digest ON documents (community_id, digest);

      -- copies of this device: of a head (part -1 and lower) or a part of a body, in one epoch
      CREATE TABLE document_boxes (
        document INTEGER NOT NULL REFERENCES documents (number) ON DELETE CASCADE,
        epoch INTEGER NOT NULL,
        part INTEGER NOT NULL,
        -- how often nodes refused it: the next one is another box, with more work
        refusals INTEGER NOT NULL,
        box BLOB,
        stored INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (document, epoch, part)
      ) STRICT;

      -- what the authors of those boxes are derived from: nobody else can replace or delete them
      CREATE TABLE document_keepers (
        community_id TEXT PRIMARY KEY REFERENCES communities (id) ON DELETE CASCADE,
        secret BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    name: 'commons/2',
    sql: `
      -- of signers who are not followed any more: what counted last, so that nothing earlier comes back with them
      CREATE TABLE document_editions (
        community_id TEXT NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
        area TEXT NOT NULL,
        key BLOB NOT NULL,
        signer BLOB NOT NULL,
        version INTEGER NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (community_id, area, key, signer)
      ) STRICT;
    `,
  },
]
