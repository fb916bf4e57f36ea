import type { ConversationView, WaitingView } from '../api/views.ts'
import { harmlessLine } from '../base/harmless.ts'
import type { Database } from '../database/database.ts'
import { authorOf } from '../personas/author.ts'
import { draftOf } from './drafts.ts'
import { keyState } from './key-state.ts'
import { countUnread, readMessages } from './messages.ts'
import { countQueued } from './outbox.ts'
import type { Conversation } from './store.ts'

export function conversationView(
  database: Database,
  conversation: Conversation,
  channel: ConversationView['channel'],
): ConversationView {
  const { id, personaId, communityId, contact, offerTitle, createdAt, direct, timer, muted, blocked, ending } =
    conversation
  const { verified, stopped, attempt } = keyState(database, id)
  return {
    id,
    personaId,
    communityId,
    contact: authorOf(contact.pseudonym, contact.key),
    offerTitle: harmlessLine(offerTitle),
    createdAt,
    lastMessage: readMessages(database, id, { limit: 1 })[0] ?? null,
    unread: countUnread(database, conversation),
    channel,
    direct,
    timer,
    muted,
    blocked,
    ending,
    draft: draftOf(database, id),
    verified,
    keys:
      stopped === undefined ? (attempt === undefined || attempt.step === 'confirmed' ? 'ok' : 'renewing') : 'changed',
  }
}

/** When something was said last, ms since 1970. */
export function lastAt({ lastMessage, createdAt }: ConversationView): number {
  return lastMessage?.sentAt ?? createdAt
}

/**
 * Why messages are still queued.
 *
 * @param nextTry where storing has failed: when it is tried again
 * @param isReached whether any node answers
 */
export function waitingView(
  database: Database,
  { id, blocked }: Conversation,
  { nextTry = null, isReached }: { readonly nextTry?: number | null | undefined; readonly isReached: boolean },
): WaitingView {
  const queued = countQueued(database, id)
  if (queued === 0) return { queued, reason: 'none', nextTryAt: null }
  if (blocked) return { queued, reason: 'blocked', nextTryAt: null }
  if (!isReached) return { queued, reason: 'offline', nextTryAt: nextTry }
  return { queued, reason: nextTry === null ? 'working' : 'retrying', nextTryAt: nextTry }
}
