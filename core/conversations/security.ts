import { limits } from '../api/limits.ts'
import type { SafetyNumberView } from '../api/views.ts'
import { base32, fromBase32 } from '../base/base32.ts'
import { concat, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import { hkdf } from '../crypto/derive.ts'
import { isMirrored, maxScannable, safetyNumber, type SafetyNumber } from '../ratchet/fingerprint.ts'
import { directionOf, otherRole, type Direction } from './chain.ts'
import type { Desk } from './desk.ts'
import { keyState, setKeyState } from './key-state.ts'
import { mayAsk } from './reset-rules.ts'
import { Resetting } from './resetting.ts'
import { getConversation } from './store.ts'

const version = 1
const label = 'staffetta:safety:'

/** The number that two people compare, what they found, and what follows from it. PROTOCOL.md section "Safety number". */
export class Security {
  readonly #desk: Desk
  readonly #changed: (id: ConversationId) => void

  readonly #resetting: Resetting
  readonly #told: (id: ConversationId) => void

  /** @param told a session reset has come further: the contact is to be told */
  constructor(
    desk: Desk,
    { changed, told }: { changed: (id: ConversationId) => void; told: (id: ConversationId) => void },
  ) {
    this.#desk = desk
    this.#changed = changed
    this.#resetting = new Resetting(desk)
    this.#told = told
  }

  /** Asks the contact to begin the session anew, where it is broken. @throws Fault `not-found`, `disk-full` */
  async look(id: ConversationId): Promise<void> {
    if (mayAsk(this.#desk, id) && (await this.#resetting.check(id))) this.#tell(id)
  }

  /** What the contact told of keys, in presence or over a channel. @throws Fault `not-found`, `disk-full` */
  async heard(
    id: ConversationId,
    { keys, reset }: { readonly keys?: number | undefined; readonly reset?: Bytes | undefined },
  ): Promise<void> {
    const further = keys !== undefined && this.#resetting.heard(id, keys)
    const changed = reset !== undefined && (await this.#resetting.take(id, reset))
    if (further || changed) this.#tell(id)
    if (keys !== undefined) await this.look(id)
  }

  /**
   * Goes on with a contact whose key has changed, under the new one.
   *
   * @throws Fault `not-found`, `wrong-state` where none has changed
   */
  async goOn(id: ConversationId): Promise<void> {
    await this.#resetting.goOn(id)
    this.#tell(id)
  }

  #tell(id: ConversationId): void {
    this.#told(id)
    this.#changed(id)
  }

  /**
   * Where the contact's key has changed, it is that of the new key.
   *
   * @throws Fault `not-found`, `wrong-state` while there is no session to take it from
   */
  safetyNumber(id: ConversationId): SafetyNumberView {
    const { verified, stopped } = keyState(this.#desk.database, id)
    const { digits, scannable } = this.#number(id)
    return { digits, code: encodeSafetyCode(scannable), verified, changed: stopped !== undefined }
  }

  /**
   * Whether a code that the contact shows belongs to the same number.
   *
   * @throws Fault `not-found`, `wrong-state`, `bad-input` where it is no such code
   */
  compare(id: ConversationId, code: string): { match: boolean } {
    const theirs = decodeSafetyCode(code)
    const { scannable } = this.#number(id)
    try {
      return { match: isMirrored(scannable, theirs) }
    } catch (error) {
      if (isFault(error, 'malformed')) throw notACode()
      throw error
    }
  }

  /** @throws Fault `not-found`, `wrong-state` where a changed key waits to be looked at */
  setVerified(id: ConversationId, verified: boolean): void {
    const { database } = this.#desk
    getConversation(database, id)
    const state = keyState(database, id)
    if (verified && state.stopped !== undefined) throw new Fault('wrong-state', 'The key of this contact has changed')
    if (verified === state.verified) return
    setKeyState(database, id, { verified })
    this.#changed(id)
  }

  #number(id: ConversationId): SafetyNumber {
    const { database, ratchet } = this.#desk
    const { channelKey, role, session } = getConversation(database, id)
    const { stopped, attempt } = keyState(database, id)
    // the person goes on with another key: it counts from then on, although the old session is still there
    const next =
      attempt?.remote === undefined || attempt.remote === session.remote
        ? undefined
        : { identityId: attempt.identityId, remote: attempt.remote }
    try {
      const own = ratchet.hasIdentity(session.identityId) ? session.identityId : attempt?.identityId
      if (own === undefined) throw new Fault('not-found', 'No identity of this side')
      return safetyNumber(
        { name: safetyName(channelKey, directionOf(role)), identityKey: ratchet.identityKey(own) },
        {
          name: safetyName(channelKey, directionOf(otherRole(role))),
          identityKey: stopped?.key ?? ratchet.remoteIdentityKey(next ?? session),
        },
      )
    } catch (error) {
      if (isFault(error, 'not-found')) throw new Fault('wrong-state', 'The keys of this conversation are being renewed')
      throw error
    }
  }
}

/** What stands for the writer of a direction in the number: nobody outside of the conversation knows it. 32 bytes. */
export function safetyName(channelKey: Bytes, writer: Direction): Bytes {
  return hkdf(channelKey, concat(utf8('staffetta/safety/1'), u8(writer)), 32)
}

/** The text in the picture that one side shows to the other: `staffetta:safety:` and base 32. */
export function encodeSafetyCode(scannable: Bytes): string {
  return `${label}${base32(concat(u8(version), scannable))}`
}

/** Capitals do no harm: QR codes are smaller with them. @throws Fault `bad-input` */
export function decodeSafetyCode(text: string): Bytes {
  if (text.length > limits.safetyCode) throw notACode()
  const plain = text.trim().toLowerCase()
  if (!plain.startsWith(label)) throw notACode()
  try {
    const bytes = fromBase32(plain.slice(label.length))
    if (bytes[0] !== version || bytes.length < 2 || bytes.length > 1 + maxScannable) throw notACode()
    return bytes.slice(1)
  } catch (error) {
    if (isFault(error, 'malformed')) throw notACode()
    throw error
  }
}

function notACode(): Fault {
  return new Fault('bad-input', 'This is not the code of a safety number')
}
