import { commaList } from './lists.ts'
import { hoursOfBlock, localBlock } from '../../core/api/availability.ts'

const blockLength = hoursOfBlock * 60

/** How far this device's clock is from UTC now, in minutes to the east. */
export function clockOffset(now: number): number {
  return -new Date(now).getTimezoneOffset()
}

/** The name of a weekday. @param day 0 is Monday */
export function dayOfWeek(locale: string, day: number, weekday: 'long' | 'short'): string {
  // the first of January 2024 was a Monday
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))
}

/** `19:00–23:00`. @param from minutes since midnight @param length in minutes */
export function hoursFrom(region: string, from: number, length = blockLength): string {
  const clock = new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
  // not formatRange: that says the date where it goes past midnight
  return [from, from + length].map((minute) => clock.format(minute * 60_000)).join('–')
}

/** `Mon 19:00–23:00, Tue 7:00–15:00`: blocks in words, in the order of somebody's own week. @param offset as `clockOffset` */
export function availabilityWords(locale: string, region: string, blocks: readonly number[], offset: number): string {
  const local = blocks
    .map((block) => localBlock(block, offset))
    .toSorted((a, b) => a.day - b.day || a.minute - b.minute)
  const days = [...Map.groupBy(local, ({ day }) => day)].map(([day, times]) => {
    const spans: { from: number; length: number }[] = []
    for (const { minute } of times) {
      const last = spans.at(-1)
      if (last !== undefined && last.from + last.length === minute) last.length += blockLength
      else spans.push({ from: minute, length: blockLength })
    }
    return [
      dayOfWeek(locale, day, 'short'),
      spans.map(({ from, length }) => hoursFrom(region, from, length)).join(' + '),
    ].join(' ')
  })
  return commaList(locale, days)
}
