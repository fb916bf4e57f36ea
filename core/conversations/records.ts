import type { RecordEvent } from '../api/record-events.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Conversation } from './store.ts'

/** When and by whom a record was said. */
export interface RecordPlace {
  readonly mine: boolean
  /** In the chain of its writer; of a long one its last item's. */
  readonly index: number
  /** By the writer's clock, ms since 1970: not to be believed. */
  readonly at: number
  readonly now: number
}

/**
 * What another part of the product keeps with each conversation, and changes by
 * records that the pair sends each other. All of it is synchronous, inside the
 * transaction that moves the chain: what is saved was sent, and what was sent is
 * saved.
 */
export interface RecordHandler {
  /**
   * In the order of each side's chain, for what either side says. What makes no
   * sense changes nothing: a contact is not believed.
   *
   * @param body 1 to `maxRecord` bytes; of the other side, anything
   * @returns what the thread shows in its place, if anything
   * @throws Fault: an own one is not saved and not sent then; one of the other may throw `malformed`, `too-large` or
   *   `unknown-version` before it changed anything, and is shown as unreadable
   */
  apply(conversation: Conversation, body: Uint8Array, place: RecordPlace): RecordEvent | 'unreadable' | undefined
  /**
   * An item of the other could not be read, or was refused: it may have been one of these.
   *
   * @param index in the chain of the other
   */
  lost?(id: ConversationId, index: number, now: number): void
  /** Either side has ended the conversation: nothing of it stays. */
  erase(id: ConversationId): void
  /** After the transaction: for windows, and for what takes longer. */
  committed?(id: ConversationId): void
}

/** Who keeps what, by the name of their area on the wire. */
export type RecordHandlers = ReadonlyMap<string, RecordHandler>

/** The longest body of a record, bytes. */
export const maxRecord = 65_536
