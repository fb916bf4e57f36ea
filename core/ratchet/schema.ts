import type { Migration } from '../database/migrations.ts'

/**
 * The base-key log outlives sessions on purpose: without one-time prekeys only
 * it tells a replayed first message from a new one. It goes with the prekeys
 * that the message was made for.
 */
export const schema: readonly Migration[] = [
  {
    name: 'ratchet/1',
    sql: `
      CREATE TABLE ratchet_identities (
        id TEXT PRIMARY KEY,
        persona_id TEXT NOT NULL,
        key_pair BLOB NOT NULL,
        registration_id INTEGER NOT NULL,
        next_prekey_id INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE ratchet_prekeys (
        identity_id TEXT NOT NULL REFERENCES ratchet_identities (id) ON DELETE CASCADE,
        id INTEGER NOT NULL,
        signed BLOB NOT NULL,
        kyber BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        delete_at INTEGER NOT NULL,
        PRIMARY KEY (identity_id, id)
      ) STRICT;
      CREATE INDEX ratchet_prekeys_by_end ON ratchet_prekeys (delete_at);

      CREATE TABLE ratchet_base_keys (
        identity_id TEXT NOT NULL,
        kyber_id INTEGER NOT NULL,
        signed_id INTEGER NOT NULL,
        base_key BLOB NOT NULL,
        PRIMARY KEY (identity_id, kyber_id, signed_id, base_key),
        FOREIGN KEY (identity_id, kyber_id) REFERENCES ratchet_prekeys (identity_id, id) ON DELETE CASCADE
      ) STRICT;

      CREATE TABLE ratchet_sessions (
        identity_id TEXT NOT NULL REFERENCES ratchet_identities (id) ON DELETE CASCADE,
        remote TEXT NOT NULL,
        record BLOB NOT NULL,
        revision INTEGER NOT NULL,
        PRIMARY KEY (identity_id, remote)
      ) STRICT;
    `,
  },
  {
    name: 'ratchet/2',
    // whose first message it was, so that one which was taken can be given back (Ratchet.undoFirst)
    sql: 'ALTER TABLE ratchet_base_keys ADD COLUMN remote TEXT',
  },
  {
    name: 'ratchet/3',
    // an offer's identity stays for as long as the offer is known, also where no session needs it
    sql: `
      ALTER TABLE ratchet_identities ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;
      UPDATE ratchet_identities SET offered = 1 WHERE next_prekey_id > 1;
    `,
  },
  {
    name: 'ratchet/4',
    // a session that is begun anew and that the other has not answered yet; until then the old one is in use
    sql: `
      CREATE TABLE ratchet_renewals (
        identity_id TEXT NOT NULL REFERENCES ratchet_identities (id) ON DELETE CASCADE,
        remote TEXT NOT NULL,
        record BLOB NOT NULL,
        PRIMARY KEY (identity_id, remote)
      ) STRICT;
    `,
  },
  {
    name: 'ratchet/5',
    sql: `
      -- one chain of a group: of whose copy of the group, and which chain
      CREATE TABLE ratchet_sender_keys (
        owner TEXT NOT NULL,
        chain TEXT NOT NULL,
        record BLOB NOT NULL,
        revision INTEGER NOT NULL,
        PRIMARY KEY (owner, chain)
      ) STRICT, WITHOUT ROWID;
    `,
  },
]
