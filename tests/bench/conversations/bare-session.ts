import { randomInt } from 'node:crypto'
import {
  CiphertextMessageType,
  IdentityChange,
  IdentityKeyPair,
  KEMKeyPair,
  KyberPreKeyRecord,
  PreKeyBundle,
  PreKeySignalMessage,
  PrivateKey,
  ProtocolAddress,
  SessionRecord,
  SignalMessage,
  SignedPreKeyRecord,
  processPreKeyBundle,
  signalDecrypt,
  signalDecryptPreKey,
  signalEncrypt,
  type IdentityKeyStore,
  type SessionStore,
} from '@signalapp/libsignal-client'
import type { Bytes } from '../../../core/base/bytes.ts'

const whisper: number = CiphertextMessageType.Whisper

/** One end of a session of libsignal alone; its record is serialised at each step, as whoever keeps it must. */
class End {
  readonly address: ProtocolAddress
  readonly keys = IdentityKeyPair.generate()
  readonly registrationId = randomInt(1, 0x4000)
  readonly sessions: SessionStore
  readonly identities: IdentityKeyStore
  record: Bytes | undefined

  constructor(name: string) {
    this.address = ProtocolAddress.new(name, 1)
    this.sessions = {
      getSession: async () => (this.record === undefined ? null : SessionRecord.deserialize(this.record)),
      saveSession: async (_, record) => {
        this.record = record.serialize()
      },
      getExistingSessions: async () => [],
    }
    this.identities = {
      getIdentityKey: async () => this.keys.privateKey,
      getIdentityKeyPair: async () => this.keys,
      getLocalRegistrationId: async () => this.registrationId,
      isTrustedIdentity: async () => true,
      saveIdentity: async () => IdentityChange.NewOrUnchanged,
      getIdentity: async () => null,
    }
  }
}

/** libsignal alone: an answered session between two ends in this process. */
export class BareSession {
  readonly #ends: readonly [End, End]

  private constructor(ends: readonly [End, End]) {
    this.#ends = ends
  }

  static async begin(): Promise<BareSession> {
    const [near, far] = [new End('near'), new End('far')]
    const signed = PrivateKey.generate()
    const signedSignature = far.keys.privateKey.sign(signed.getPublicKey().serialize())
    const kyber = KEMKeyPair.generate()
    const kyberSignature = far.keys.privateKey.sign(kyber.getPublicKey().serialize())
    const bundle = PreKeyBundle.new(
      far.registrationId,
      1,
      null,
      null,
      1,
      signed.getPublicKey(),
      signedSignature,
      far.keys.publicKey,
      1,
      kyber.getPublicKey(),
      kyberSignature,
    )
    await processPreKeyBundle(bundle, far.address, near.address, near.sessions, near.identities)
    const first = await signalEncrypt(new Uint8Array(16), far.address, near.address, near.sessions, near.identities)
    const none = async (): Promise<never> => Promise.reject(new Error('no one-time prekeys'))
    await signalDecryptPreKey(
      PreKeySignalMessage.deserialize(first.serialize()),
      near.address,
      far.address,
      far.sessions,
      far.identities,
      { getPreKey: none, savePreKey: none, removePreKey: none },
      {
        getSignedPreKey: async () =>
          SignedPreKeyRecord.new(1, Date.now(), signed.getPublicKey(), signed, signedSignature),
        saveSignedPreKey: none,
      },
      {
        getKyberPreKey: async () => KyberPreKeyRecord.new(1, Date.now(), kyber, kyberSignature),
        saveKyberPreKey: none,
        markKyberPreKeyUsed: async () => {},
      },
    )
    const session = new BareSession([near, far])
    await session.say(1, new Uint8Array(16))
    return session
  }

  /** Encrypts at one end and decrypts at the other. @returns the writer's session record */
  async say(from: 0 | 1, plaintext: Bytes): Promise<Bytes> {
    const [writer, reader] = from === 0 ? this.#ends : [this.#ends[1], this.#ends[0]]
    const sealed = await signalEncrypt(plaintext, reader.address, writer.address, writer.sessions, writer.identities)
    if (sealed.type() !== whisper) throw new Error('A session that is not answered')
    const message = SignalMessage.deserialize(sealed.serialize())
    await signalDecrypt(message, writer.address, reader.address, reader.sessions, reader.identities)
    return writer.record ?? new Uint8Array()
  }
}
