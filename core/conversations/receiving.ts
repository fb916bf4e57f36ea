import type { Bytes } from '../base/bytes.ts'
import { isFault } from '../base/fault.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Steps } from '../ratchet/session.ts'
import { acknowledge } from './acknowledging.ts'
import { apply, applyUnreadable, type Said } from './applying.ts'
import { advance } from './chain.ts'
import { markHeard } from './create.ts'
import type { Desk } from './desk.ts'
import { addDisposal, type Disposal } from './disposals.ts'
import { keyState, setKeyState } from './key-state.ts'
import { addPart, dropParts, partsHere } from './parts.ts'
import { decodeMessage, type Message } from './plaintext.ts'
import { isHeld, mostUnread } from './reset-rules.ts'
import { scrub } from './scrubbing.ts'
import { getConversation, type Conversation } from './store.ts'
import { inTurn } from './turns.ts'

/** How far ahead of the next expected item others are taken and kept. A sender over a channel goes no further. */
export const receiveWindow = 128

/** In the place of what was in a box that cannot be read: no ciphertext is so. Not empty, which SQLite's driver takes for NULL. */
const unreadable = Uint8Array.of(0)

export interface Arrival {
  readonly index: number
  /** Undefined where the box could not be read by this version: the message counts, as unreadable. */
  readonly ciphertext: Bytes | undefined
  /** Of the keys that it was made with; undefined: those in use. */
  readonly generation?: number
  /** The mailbox box that it came in, to be deleted once it is saved. */
  readonly box?: Disposal
}

/** What a contact told of what they have, over the live channel, together with what arrived. */
export interface Told {
  readonly acknowledged: number
}

/**
 * Takes items of the other in, from whichever way they came.
 *
 * In order: they are decrypted and saved, and so are those that waited for
 * them. Ahead of their turn: their ciphertexts wait in the vault. Seen before,
 * or beyond the window: nothing. But for the last, boxes are noted for deletion.
 * All of it in one transaction.
 *
 * @returns how many items were saved
 * @throws Fault `not-found`, `disk-full`
 */
export function receiveItems(
  desk: Desk,
  id: ConversationId,
  arrivals: readonly Arrival[],
  told?: Told,
): Promise<number> {
  return inTurn(desk, id, () => take(desk, id, arrivals, told))
}

/** Saves what waits and is next in order; after a crash there may be some. @returns how many */
export function resumeReceiving(desk: Desk, id: ConversationId): Promise<number> {
  return receiveItems(desk, id, [])
}

async function take(desk: Desk, id: ConversationId, arrivals: readonly Arrival[], told?: Told): Promise<number> {
  const { database, clock } = desk
  const { receiveNext, session, generation } = getConversation(database, id)
  const { stopped, unread } = keyState(database, id)
  const near = arrivals.filter(
    (each) =>
      stopped === undefined &&
      each.index < receiveNext + receiveWindow &&
      // what was made for a session that is gone comes again
      (each.generation ?? generation) === generation,
  )
  const ahead = waiting(desk, id)
  const fresh = new Map<number, Bytes>()
  for (const { index, ciphertext = unreadable } of near) {
    if (index >= receiveNext && !ahead.has(index) && !fresh.has(index)) fresh.set(index, ciphertext)
  }
  const run: Bytes[] = []
  for (;;) {
    const index = receiveNext + run.length
    const next = ahead.get(index) ?? fresh.get(index)
    if (next === undefined) break
    run.push(next)
    fresh.delete(index)
  }
  if (stopped !== undefined) run.length = 0
  const steps = run.length === 0 ? undefined : desk.ratchet.stepsIfAny(session)
  const opened: Opened[] = []
  let failed = unread
  if (steps !== undefined) {
    for (const ciphertext of run) {
      const one = await open(steps, ciphertext)
      const bad = !one.authentic && ciphertext.length > unreadable.length
      if (one.authentic) failed = 0
      else if (bad) failed++
      if (bad && isHeld(desk, id, failed)) break
      opened.push(one)
    }
  }
  const saved = receiveNext + opened.length
  const held = receiveNext + run.length > saved
  const now = clock.now()
  database.transaction(() => {
    steps?.commit()
    save(desk, id, opened, now)
    if (failed !== unread) setKeyState(database, id, { unread: failed })
    for (const [index, ciphertext] of fresh) {
      database.run('INSERT INTO conversation_inbox (conversation_id, chain_index, ciphertext) VALUES (?, ?, ?)', [
        id,
        index,
        ciphertext,
      ])
    }
    for (const { box, index } of near) {
      const isHere = index < saved || index >= receiveNext + run.length
      if (box !== undefined && isHere) addDisposal(database, id, box, now)
    }
    // whoever comes with another key has received nothing that was meant for the one who is known
    if (told !== undefined && stopped === undefined)
      acknowledge(database, id, { count: told.acknowledged, live: true, now })
  })
  if (opened.some(({ message }) => message?.kind === 'delete' || message?.kind === 'end')) scrub(database)
  if (held || failed >= mostUnread) desk.broken?.(id)
  return opened.length
}

/** What came ahead of its turn, by index. At most a window. */
function waiting({ database }: Desk, id: ConversationId): ReadonlyMap<number, Bytes> {
  const rows = database.all<{ index: number; ciphertext: Bytes }>(
    'SELECT chain_index AS "index", ciphertext FROM conversation_inbox WHERE conversation_id = ?',
    [id],
  )
  return new Map(rows.map(({ index, ciphertext }) => [index, ciphertext]))
}

/** What an item turned out to be. */
interface Opened {
  /** Whether the other's keys made it. */
  readonly authentic: boolean
  readonly message?: Message
}

async function open(steps: Steps, ciphertext: Bytes): Promise<Opened> {
  let authentic = false
  try {
    const plaintext = await steps.decrypt(ciphertext)
    authentic = true
    return { authentic, message: decodeMessage(plaintext) }
  } catch (error) {
    // only what is wrong with the message itself: a full disk must not cost a message
    if (isFault(error, 'unreadable', 'malformed', 'unknown-version', 'too-large')) return { authentic }
    throw error
  }
}

/** Saves the next items in order, with the counters and the chain, inside the transaction that saves the session. */
function save(desk: Desk, id: ConversationId, opened: readonly Opened[], now: number): void {
  const { database } = desk
  if (opened.length === 0) return
  let conversation = getConversation(database, id)
  const { receiveNext, receiveChain, sendNext } = conversation
  const cursor = { nextPosition: conversation.nextPosition }
  for (const [nth, { message }] of opened.entries()) {
    saveOne(desk, conversation, message, {
      mine: false,
      index: receiveNext + nth,
      at: message?.at ?? now,
      now,
      cursor,
    })
    if (message !== undefined && message.kind !== 'text') conversation = getConversation(database, id)
  }
  const next = receiveNext + opened.length
  database.run('UPDATE conversations SET receive_next = ?, receive_chain = ?, next_position = ? WHERE id = ?', [
    next,
    advance(receiveChain, opened.length),
    cursor.nextPosition,
    id,
  ])
  database.run('DELETE FROM conversation_inbox WHERE conversation_id = ? AND chain_index < ?', [id, next])
  if (!conversation.heard && opened.some(({ authentic }) => authentic)) markHeard(database, id)
  // an absurd acknowledgement does not make the words unreadable
  const acks = opened.map(({ message }) => message?.ack ?? 0).filter((ack) => ack <= sendNext)
  acknowledge(database, id, { count: Math.max(0, ...acks), live: false, now })
}

function saveOne(desk: Desk, conversation: Conversation, message: Message | undefined, said: Said): void {
  const { database } = desk
  const { id } = conversation
  if (message?.kind === 'part') {
    // of what will not be shown nothing is kept
    if (conversation.ending !== 'none') return
    const content = addPart(database, id, message)
    if (content === 'more') return
    if (content === undefined) applyUnreadable(desk, conversation, said)
    else apply(desk, conversation, content, said)
    return
  }
  if (partsHere(database, id) > 0) {
    // the rest of it will not come any more
    dropParts(database, id)
    applyUnreadable(desk, conversation, { ...said, index: said.index - 1 })
  }
  if (message === undefined) applyUnreadable(desk, conversation, said)
  else apply(desk, conversation, message, said)
}
