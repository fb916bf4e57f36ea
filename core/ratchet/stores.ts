import {
  IdentityChange,
  IdentityKeyPair,
  type IdentityKeyStore,
  type KyberPreKeyStore,
  type PreKeyStore,
  type SessionStore,
  type SignedPreKeyStore,
} from '@signalapp/libsignal-client'
import { Fault } from '../base/fault.ts'
import type { Stage } from './stage.ts'

/**
 * libsignal's five stores over one stage.
 *
 * libsignal wraps what a store throws in an error of its own; `failure` keeps
 * the first original, so that a full disk is not taken for a bad message.
 */
export class Stores {
  failure: unknown
  readonly sessions: SessionStore
  readonly identities: IdentityKeyStore
  readonly preKeys: PreKeyStore
  readonly signedPreKeys: SignedPreKeyStore
  readonly kyberPreKeys: KyberPreKeyStore

  constructor(stage: Stage) {
    const { keyPair, registrationId } = stage.identity
    this.sessions = {
      getSession: (address) => this.#kept(() => stage.session(address)),
      saveSession: (address, record) => this.#kept(() => stage.saveSession(address, record)),
      getExistingSessions: () => this.#unused('Group messages are not used'),
    }
    this.identities = {
      getIdentityKey: async () => keyPair.privateKey,
      getIdentityKeyPair: async () => new IdentityKeyPair(keyPair.publicKey, keyPair.privateKey),
      getLocalRegistrationId: async () => registrationId,
      isTrustedIdentity: (address, key) => this.#kept(() => stage.trusts(address, key)),
      saveIdentity: async () => IdentityChange.NewOrUnchanged,
      getIdentity: async () => null,
    }
    this.preKeys = {
      getPreKey: () => this.#unused('A first message that names a one-time prekey'),
      savePreKey: () => this.#unused('One-time prekeys are not used'),
      removePreKey: () => this.#unused('One-time prekeys are not used'),
    }
    this.signedPreKeys = {
      getSignedPreKey: (id) => this.#kept(() => stage.signedPreKey(id)),
      saveSignedPreKey: () => this.#unused('libsignal makes no prekeys here'),
    }
    this.kyberPreKeys = {
      getKyberPreKey: (id) => this.#kept(() => stage.kyberPreKey(id)),
      saveKyberPreKey: () => this.#unused('libsignal makes no prekeys here'),
      markKyberPreKeyUsed: (kyberId, signedId, baseKey) =>
        this.#kept(() => stage.useBaseKey(kyberId, signedId, baseKey)),
    }
  }

  async #kept<Result>(call: () => Result): Promise<Result> {
    try {
      return call()
    } catch (error) {
      this.failure ??= error
      throw error
    }
  }

  #unused(why: string): Promise<never> {
    return this.#kept(() => {
      throw new Fault('unreadable', why)
    })
  }
}
