import type { Clock } from '../base/clock.ts'
import type { ConversationId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import type { Ratchet } from '../ratchet/ratchet.ts'
import type { RecordHandlers } from './records.ts'

/** What it takes to write and to read messages: nothing of the network. */
export interface Desk {
  readonly database: Database
  readonly ratchet: Ratchet
  readonly clock: Clock
  /** None where nothing else keeps anything with conversations. */
  readonly records?: RecordHandlers
  /** Told where a session seems to be broken, after what shows it was saved. */
  readonly broken?: (id: ConversationId) => void
}
