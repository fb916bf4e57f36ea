import type { Bytes } from '../base/bytes.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import { decodeBundle } from '../ratchet/bundle.ts'
import { decodeResetRecord, encodeResetRecord, type ResetRecord } from '../ratchet/reset-record.ts'
import { remoteOf, type SessionRef } from '../ratchet/session.ts'
import { directionOf, otherRole } from './chain.ts'
import type { Desk } from './desk.ts'
import { keyState, setKeyState, type Attempt, type KeyState } from './key-state.ts'
import { encryptAnew, renewKeys } from './renewing.ts'
import { answers, askingLives, isRecent, mayAsk, mostAttempts, mostUnread, resetProof } from './reset-rules.ts'
import { getConversation, releaseIdentity } from './store.ts'
import { inTurn } from './turns.ts'

/**
 * Begins the ratchet of a conversation anew where one side cannot read any more.
 * PROTOCOL.md section "Session reset".
 *
 * Records come from presence and from the live channel, so from somebody who
 * holds the pair's root; which identity key they have is checked here. The same
 * record may come any number of times, late, and from a node that lies about
 * its age.
 */
export class Resetting {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** What the other is to be told of a reset that is under way. */
  told(id: ConversationId): Bytes | undefined {
    return keyState(this.#desk.database, id).attempt?.told
  }

  /**
   * Asks the other to begin anew, where this side cannot read: its session is
   * lost or damaged, or message after message could not be decrypted. Not where
   * a reset is under way, and once a day at most.
   *
   * @returns whether there is something new to tell
   * @throws Fault `not-found`
   */
  check(id: ConversationId): Promise<boolean> {
    return this.#locked(id, async () => {
      if (!mayAsk(this.#desk, id)) return false
      this.#ask(id)
      return true
    })
  }

  #ask(id: ConversationId): void {
    const { database, ratchet, clock } = this.#desk
    database.transaction(() => {
      const { latest } = keyState(database, id)
      const now = clock.now()
      const identityId = this.#ownIdentity(id)
      ratchet.rotate(identityId, now + askingLives)
      const number = latest + 1
      const told = encodeResetRecord({ step: 'ask', attempt: number, bundle: ratchet.bundle(identityId) })
      this.#forgetBegun(id)
      setKeyState(database, id, {
        latest: number,
        unread: 0,
        askedAt: now,
        attempt: { step: 'asked', number, identityId, remote: undefined, told },
      })
    })
  }

  /**
   * Takes what the other told.
   *
   * @returns whether anything changed
   * @throws Fault `not-found`, `disk-full`
   */
  take(id: ConversationId, encoded: Uint8Array): Promise<boolean> {
    return this.#locked(id, async () => {
      const record = readable(() => decodeResetRecord(encoded))
      // what waits for the person is not pushed aside by another
      if (record === undefined || keyState(this.#desk.database, id).stopped !== undefined) return false
      return this.#step(id, record, undefined)
    })
  }

  /**
   * The person has seen the new safety number and goes on with the contact under it.
   *
   * @throws Fault `not-found`, `wrong-state` where no key has changed
   */
  goOn(id: ConversationId): Promise<void> {
    return this.#locked(id, async () => {
      const { database } = this.#desk
      const { stopped } = keyState(database, id)
      if (stopped === undefined) throw new Fault('wrong-state', 'No key has changed')
      const accepted = remoteOf(stopped.key)
      await this.#step(id, decodeResetRecord(stopped.record), accepted)
      // where the record was of no use any more, the other will tell the next one
      const { stopped: left } = keyState(database, id)
      if (left !== undefined) setKeyState(database, id, { stopped: undefined, verified: false })
    })
  }

  /**
   * The other says which generation of keys they use.
   *
   * @returns whether there is something new to tell
   * @throws Fault `not-found`
   */
  heard(id: ConversationId, theirs: number): boolean {
    const { database } = this.#desk
    const { generation } = getConversation(database, id)
    const { latest, attempt } = keyState(database, id)
    if (attempt?.step === 'confirmed' && theirs >= attempt.number) {
      this.#drop(id)
      return true
    }
    if (theirs <= generation || theirs >= mostAttempts) return false
    if (attempt !== undefined && attempt.number >= theirs) return false
    // this side was set back behind the other, and cannot read what they write
    this.#drop(id, { latest: Math.max(latest, theirs), unread: mostUnread })
    return false
  }

  async #step(id: ConversationId, record: ResetRecord, accepted: string | undefined): Promise<boolean> {
    try {
      if (record.step === 'ask') return await this.#answer(id, record, accepted)
      if (record.step === 'answer') return await this.#confirm(id, record, accepted)
      return await this.#finish(id, record)
    } catch (error) {
      // said by somebody who cannot do it, or for keys that are gone
      if (isFault(error, 'unreadable', 'malformed', 'unknown-version', 'bad-signature', 'not-found')) return false
      throw error
    }
  }

  /** The other cannot read: begins a session for them. */
  async #answer(
    id: ConversationId,
    { attempt: number, bundle }: ResetRecord & { step: 'ask' },
    accepted: string | undefined,
  ): Promise<boolean> {
    const { database, ratchet, clock } = this.#desk
    const conversation = getConversation(database, id)
    const { channelKey, role } = conversation
    const state = keyState(database, id)
    if (!answers(conversation, state, number)) return false
    const now = clock.now()
    if (accepted === undefined && isRecent(state.answeredAt, now)) return false
    const identityKey = decodeBundle(bundle).identityKey().serialize()
    if (this.#stops(id, { key: identityKey, record: { step: 'ask', attempt: number, bundle } }, accepted)) return true
    const identityId = this.#ownIdentity(id)
    const begun = await ratchet.renewal.begin(
      identityId,
      bundle,
      resetProof(channelKey, 'answer', directionOf(role), number),
    )
    const told = encodeResetRecord({
      step: 'answer',
      attempt: number,
      identityKey: ratchet.identityKey(identityId),
      first: begun.value.ciphertext,
    })
    database.transaction(() => {
      this.#forgetBegun(id, begun.value.session)
      begun.commit()
      setKeyState(database, id, {
        latest: Math.max(state.latest, number),
        answeredAt: now,
        attempt: { step: 'answered', number, identityId, remote: begun.value.session.remote, told },
        ...(accepted === undefined ? {} : { stopped: undefined, verified: false }),
      })
    })
    return true
  }

  /** The other has begun a session: it is in use from here on. */
  async #confirm(
    id: ConversationId,
    { attempt: number, identityKey, first }: ResetRecord & { step: 'answer' },
    accepted: string | undefined,
  ): Promise<boolean> {
    const { database, ratchet } = this.#desk
    const { channelKey, role } = getConversation(database, id)
    const { attempt } = keyState(database, id)
    if (attempt?.step !== 'asked' || attempt.number !== number) return false
    const record = { step: 'answer', attempt: number, identityKey, first } as const
    if (this.#stops(id, { key: identityKey, record }, accepted)) return true
    const expected = resetProof(channelKey, 'answer', directionOf(otherRole(role)), number)
    const answer = resetProof(channelKey, 'confirm', directionOf(role), number)
    const { session, ciphertext, steps } = await ratchet.renewal
      .receive(attempt.identityId, { remoteIdentityKey: identityKey, ciphertext: first }, { expected, answer })
      .catch((error: unknown) => {
        // the keys that it was made for are gone: another asking may do
        if (isFault(error, 'unreadable', 'not-found')) this.#drop(id)
        throw error
      })
    const items = await encryptAnew(this.#desk, id, steps)
    const told = encodeResetRecord({ step: 'confirm', attempt: number, ciphertext })
    database.transaction(() => {
      steps.commit()
      renewKeys(this.#desk, id, { number, session, items })
      forgetAsking(this.#desk, attempt)
      setKeyState(database, id, {
        unread: 0,
        attempt: { step: 'confirmed', number, identityId: session.identityId, remote: session.remote, told },
        ...(accepted === undefined ? {} : { stopped: undefined, verified: false }),
      })
    })
    return true
  }

  /** The other uses the session that was begun for them: so does this side from here on. */
  async #finish(
    id: ConversationId,
    { attempt: number, ciphertext }: ResetRecord & { step: 'confirm' },
  ): Promise<boolean> {
    const { database, ratchet } = this.#desk
    const { channelKey, role } = getConversation(database, id)
    const { attempt } = keyState(database, id)
    if (attempt?.step !== 'answered' || attempt.number !== number || attempt.remote === undefined) return false
    const session: SessionRef = { identityId: attempt.identityId, remote: attempt.remote }
    const steps = await ratchet.renewal.finish(
      session,
      ciphertext,
      resetProof(channelKey, 'confirm', directionOf(otherRole(role)), number),
    )
    const items = await encryptAnew(this.#desk, id, steps)
    database.transaction(() => {
      steps.commit()
      renewKeys(this.#desk, id, { number, session, items })
      setKeyState(database, id, { unread: 0, attempt: undefined })
    })
    return true
  }

  /** Notes a key that is not the one known. @returns whether everything stops */
  #stops(
    id: ConversationId,
    { key, record }: { readonly key: Bytes; readonly record: ResetRecord },
    accepted: string | undefined,
  ): boolean {
    const { database } = this.#desk
    const { session } = getConversation(database, id)
    const { attempt } = keyState(database, id)
    const remote = remoteOf(key)
    // the person may have gone on with another key already: then the one before is not known any more
    if (remote === (attempt?.remote ?? session.remote) || remote === accepted) return false
    setKeyState(database, id, { verified: false, stopped: { key, record: encodeResetRecord(record) } })
    return true
  }

  /** The identity may be lost too: then the other sees a new key, and a person there has to say that all is well. */
  #ownIdentity(id: ConversationId): string {
    const { database, ratchet } = this.#desk
    const { session, personaId } = getConversation(database, id)
    const known = [session.identityId, keyState(database, id).attempt?.identityId]
    const found = known.find((identityId) => identityId !== undefined && ratchet.hasIdentity(identityId))
    return found ?? ratchet.createIdentity(personaId)
  }

  /** Nothing will come of a reset that was under way. */
  #drop(id: ConversationId, changes: Partial<KeyState> = {}): void {
    const { database } = this.#desk
    database.transaction(() => {
      const { session } = getConversation(database, id)
      const { attempt } = keyState(database, id)
      this.#forgetBegun(id)
      setKeyState(database, id, { ...changes, attempt: undefined })
      if (attempt === undefined) return
      if (attempt.identityId !== session.identityId) releaseIdentity(this.#desk, attempt.identityId)
    })
  }

  /** The session that was begun for a reset under way, where another takes its place. @param but the one that does */
  #forgetBegun(id: ConversationId, but?: SessionRef): void {
    const { database, ratchet } = this.#desk
    const { session } = getConversation(database, id)
    const { attempt } = keyState(database, id)
    if (attempt === undefined) return
    const begun = { identityId: attempt.identityId, remote: attempt.remote ?? session.remote }
    if (begun.identityId !== but?.identityId || begun.remote !== but.remote) ratchet.renewal.forget(begun)
  }

  #locked<Result>(id: ConversationId, body: () => Promise<Result>): Promise<Result> {
    return inTurn(this.#desk, id, body)
  }
}

/** The private prekeys of an asking that was answered: nothing is to be begun with them any more. */
function forgetAsking({ ratchet }: Desk, { identityId, told }: Attempt): void {
  const record = decodeResetRecord(told)
  if (record.step === 'ask') ratchet.forgetBundle(identityId, record.bundle)
}

function readable<Result>(decode: () => Result): Result | undefined {
  try {
    return decode()
  } catch (error) {
    if (isFault(error, 'malformed', 'unknown-version', 'too-large')) return undefined
    throw error
  }
}
