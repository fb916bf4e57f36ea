import { farthestPlan } from '../base/jobs.ts'

const second = 1_000
const hour = 3_600 * second
const day = 24 * hour

/** How long things take in circles. All in ms. */
export interface CircleTiming {
  /** The host waits so long for more who come in, before all begin another epoch. */
  readonly together: number
  /** So long after a message was stored it is told, with those that follow it meanwhile. */
  readonly tell: number
  /** What was received is told once a day, so long after there is news. */
  readonly acknowledge: number
}

export const defaultTiming: CircleTiming = { together: 5 * second, tell: second, acknowledge: 10 * 60 * second }

/** What is stored is stored again so often, +/- 25 %, ... */
export const renewAfter = 7 * day
/** ... until it is so old. Its last box lives up to two weeks longer. */
export const renewUntil = 28 * day
/** Keys of an epoch that another has followed stay so long: nobody renews anything there by then, and all has expired. */
export const keepEpoch = renewUntil + 15 * day
/** Who is in it no more is heard for so long. */
export const lastWords = hour
/** Epochs whose messages are still looked for. */
export const mostEpochs = 16
/** Circles that one contact may have told this side of. */
export const mostOfContact = 32
/** Own resources are said again to those who come in, no more often than this: each time costs work for each of them. */
export const resourcesAgain = hour
/** Bytes that are kept of what one member said; of what is older nothing is. */
export const mostOfMember = 8 * 1024 * 1024
/** Resources of one member that are remembered as withdrawn before they came. */
export const mostWithdrawn = 1_000
/** Reports that a host keeps. */
export const mostReports = 50

/**
 * When something is due that the vault planned for `dueAt`; undefined while that
 * is far ahead. Further than anything is ever planned it was written by a clock
 * that was set back since: then it is due now.
 */
export function planned(dueAt: number, now: number): number | undefined {
  if (dueAt > now + 2 * keepEpoch) return now
  return dueAt > now + farthestPlan ? undefined : dueAt
}
