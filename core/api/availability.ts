/**
 * Rough availability: the week in blocks of four hours, fixed in UTC all year.
 * Where clocks change, a block is an hour earlier or later by the clock on the
 * wall: one that followed the clock would tell which clock. PROTOCOL.md section
 * "Availability". Free of zod, for the windows.
 */
export const hoursOfBlock = 4
export const blocksOfDay = 24 / hoursOfBlock
export const blocksOfWeek = 7 * blocksOfDay

const minutesOfDay = 24 * 60
const minutesOfWeek = 7 * minutesOfDay

/** A block as it lies in somebody's own week. */
export interface LocalBlock {
  readonly block: number
  /** Of its beginning: 0 is Monday. */
  readonly day: number
  /** Of its beginning, minutes since midnight. */
  readonly minute: number
}

/** @param offset of the reader's clock from UTC in minutes, to the east: 330 in Kolkata */
export function localBlock(block: number, offset: number): LocalBlock {
  const at = (((block * hoursOfBlock * 60 + offset) % minutesOfWeek) + minutesOfWeek) % minutesOfWeek
  return { block, day: Math.floor(at / minutesOfDay), minute: at % minutesOfDay }
}

/** The whole week as a table: a row for each time of the day at which blocks begin, the earliest first; in it a block for each day. */
export function localWeek(offset: number): LocalBlock[][] {
  const all = Array.from({ length: blocksOfWeek }, (_, block) => localBlock(block, offset))
  const rows = Map.groupBy(all, ({ minute }) => minute)
  return [...rows.values()]
    .toSorted(([a], [b]) => (a?.minute ?? 0) - (b?.minute ?? 0))
    .map((row) => row.toSorted((a, b) => a.day - b.day))
}
