import type { ServerLimits } from '../../../core/boxes/server.ts'

/** For scenarios about other things: a few members do in a minute what a hundred would. */
export const restless: ServerLimits = {
  storesPerMinute: 1_000_000,
  fetchesPerMinute: 1_000_000,
  getsPerMinute: 1_000_000,
  deletesPerMinute: 1_000_000,
  havesPerMinute: 1_000_000,
  nodeStoresPerSecond: 1_000_000,
  refusalPause: 0,
}
