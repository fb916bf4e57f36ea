/** Monday 1970-01-05T00:00:00Z, in seconds: where epoch 0 begins. */
const firstMonday = 345_600
const week = 604_800

/**
 * The epoch of a moment: weeks from Monday 00:00 UTC. PROTOCOL.md section "Epochs".
 *
 * A clock that stands before the first Monday of 1970 (an empty battery) is in epoch 0.
 *
 * @param nowMs milliseconds since 1970, UTC
 */
export function epochOf(nowMs: number): number {
  return Math.max(0, Math.floor((Math.floor(nowMs / 1000) - firstMonday) / week))
}

/** When an epoch begins. @returns milliseconds since 1970, UTC */
export function epochStart(epoch: number): number {
  return (firstMonday + epoch * week) * 1000
}
