import {
  CiphertextMessageType,
  PreKeySignalMessage,
  SignalMessage,
  processPreKeyBundle,
  signalDecrypt,
  signalDecryptPreKey,
  signalEncrypt,
  type ProtocolAddress,
} from '@signalapp/libsignal-client'
import { copy, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { Database } from '../database/database.ts'
import { decodeBundle, encodeBundle } from './bundle.ts'
import { Identities } from './identities.ts'
import { addressOf, publicKey, remoteOf, type SessionRef, type Staged, type Steps } from './session.ts'
import { Stage } from './stage.ts'
import { Stores } from './stores.ts'

/** Longer ciphertexts are refused before libsignal sees them: nothing that we send comes near. */
const maxCiphertext = 64 * 1024

/** Of messages in a session that the other has answered; libsignal's own type is a plain number. */
const answeredType: number = CiphertextMessageType.Whisper

/** What libsignal is given for one step. */
interface Step {
  readonly stores: Stores
  readonly remote: ProtocolAddress
  readonly local: ProtocolAddress
}

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

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
    this.#identities = new Identities(database, clock)
  }

  /**
   * A fresh identity, for one relationship or one offer. Synchronous: it joins
   * the caller's transaction.
   *
   * @returns its id, local to this vault
   */
  createIdentity(personaId: string): string {
    return this.#identities.create(personaId)
  }

  /** With its prekeys and sessions. Synchronous. */
  deleteIdentity(identityId: string): void {
    this.#identities.delete(identityId)
  }

  /** As `deleteIdentity`, but only where no session is left that needs it. Synchronous. */
  deleteUnusedIdentity(identityId: string): void {
    const used = this.#database.get('SELECT 1 AS used FROM ratchet_sessions WHERE identity_id = ? LIMIT 1', [
      identityId,
    ])
    if (used === undefined) this.#identities.delete(identityId)
  }

  /** The public identity key, 33 bytes. @throws Fault `not-found` */
  identityKey(identityId: string): Bytes {
    return this.#identities.get(identityId).keyPair.publicKey.serialize()
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

  /** Deletes private prekeys whose time is over. Call it at start and once a day. */
  purge(): void {
    this.#identities.purge()
  }

  /** Synchronous. The base-key log stays: what began this session cannot begin another. */
  deleteSession(session: SessionRef): void {
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
    const now = new Date(this.#clock.now())
    const message = await this.#step(stage, session, async ({ stores, remote, local }) => {
      await processPreKeyBundle(decoded, remote, local, stores.sessions, stores.identities, now)
      return signalEncrypt(copy(plaintext), remote, local, stores.sessions, stores.identities, now)
    })
    return staged(stage, { session, ciphertext: message.serialize() })
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
    const plaintext = await this.#step(stage, session, ({ stores, remote, local }) =>
      signalDecryptPreKey(
        PreKeySignalMessage.deserialize(bounded(ciphertext)),
        remote,
        local,
        stores.sessions,
        stores.identities,
        stores.preKeys,
        stores.signedPreKeys,
        stores.kyberPreKeys,
      ),
    )
    return staged(stage, { session, plaintext: copy(plaintext) })
  }

  /** Steps of a session that are saved together. @throws Fault `not-found` (no session) */
  steps(session: SessionRef): Steps {
    const stage = this.#existing(session)
    let taken = false
    const step = async <Result>(call: (step: Step) => Promise<Result>): Promise<Result> => {
      const result = await this.#step(stage, session, call)
      taken = true
      return result
    }
    return {
      encrypt: async (plaintext) => {
        const message = await step(({ stores, remote, local }) =>
          signalEncrypt(
            copy(plaintext),
            remote,
            local,
            stores.sessions,
            stores.identities,
            new Date(this.#clock.now()),
          ),
        )
        if (message.type() !== answeredType) throw new Fault('wrong-state', 'The session is not answered yet')
        return message.serialize()
      },
      decrypt: async (ciphertext) =>
        copy(
          await step(({ stores, remote, local }) =>
            signalDecrypt(
              SignalMessage.deserialize(bounded(ciphertext)),
              remote,
              local,
              stores.sessions,
              stores.identities,
            ),
          ),
        ),
      commit: () => {
        if (taken) stage.commit()
      },
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

  /** Runs one libsignal call. Its errors name addresses: they are not kept as cause. */
  async #step<Result>(stage: Stage, session: SessionRef, call: (step: Step) => Promise<Result>): Promise<Result> {
    const stores = new Stores(stage)
    const local = addressOf(remoteOf(stage.identity.keyPair.publicKey.serialize()))
    try {
      return await call({ stores, remote: addressOf(session.remote), local })
    } catch (error) {
      if (stores.failure !== undefined) throw stores.failure
      if (isFault(error)) throw error
      throw new Fault('unreadable', 'The ratchet cannot take this message')
    }
  }
}

function staged<T>(stage: Stage, value: T): Staged<T> {
  return { value, commit: () => stage.commit() }
}

function bounded(ciphertext: Bytes): Bytes {
  if (ciphertext.length > maxCiphertext) throw new Fault('unreadable', 'A ciphertext that is too long')
  return ciphertext
}
