import type { Clock } from '../base/clock.ts'
import type { CircleId } from '../base/ids.ts'
import type { Locks } from '../base/locks.ts'
import type { Database } from '../database/database.ts'
import type { SenderKeys } from '../ratchet/sender-keys.ts'

/** What it takes to keep circles: nothing of the network. */
export interface Desk {
  readonly database: Database
  readonly clock: Clock
  readonly senderKeys: SenderKeys
  /** Steps of the group cipher, one at a time for a circle. */
  readonly locks: Locks
  /** Told after the commit. */
  readonly changed: (id: CircleId) => void
}
