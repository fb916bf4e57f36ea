import {
  PreKeySignalMessage,
  processPreKeyBundle,
  signalDecryptPreKey,
  signalEncrypt,
  type PreKeyBundle,
} from '@signalapp/libsignal-client'
import { copy, type Bytes } from '../base/bytes.ts'
import type { SessionRef, Staged } from './session.ts'
import type { Stage } from './stage.ts'
import { bounded, runStep, staged } from './step.ts'

/** Begins a session with the owner of a bundle: in an introduction, and in a session reset. @returns a PreKeySignalMessage */
export async function writeFirst(
  stage: Stage,
  { session, bundle, now }: { readonly session: SessionRef; readonly bundle: PreKeyBundle; readonly now: Date },
  plaintext: Uint8Array,
): Promise<Staged<{ session: SessionRef; ciphertext: Bytes }>> {
  const message = await runStep(stage, session, async ({ stores, remote, local }) => {
    await processPreKeyBundle(bundle, remote, local, stores.sessions, stores.identities, now)
    return signalEncrypt(copy(plaintext), remote, local, stores.sessions, stores.identities, now)
  })
  return staged(stage, { session, ciphertext: message.serialize() })
}

/** Reads what begins a session. @returns the plaintext @throws Fault `unreadable` */
export async function readFirst(stage: Stage, session: SessionRef, ciphertext: Bytes): Promise<Bytes> {
  const plaintext = await runStep(stage, session, ({ stores, remote, local }) =>
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
  return copy(plaintext)
}
