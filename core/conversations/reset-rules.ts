import { u32, u8, utf8, type Bytes } from '../base/bytes.ts'
import type { ConversationId } from '../base/ids.ts'
import { hmac } from '../crypto/derive.ts'
import type { Direction } from './chain.ts'
import type { Desk } from './desk.ts'
import { keyState, type KeyState } from './key-state.ts'
import { getConversation, type Conversation } from './store.ts'

const day = 86_400_000
/** This side asks, and begins a session for the other, no more often than this: a contact cannot keep it busy. */
const resetPause = day
/** For so long an asking may lie on nodes: presence boxes live 14 days, and a clock may be off. */
export const askingLives = 15 * day
/** So many messages in succession that cannot be decrypted mean that the session is broken, not they. */
export const mostUnread = 3

/** Numbers of resets end here. */
export const mostAttempts = 0xffff_fffe

/** Whether this side should ask now. Inside the lock, or as a first look. */
export function mayAsk({ database, ratchet, clock }: Desk, id: ConversationId): boolean {
  const { session } = getConversation(database, id)
  const { stopped, attempt, latest, askedAt, answeredAt, unread } = keyState(database, id)
  if (stopped !== undefined || latest >= mostAttempts - 1) return false
  const now = clock.now()
  if (isRecent(askedAt, now)) return false
  // the same asking goes on being told, and so does the same answer to the other's, unless nothing comes of it
  const since = attempt?.step === 'answered' ? answeredAt : askedAt
  if (attempt !== undefined && attempt.step !== 'confirmed' && now - (since ?? now) < askingLives) return false
  return unread >= mostUnread || !ratchet.hasSession(session)
}

/**
 * Whether an item that could not be decrypted waits for new keys, instead of
 * being shown as unreadable. Not for ever: a contact who goes on so is asked
 * once a day.
 *
 * @param failed how many in succession, with this one
 */
export function isHeld({ database, ratchet, clock }: Desk, id: ConversationId, failed: number): boolean {
  const { attempt, askedAt } = keyState(database, id)
  if (attempt?.step === 'asked' || attempt?.step === 'answered') return true
  if (failed >= mostUnread && !isRecent(askedAt, clock.now())) return true
  return !ratchet.hasSession(getConversation(database, id).session)
}

/** Whether an asking is one to be answered: not an old one, and not the one that gives way to this side's own. */
export function answers({ role, generation }: Conversation, { latest, attempt }: KeyState, number: number): boolean {
  if (number <= generation || number < latest || number >= mostAttempts) return false
  if (number > latest) return true
  // both asked at once: the seeker's counts; where nothing came of one's own, the other's does
  return attempt === undefined || (attempt.step === 'asked' && role === 'mentor')
}

/** Where the clock was set back, nothing is recent. */
export function isRecent(at: number | undefined, now: number): boolean {
  return at !== undefined && now >= at && now - at < resetPause
}

const proofLabels = { answer: 'staffetta/reset/answer/1', confirm: 'staffetta/reset/confirm/1' } as const

/** What the first messages of a new session say: that they are for this conversation and this reset. */
export function resetProof(channelKey: Bytes, step: 'answer' | 'confirm', writer: Direction, number: number): Bytes {
  return hmac(channelKey, utf8(proofLabels[step]), u8(writer), u32(number))
}
