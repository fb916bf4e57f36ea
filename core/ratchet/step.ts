import {
  CiphertextMessageType,
  SignalMessage,
  signalDecrypt,
  signalEncrypt,
  type ProtocolAddress,
} from '@signalapp/libsignal-client'
import { copy, type Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import { addressOf, remoteOf, type SessionRef, type Staged, type Steps } from './session.ts'
import type { Stage } from './stage.ts'
import { Stores } from './stores.ts'

/** Longer ciphertexts are refused before libsignal sees them: nothing that we send comes near. */
export const maxCiphertext = 64 * 1024

/** Of messages in a session that the other has answered; libsignal's own type is a plain number. */
const answeredType: number = CiphertextMessageType.Whisper

/** What libsignal is given for one step. */
export interface Step {
  readonly stores: Stores
  readonly remote: ProtocolAddress
  readonly local: ProtocolAddress
}

/** Runs libsignal over a stage. Its errors name addresses: they are not kept as cause. */
export async function runStep<Result>(
  stage: Stage,
  session: SessionRef,
  call: (step: Step) => Promise<Result>,
): Promise<Result> {
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

export function staged<T>(stage: Stage, value: T): Staged<T> {
  return { value, commit: () => stage.commit() }
}

/** @throws Fault `unreadable` */
export function bounded(ciphertext: Bytes): Bytes {
  if (ciphertext.length > maxCiphertext) throw new Fault('unreadable', 'A ciphertext that is too long')
  return ciphertext
}

/** Steps of one session over one stage. */
export function stepsOf(stage: Stage, session: SessionRef, clock: Clock): Steps {
  let taken = false
  const step = async <Result>(call: (step: Step) => Promise<Result>): Promise<Result> => {
    const result = await runStep(stage, session, call)
    taken = true
    return result
  }
  return {
    encrypt: async (plaintext) => {
      const message = await step(({ stores, remote, local }) =>
        signalEncrypt(copy(plaintext), remote, local, stores.sessions, stores.identities, new Date(clock.now())),
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
