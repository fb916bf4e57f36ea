import { ProtocolAddress, PublicKey } from '@signalapp/libsignal-client'
import { hex, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { sha256 } from '../crypto/derive.ts'

/** One session: an identity of ours with one remote identity. */
export interface SessionRef {
  readonly identityId: string
  /** Hex SHA-256 of the remote identity key as libsignal writes it (33 bytes). */
  readonly remote: string
}

/**
 * The result of a ratchet step that is not on disk yet.
 *
 * `commit` is synchronous and runs inside the caller's transaction, together
 * with what the caller saves because of the step. Whoever does not commit has
 * changed nothing. Only a committed ciphertext may leave the device.
 */
export interface Staged<T> {
  readonly value: T
  commit(): void
}

/** An identity key as libsignal writes it: 0x05 ‖ 32 bytes. */
export const identityKeyLength = 33

/** The name of a remote: derived from its key alone, so that no sender can choose it. */
export function remoteOf(identityKey: Uint8Array): string {
  return hex(sha256(identityKey))
}

/** Device ids are not used: every session is between two identities. */
export function addressOf(remote: string): ProtocolAddress {
  return ProtocolAddress.new(remote, 1)
}

/**
 * A Curve25519 public key that came from outside. libsignal itself ignores
 * bytes after the 33rd: the length is checked here.
 *
 * @throws Fault `malformed`
 */
export function publicKey(bytes: Bytes): PublicKey {
  if (bytes.length !== identityKeyLength || bytes[0] !== 5) throw new Fault('malformed', 'Not a Curve25519 public key')
  try {
    return PublicKey.deserialize(bytes)
  } catch {
    throw new Fault('malformed', 'Not a Curve25519 public key')
  }
}

/** Several steps of one session. A step that fails leaves the ones before it as they are. */
export interface Steps {
  /**
   * @returns a SignalMessage
   * @throws Fault `wrong-state` (the other has not answered the first message yet)
   */
  encrypt(plaintext: Uint8Array): Promise<Bytes>
  /** @throws Fault `unreadable` (changed, repeated, or of another session) */
  decrypt(ciphertext: Bytes): Promise<Bytes>
  /** Writes what all of them changed, where any did. Inside the caller's own transaction, once. */
  commit(): void
}
