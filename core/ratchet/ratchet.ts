import { SessionRecord } from '@signalapp/libsignal-client'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { Database } from '../database/database.ts'
import { decodeBundle, encodeBundle } from './bundle.ts'
import { identityKeyIn } from './fingerprint.ts'
import { readFirst, writeFirst } from './first-step.ts'
import { Identities, type Audience } from './identities.ts'
import { Renewal } from './renewal.ts'
import { publicKey, remoteOf, type SessionRef, type Staged, type Steps } from './session.ts'
import { Stage } from './stage.ts'
import { staged, stepsOf } from './step.ts'

/**
 * libsignal's PQXDH and Double Ratchet over the vault. PROTOCOL.md section
 * "Ratchet".
 *
 * Every step is staged: it changes nothing until its `commit` is called, inside
 * the caller's own transaction. Hold `withLock` from staging to commit.
 */
export class Ratchet {
  readonly #database: Database
  readonly #clock: Clock
  readonly #identities: Identities
  readonly #locks = new Locks()
  /** How a session is begun anew where the old one is broken. */
  readonly renewal: Renewal

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
    this.#identities = new Identities(database, clock)
    this.renewal = new Renewal(database, this.#identities, clock)
  }

  /**
   * A fresh identity, for one relationship or one offer. Synchronous: it joins
   * the caller's transaction.
   *
   * @returns its id, local to this vault
   */
  createIdentity(personaId: string, audience: Audience = 'relationship'): string {
    return this.#identities.create(personaId, audience)
  }

  /** With its prekeys and sessions. Synchronous. */
  deleteIdentity(identityId: string): void {
    this.#identities.delete(identityId)
  }

  /** As `deleteIdentity`, but only where neither an offer nor a session is left that needs it. Synchronous. */
  deleteUnusedIdentity(identityId: string): void {
    this.#identities.deleteUnused(identityId)
  }

  /** The offer that an identity was made for is forgotten: deleted now, or with its last session. Synchronous. */
  releaseIdentity(identityId: string): void {
    this.#identities.release(identityId)
  }

  /** Forgets the private halves of a bundle before their time: nobody is to begin with it any more. Synchronous. */
  forgetBundle(identityId: string, bundle: Bytes): void {
    this.#identities.forgetPrekeys(identityId, decodeBundle(bundle).signedPreKeyId())
  }

  /** The public identity key, 33 bytes. @throws Fault `not-found` */
  identityKey(identityId: string): Bytes {
    return this.#identities.get(identityId).keyPair.publicKey.serialize()
  }

  /** Whether an identity is here: a vault that was damaged may lack one that a conversation names. */
  hasIdentity(identityId: string): boolean {
    return this.#database.get('SELECT 1 AS here FROM ratchet_identities WHERE id = ?', [identityId]) !== undefined
  }

  /** Whether there is a session that libsignal can use, neither lost nor damaged. */
  hasSession({ identityId, remote }: SessionRef): boolean {
    if (!this.hasIdentity(identityId)) return false
    const row = this.#database.get<{ record: Bytes }>(
      'SELECT record FROM ratchet_sessions WHERE identity_id = ? AND remote = ?',
      [identityId, remote],
    )
    try {
      return row !== undefined && SessionRecord.deserialize(row.record).hasCurrentState(new Date(this.#clock.now()))
    } catch {
      return false
    }
  }

  /** The other's identity key, 33 bytes; also of a session that is being begun anew. @throws Fault `not-found` where there is none, or one that is damaged */
  remoteIdentityKey(session: SessionRef): Bytes {
    const row = this.#database.get<{ record: Bytes }>(
      `SELECT record FROM ratchet_sessions WHERE identity_id = $identityId AND remote = $remote
       UNION ALL SELECT record FROM ratchet_renewals WHERE identity_id = $identityId AND remote = $remote`,
      { identityId: session.identityId, remote: session.remote },
    )
    const key = row === undefined ? undefined : identityKeyIn(row.record, session.remote)
    if (key === undefined) throw new Fault('not-found', 'No such session')
    return key
  }

  /** The newest prekeys, encoded (bundle.ts). Makes the first ones. @throws Fault `not-found` */
  bundle(identityId: string): Bytes {
    return encodeBundle(this.#identities.bundle(identityId))
  }

  /**
   * New prekeys, to be handed out until `publishedUntil` (ms); their private
   * halves are deleted 16 days after that. Synchronous.
   *
   * @throws Fault `not-found`
   */
  rotate(identityId: string, publishedUntil: number): void {
    this.#identities.rotate(identityId, publishedUntil)
  }

  /** A bundle is handed out until `publishedUntil` (ms), and not only until what `rotate` was told. Synchronous. */
  keepBundle(identityId: string, bundle: Bytes, publishedUntil: number): void {
    this.#identities.keepPrekeys(identityId, decodeBundle(bundle).signedPreKeyId(), publishedUntil)
  }

  /** Deletes private prekeys whose time is over. Call it at start and once a day. */
  purge(): void {
    this.#identities.purge()
  }

  /** Synchronous. The base-key log stays: what began this session cannot begin another. */
  deleteSession(session: SessionRef): void {
    this.renewal.forget(session)
    this.#database.run('DELETE FROM ratchet_sessions WHERE identity_id = ? AND remote = ?', [
      session.identityId,
      session.remote,
    ])
  }

  /**
   * As if the first message of a session had never come: it may come again.
   * For one that nobody has read or answered. Synchronous.
   */
  undoFirst(session: SessionRef): void {
    this.deleteSession(session)
    this.#database.run('DELETE FROM ratchet_base_keys WHERE identity_id = ? AND remote = ?', [
      session.identityId,
      session.remote,
    ])
  }

  /**
   * One at a time for each identity, and so for all of its sessions. Not
   * reentrant: never call it inside a body of the same identity.
   */
  withLock<T>(of: SessionRef | string, body: () => Promise<T>): Promise<T> {
    return this.#locks.run(typeof of === 'string' ? of : of.identityId, body)
  }

  /**
   * Begins a session with the owner of a bundle and encrypts the first message.
   *
   * @returns a PreKeySignalMessage
   * @throws Fault `unknown-version`, `malformed`, `bad-signature` (the bundle), `wrong-state` (a session is there already)
   */
  async begin(
    identityId: string,
    bundle: Bytes,
    plaintext: Uint8Array,
  ): Promise<Staged<{ session: SessionRef; ciphertext: Bytes }>> {
    const decoded = decodeBundle(bundle)
    const session = { identityId, remote: remoteOf(decoded.identityKey().serialize()) }
    const stage = this.#stage(session)
    if (stage.hasSession) throw new Fault('wrong-state', 'There is a session with this identity already')
    return writeFirst(stage, { session, bundle: decoded, now: new Date(this.#clock.now()) }, plaintext)
  }

  /**
   * Decrypts the first message of somebody. A first message that came before is
   * refused for as long as its prekeys live, whatever became of its session.
   *
   * @param remoteIdentityKey 33 bytes, as the sender claims; libsignal's own reading must agree
   * @throws Fault `unreadable`, `malformed` (the key)
   */
  async receiveFirst(
    identityId: string,
    remoteIdentityKey: Bytes,
    ciphertext: Bytes,
  ): Promise<Staged<{ session: SessionRef; plaintext: Bytes }>> {
    const session = { identityId, remote: remoteOf(publicKey(remoteIdentityKey).serialize()) }
    const stage = this.#stage(session)
    // identities are fresh for each relationship: a second beginning is a repeat, or a try to replace the session
    if (stage.hasSession) throw new Fault('unreadable', 'A first message where there is a session already')
    return staged(stage, { session, plaintext: await readFirst(stage, session, ciphertext) })
  }

  /** Steps of a session that are saved together. @throws Fault `not-found` (no session) */
  steps(session: SessionRef): Steps {
    return stepsOf(this.#existing(session), session, this.#clock)
  }

  /** As `steps`; undefined where the session is lost or damaged. */
  stepsIfAny(session: SessionRef): Steps | undefined {
    try {
      const stage = this.#stage(session)
      return stage.isUsable ? stepsOf(stage, session, this.#clock) : undefined
    } catch (error) {
      if (isFault(error, 'not-found')) return undefined
      throw error
    }
  }

  /** One step of `Steps.encrypt`. @throws Fault as there */
  async encrypt(session: SessionRef, plaintext: Uint8Array): Promise<Staged<Bytes>> {
    const steps = this.steps(session)
    return { value: await steps.encrypt(plaintext), commit: () => steps.commit() }
  }

  /** One step of `Steps.decrypt`. @throws Fault as there */
  async decrypt(session: SessionRef, ciphertext: Bytes): Promise<Staged<Bytes>> {
    const steps = this.steps(session)
    return { value: await steps.decrypt(ciphertext), commit: () => steps.commit() }
  }

  #stage(session: SessionRef): Stage {
    const identity = this.#identities.get(session.identityId)
    return new Stage(this.#database, this.#identities, identity, session.remote)
  }

  #existing(session: SessionRef): Stage {
    const stage = this.#stage(session)
    if (!stage.hasSession) throw new Fault('not-found', 'No such session')
    return stage
  }
}
