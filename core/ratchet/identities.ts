import { randomInt } from 'node:crypto'
import {
  IdentityKeyPair,
  KEMKeyPair,
  KyberPreKeyRecord,
  PreKeyBundle,
  PrivateKey,
  SignedPreKeyRecord,
} from '@signalapp/libsignal-client'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import { freshId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'

const day = 86_400_000
/** How long private prekeys outlive their last publication: a box lives 15 days at most, and a clock may be a day off. */
const keepPrekeys = 16 * day
/** Until when a bundle may be handed out where the caller does not say. */
const defaultPublication = 7 * day

/** Whom an identity is for: all who answer an offer, or one other alone. */
export type Audience = 'offer' | 'relationship'

export interface Identity {
  readonly id: string
  readonly keyPair: IdentityKeyPair
  readonly registrationId: number
}

/** Identities and their prekeys, in the vault. All synchronous: callers may be inside a transaction. */
export class Identities {
  readonly #database: Database
  readonly #clock: Clock

  constructor(database: Database, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  create(personaId: string, audience: Audience): string {
    const id = freshId()
    this.#database.run(
      `INSERT INTO ratchet_identities (id, persona_id, key_pair, registration_id, next_prekey_id, created_at, offered)
       VALUES (?, ?, ?, ?, 1, ?, ?)`,
      [
        id,
        personaId,
        IdentityKeyPair.generate().serialize(),
        randomInt(1, 0x4000),
        this.#clock.now(),
        audience === 'offer' ? 1 : 0,
      ],
    )
    return id
  }

  /** The offer of an identity is forgotten: from now on it lives for its sessions only. */
  release(identityId: string): void {
    this.#database.run('UPDATE ratchet_identities SET offered = 0 WHERE id = ?', [identityId])
    this.deleteUnused(identityId)
  }

  /** Where neither an offer nor a session needs it. */
  deleteUnused(identityId: string): void {
    this.#database.run(
      `DELETE FROM ratchet_identities WHERE id = $id AND offered = 0
       AND NOT EXISTS (SELECT 1 FROM ratchet_sessions WHERE identity_id = $id)`,
      { id: identityId },
    )
  }

  /** Prekeys that are handed out for longer. Their time is never cut short. */
  keepPrekeys(identityId: string, id: number, publishedUntil: number): void {
    this.#database.run('UPDATE ratchet_prekeys SET delete_at = max(delete_at, ?) WHERE identity_id = ? AND id = ?', [
      publishedUntil + keepPrekeys,
      identityId,
      id,
    ])
  }

  /** The private halves of prekeys that were handed out, whatever their time, and the log of the first messages made for them. */
  forgetPrekeys(identityId: string, id: number): void {
    this.#database.run('DELETE FROM ratchet_prekeys WHERE identity_id = ? AND id = ?', [identityId, id])
  }

  /** @throws Fault `not-found` */
  get(id: string): Identity {
    const row = this.#database.get<{ key_pair: Bytes; registration_id: number }>(
      'SELECT key_pair, registration_id FROM ratchet_identities WHERE id = ?',
      [id],
    )
    if (row === undefined) throw new Fault('not-found', 'No such ratchet identity')
    return { id, keyPair: IdentityKeyPair.deserialize(row.key_pair), registrationId: row.registration_id }
  }

  /** New prekeys. The private halves are deleted 16 days after `publishedUntil` (ms). @throws Fault `not-found` */
  rotate(identityId: string, publishedUntil: number = this.#clock.now() + defaultPublication): void {
    this.#database.transaction(() => {
      const { keyPair } = this.get(identityId)
      const now = this.#clock.now()
      const row = this.#database.get<{ id: number }>(
        'UPDATE ratchet_identities SET next_prekey_id = next_prekey_id + 1 WHERE id = ? RETURNING next_prekey_id - 1 AS id',
        [identityId],
      )
      if (row === undefined) throw new Fault('not-found', 'No such ratchet identity')
      const signed = PrivateKey.generate()
      const signedPublic = signed.getPublicKey()
      const kyber = KEMKeyPair.generate()
      const signature = keyPair.privateKey.sign(signedPublic.serialize())
      const kyberSignature = keyPair.privateKey.sign(kyber.getPublicKey().serialize())
      this.#database.run(
        `INSERT INTO ratchet_prekeys (identity_id, id, signed, kyber, created_at, delete_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [
          identityId,
          row.id,
          SignedPreKeyRecord.new(row.id, now, signedPublic, signed, signature).serialize(),
          KyberPreKeyRecord.new(row.id, now, kyber, kyberSignature).serialize(),
          now,
          publishedUntil + keepPrekeys,
        ],
      )
    })
  }

  /** The newest public prekeys; makes the first ones. @throws Fault `not-found` */
  bundle(identityId: string): PreKeyBundle {
    const { keyPair, registrationId } = this.get(identityId)
    const newest = () =>
      this.#database.get<{ signed: Bytes; kyber: Bytes }>(
        'SELECT signed, kyber FROM ratchet_prekeys WHERE identity_id = ? ORDER BY id DESC LIMIT 1',
        [identityId],
      )
    let row = newest()
    if (row === undefined) {
      this.rotate(identityId)
      row = newest()
    }
    if (row === undefined) throw new Fault('internal', 'Prekeys were not saved')
    const signed = SignedPreKeyRecord.deserialize(row.signed)
    const kyber = KyberPreKeyRecord.deserialize(row.kyber)
    return PreKeyBundle.new(
      registrationId,
      1,
      null,
      null,
      signed.id(),
      signed.publicKey(),
      signed.signature(),
      keyPair.publicKey,
      kyber.id(),
      kyber.publicKey(),
      kyber.signature(),
    )
  }

  /** @throws Fault `unreadable` where the prekey was never ours or is deleted already */
  signedPreKey(identityId: string, id: number): SignedPreKeyRecord {
    return SignedPreKeyRecord.deserialize(this.#prekey(identityId, id).signed)
  }

  /** @throws Fault `unreadable` as above */
  kyberPreKey(identityId: string, id: number): KyberPreKeyRecord {
    return KyberPreKeyRecord.deserialize(this.#prekey(identityId, id).kyber)
  }

  #prekey(identityId: string, id: number): { signed: Bytes; kyber: Bytes } {
    const row = this.#database.get<{ signed: Bytes; kyber: Bytes }>(
      'SELECT signed, kyber FROM ratchet_prekeys WHERE identity_id = ? AND id = ? AND delete_at > ?',
      [identityId, id, this.#clock.now()],
    )
    if (row === undefined) throw new Fault('unreadable', 'A first message for prekeys that are gone')
    return row
  }

  /** Deletes private prekeys whose time is over, and the log of the first messages made for them. */
  purge(): void {
    this.#database.run('DELETE FROM ratchet_prekeys WHERE delete_at <= ?', [this.#clock.now()])
  }

  /** With its prekeys and sessions. */
  delete(identityId: string): void {
    this.#database.run('DELETE FROM ratchet_identities WHERE id = ?', [identityId])
  }
}
