const second = 1000
const hour = 3600 * second

/** How long things take before something is done about it. All in ms. */
export interface Timing {
  /** A message over the channel that is not acknowledged by then goes to the mailbox, and the channel is given up. */
  readonly acknowledge: number
  /** An acknowledgement over the channel is written with what arrives in the meantime, or after so long. */
  readonly together: number
  /** Silence after which a channel says that it is still there. */
  readonly heartbeat: number
  /** Silence after which the other side of a channel is taken for gone. */
  readonly silence: number
  /** For a dial, and for a handshake, each. */
  readonly handshake: number
  readonly dial: number
  /** Unacknowledged messages are stored again after so long. */
  readonly storeAgain: number
  /** Acknowledgements by presence wait so long for more messages. */
  readonly settle: number
  /** Presence at start waits so long for a relay's reservation. */
  readonly firstPresence: number
  /** A new contact's presence is looked for after each of these, one after the other, before the usual polls. */
  readonly firstLooks: readonly number[]
}

export const defaultTiming: Timing = {
  acknowledge: 8 * second,
  together: 0.05 * second,
  heartbeat: 25 * second,
  silence: 70 * second,
  handshake: 10 * second,
  dial: 20 * second,
  storeAgain: 24 * hour,
  settle: 5 * second,
  firstPresence: 3 * second,
  firstLooks: [0.3 * second, 2 * second, 4 * second, 8 * second],
}

/** Mailbox and presence boxes live so long. */
export const boxLifeHours = 14 * 24
/** A prepared box with less left is made anew before it is stored again. */
export const boxLifeLeastHours = 7 * 24
