import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { Database } from '../database/database.ts'
import { decodeBundle } from './bundle.ts'
import { readFirst, writeFirst } from './first-step.ts'
import type { Identities } from './identities.ts'
import { publicKey, remoteOf, type SessionRef, type Staged, type Steps } from './session.ts'
import { Stage } from './stage.ts'
import { stepsOf } from './step.ts'

/**
 * Beginning a session anew, in three steps: `begin` with the bundle of the side
 * that asked, `receive` there, `finish` here. PROTOCOL.md section "Session reset".
 *
 * The new session does not know the old one: nothing of the old can be read
 * with it, and once it is in use the old one is gone. Staged like all steps of
 * the ratchet; hold its lock.
 */
export class Renewal {
  readonly #database: Database
  readonly #identities: Identities
  readonly #clock: Clock

  constructor(database: Database, identities: Identities, clock: Clock) {
    this.#database = database
    this.#identities = identities
    this.#clock = clock
  }

  /**
   * Begins a session beside the one that is in use. One that was begun before
   * and not finished is forgotten.
   *
   * @returns a PreKeySignalMessage
   * @throws Fault `unknown-version`, `malformed`, `bad-signature` (the bundle), `not-found` (the identity)
   */
  async begin(
    identityId: string,
    bundle: Bytes,
    plaintext: Uint8Array,
  ): Promise<Staged<{ session: SessionRef; ciphertext: Bytes }>> {
    const decoded = decodeBundle(bundle)
    const session = { identityId, remote: remoteOf(decoded.identityKey().serialize()) }
    const stage = this.#stage(session, 'begin')
    return writeFirst(stage, { session, bundle: decoded, now: new Date(this.#clock.now()) }, plaintext)
  }

  /**
   * Takes the first message of a session that the other began anew, and answers
   * it. The new session takes the place of any that is there.
   *
   * @param remoteIdentityKey 33 bytes, as the sender claims; libsignal's own reading must agree
   * @param expected the only plaintext that counts
   * @param answer the plaintext of the answer
   * @returns the session, a SignalMessage, and further steps in that session, which are committed with it
   * @throws Fault `unreadable` (also a repetition), `malformed` (the key), `not-found` (the identity)
   */
  async receive(
    identityId: string,
    { remoteIdentityKey, ciphertext }: { readonly remoteIdentityKey: Bytes; readonly ciphertext: Bytes },
    { expected, answer }: { readonly expected: Bytes; readonly answer: Bytes },
  ): Promise<{ session: SessionRef; ciphertext: Bytes; steps: Steps }> {
    const session = { identityId, remote: remoteOf(publicKey(remoteIdentityKey).serialize()) }
    const stage = this.#stage(session, 'receive')
    onlyThis(await readFirst(stage, session, ciphertext), expected)
    const steps = stepsOf(stage, session, this.#clock)
    return { session, ciphertext: await steps.encrypt(answer), steps }
  }

  /**
   * Takes the answer to a session that was begun here: from its commit on, that
   * session is the one in use.
   *
   * @returns further steps in it, which are committed with it
   * @throws Fault `unreadable`, `not-found` (nothing was begun)
   */
  async finish(session: SessionRef, ciphertext: Bytes, expected: Bytes): Promise<Steps> {
    const stage = this.#stage(session, 'finish')
    if (!stage.hasSession) throw new Fault('not-found', 'No session was begun anew')
    const steps = stepsOf(stage, session, this.#clock)
    onlyThis(await steps.decrypt(ciphertext), expected)
    return steps
  }

  /** What was begun here and is not answered. Synchronous. */
  forget({ identityId, remote }: SessionRef): void {
    this.#database.run('DELETE FROM ratchet_renewals WHERE identity_id = ? AND remote = ?', [identityId, remote])
  }

  #stage(session: SessionRef, kind: 'begin' | 'receive' | 'finish'): Stage {
    return new Stage(this.#database, this.#identities, this.#identities.get(session.identityId), session.remote, kind)
  }
}

function onlyThis(plaintext: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(plaintext, expected) !== 0) {
    throw new Fault('unreadable', 'A session that was begun for something else')
  }
}
