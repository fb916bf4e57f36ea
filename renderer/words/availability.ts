import { localBlock, type LocalBlock } from '../../core/api/availability.ts'

/** How far this device's clock is from UTC now, in minutes to the east. */
export function clockOffset(now: number): number {
  return -new Date(now).getTimezoneOffset()
}

/** The name of a weekday. @param day 0 is Monday */
export function dayName(locale: string, day: number, width: 'long' | 'short'): string {
  // the first of January 2024 was a Monday
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))
}

/** A time of the day. @param minute since midnight; from midnight on it counts into the next day */
export function timeOfDay(region: string, minute: number): string {
  return new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    minute * 60_000,
  )
}

/** From when to when a block is, by somebody's own clock. */
export function hoursOf(region: string, { minute }: LocalBlock): string {
  return new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).formatRange(
    minute * 60_000,
    (minute + 240) * 60_000,
  )
}

/** `Monday 19:00–23:00, Tuesday 7:00–11:00`: blocks in words, in the order of somebody's own week. */
export function availabilityWords(locale: string, region: string, blocks: readonly number[], offset: number): string {
  const local = blocks
    .map((block) => localBlock(block, offset))
    .toSorted((a, b) => a.day - b.day || a.minute - b.minute)
  const days = [...Map.groupBy(local, ({ day }) => day)].map(
    ([day, times]) => `${dayName(locale, day, 'short')} ${times.map((time) => hoursOf(region, time)).join(', ')}`,
  )
  return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(days)
}
