import {
  SessionRecord,
  type KyberPreKeyRecord,
  type ProtocolAddress,
  type PublicKey,
  type SignedPreKeyRecord,
} from '@signalapp/libsignal-client'
import type { Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'
import type { Identities, Identity } from './identities.ts'
import { remoteOf } from './session.ts'

interface StoredSession {
  readonly record: Bytes
  readonly revision: number
}

interface UsedBaseKey {
  readonly kyberId: number
  readonly signedId: number
  readonly baseKey: Bytes
}

/**
 * Where a step begins and what it changes:
 * `use` the session in use; `begin` from nothing, to one beside that in use;
 * `receive` from nothing, in the place of that in use; `finish` from the one
 * beside, in the place of that in use.
 */
export type StageKind = 'use' | 'begin' | 'receive' | 'finish'

/** One or more ratchet steps with one remote: reads come from the vault, writes stay in memory until `commit`. */
export class Stage {
  readonly #database: Database
  readonly #identities: Identities
  readonly identity: Identity
  readonly #remote: string
  readonly #kind: StageKind
  readonly #before: StoredSession | undefined
  #record: SessionRecord | undefined
  #opened: SessionRecord | undefined
  readonly #used: UsedBaseKey[] = []
  #committed = false

  constructor(database: Database, identities: Identities, identity: Identity, remote: string, kind: StageKind = 'use') {
    this.#database = database
    this.#identities = identities
    this.identity = identity
    this.#remote = remote
    this.#kind = kind
    this.#before = this.#stored()
  }

  get hasSession(): boolean {
    return this.#before !== undefined
  }

  /** Whether libsignal can read the session that the step begins with. */
  get isUsable(): boolean {
    if (this.#before === undefined) return false
    try {
      // kept: reading it once more would take as long as a step
      this.#opened ??= SessionRecord.deserialize(this.#before.record)
      return true
    } catch {
      return false
    }
  }

  /**
   * Writes what the step changed. The session must still be as it was when the
   * step began: two steps from one state would use the same keys twice.
   *
   * @throws Fault `internal` on a second commit or a changed session, `unreadable` on a base key used before
   */
  commit(): void {
    if (this.#committed) throw new Fault('internal', 'A ratchet step was committed twice')
    if (this.#record === undefined) throw new Fault('internal', 'A ratchet step without a session')
    this.#committed = true
    const changed = this.#write(this.#record.serialize())
    if (changed !== 1) throw new Fault('internal', 'A ratchet session changed between staging and commit')
    for (const used of this.#used) {
      const added = this.#database.run(
        'INSERT INTO ratchet_base_keys (identity_id, kyber_id, signed_id, base_key, remote) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        [this.identity.id, used.kyberId, used.signedId, used.baseKey, this.#remote],
      )
      if (added !== 1) throw replayed()
    }
  }

  #stored(): StoredSession | undefined {
    const key = [this.identity.id, this.#remote] as const
    if (this.#kind === 'use') {
      return this.#database.get<{ record: Bytes; revision: number }>(
        'SELECT record, revision FROM ratchet_sessions WHERE identity_id = ? AND remote = ?',
        key,
      )
    }
    if (this.#kind !== 'finish') return undefined
    return this.#database.get<{ record: Bytes; revision: number }>(
      'SELECT record, 0 AS revision FROM ratchet_renewals WHERE identity_id = ? AND remote = ?',
      key,
    )
  }

  /** @returns how many sessions changed: 1, or it was not as it should be */
  #write(record: Bytes): number {
    const key = [this.identity.id, this.#remote] as const
    if (this.#kind === 'begin') {
      return this.#database.run(
        'INSERT OR REPLACE INTO ratchet_renewals (identity_id, remote, record) VALUES (?, ?, ?)',
        [...key, record],
      )
    }
    if (this.#kind === 'use') {
      return this.#before === undefined
        ? this.#database.run(
            'INSERT INTO ratchet_sessions (identity_id, remote, record, revision) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING',
            [...key, record],
          )
        : this.#database.run(
            'UPDATE ratchet_sessions SET record = ?, revision = revision + 1 WHERE identity_id = ? AND remote = ? AND revision = ?',
            [record, ...key, this.#before.revision],
          )
    }
    if (this.#before !== undefined) {
      const asBefore = this.#database.run(
        'DELETE FROM ratchet_renewals WHERE identity_id = ? AND remote = ? AND record = ?',
        [...key, this.#before.record],
      )
      if (asBefore !== 1) return 0
    }
    return this.#database.run(
      `INSERT INTO ratchet_sessions (identity_id, remote, record, revision) VALUES (?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET record = excluded.record, revision = revision + 1`,
      [...key, record],
    )
  }

  session(address: ProtocolAddress): SessionRecord | null {
    this.#onlyRemote(address)
    if (this.#record !== undefined) return this.#record
    if (this.#opened !== undefined) return this.#opened
    return this.#before === undefined ? null : SessionRecord.deserialize(this.#before.record)
  }

  saveSession(address: ProtocolAddress, record: SessionRecord): void {
    this.#onlyRemote(address)
    this.#record = record
  }

  /** The address is the hash of the key: there is nothing to remember, and a key cannot change. */
  trusts(address: ProtocolAddress, key: PublicKey): boolean {
    this.#onlyRemote(address)
    return remoteOf(key.serialize()) === this.#remote
  }

  signedPreKey(id: number): SignedPreKeyRecord {
    return this.#identities.signedPreKey(this.identity.id, id)
  }

  kyberPreKey(id: number): KyberPreKeyRecord {
    return this.#identities.kyberPreKey(this.identity.id, id)
  }

  /**
   * Notes the base key of a first message. @throws Fault `unreadable` on one that was used before
   */
  useBaseKey(kyberId: number, signedId: number, key: PublicKey): void {
    const baseKey = key.serialize()
    const known = this.#database.get(
      'SELECT 1 AS known FROM ratchet_base_keys WHERE identity_id = ? AND kyber_id = ? AND signed_id = ? AND base_key = ?',
      [this.identity.id, kyberId, signedId, baseKey],
    )
    if (known !== undefined) throw replayed()
    this.#used.push({ kyberId, signedId, baseKey })
  }

  #onlyRemote(address: ProtocolAddress): void {
    if (address.name() !== this.#remote) throw new Fault('internal', 'A ratchet step reached for another session')
  }
}

function replayed(): Fault<'unreadable'> {
  return new Fault('unreadable', 'A first message that came before')
}
