import { epochOf, epochStart } from './epoch.ts'

const hour = 3_600_000
const day = 24 * hour
/** What stands on a board outlives its epoch so long, for clocks that differ and readers near the border. */
export const boardGrace = day
/** The next epoch's boards are written from the last half of the week before it on. PROTOCOL.md section "Editions". */
const ahead = 3.5 * day
/** So long after a border the old epoch is read as well, and so long before it the new one. */
const readBack = day
const readAhead = 12 * hour

/** Whose boards are written: the present epoch's always, the next one's in the last half week before it. */
export function wantedEpochs(now: number): number[] {
  const present = epochOf(now)
  return now >= epochStart(present + 1) - ahead ? [present, present + 1] : [present]
}

/** Whose boards are read: the present one's always; a neighbour's near the border. */
export function readEpochs(now: number): number[] {
  const present = epochOf(now)
  const epochs = [present]
  if (present > 0 && now - epochStart(present) < readBack) epochs.push(present - 1)
  if (epochStart(present + 1) - now <= readAhead) epochs.push(present + 1)
  return epochs
}
