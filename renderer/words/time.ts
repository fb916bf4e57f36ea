const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago or until, in whole units: `5 minutes ago`, `yesterday`, `in 3 days`. All times in ms since 1970. */
export function relativeTime(locale: string, time: number, now: number): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const distance = time - now
  const size = Math.abs(distance)
  if (size < minute) return words.format(0, 'second')
  if (size < hour) return words.format(Math.trunc(distance / minute), 'minute')
  if (size < 20 * hour && sameDay(time, now)) return words.format(Math.trunc(distance / hour), 'hour')
  const days = daysBetween(now, time)
  if (Math.abs(days) < 14) return words.format(days, 'day')
  if (Math.abs(days) < 60) return words.format(Math.trunc(days / 7), 'week')
  return words.format(Math.trunc(days / 30), 'month')
}

/** The heading over the messages of one day: `Today`, `Yesterday`, `Monday, 3 March`. */
export function dayName(locale: string, time: number, now: number): string {
  const days = daysBetween(now, time)
  const date = new Date(time)
  const thisYear = date.getFullYear() === new Date(now).getFullYear()
  const name =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(locale, {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          ...(thisYear ? {} : { year: 'numeric' }),
        }).format(date)
  return withCapital(locale, name)
}

/** As at the beginning of a line: in Italian the names of days are small. */
function withCapital(locale: string, text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** `14:05`, as the locale writes it. */
export function clockTime(locale: string, time: number): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(time)
}

/** `3 March 2026`, or with the hour. */
export function fullDate(locale: string, time: number, style: 'date' | 'date and time' = 'date'): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    ...(style === 'date' ? {} : { timeStyle: 'short' }),
  }).format(time)
}

/** `November 2026`. @param month `2026-11` */
export function monthAndYear(locale: string, month: string): string {
  const [year = '', number = ''] = month.split('-')
  const words = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return words.format(Date.UTC(Number(year), Number(number) - 1))
}

/** Whether two times are on the same day where the person is. */
export function sameDay(a: number, b: number): boolean {
  return daysBetween(a, b) === 0
}

/** Midnights between two times where the person is; negative if `to` is earlier. */
function daysBetween(from: number, to: number): number {
  return Math.round((midnight(to) - midnight(from)) / day)
}

function midnight(time: number): number {
  const date = new Date(time)
  // as if it were UTC, so that a day of 23 or 25 hours is still one day
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
}

/** `Thursday, 3 March, 18:00` for the beginning of a line, or `Thu, 3 Mar, 18:00` for its middle; with the year where it is another. */
export function appointment(locale: string, time: number, now: number, style: 'long' | 'short' = 'long'): string {
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear()
  const words = new Intl.DateTimeFormat(locale, {
    weekday: style,
    day: 'numeric',
    month: style,
    ...(thisYear ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(time)
  return style === 'long' ? withCapital(locale, words) : words
}

/** `45 min`, `1 hr, 30 min`, as the locale writes it. */
export function duration(locale: string, minutes: number): string {
  const part = (unit: 'hour' | 'minute', count: number): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return part('minute', rest)
  return rest === 0
    ? part('hour', hours)
    : new Intl.ListFormat(locale, { type: 'unit' }).format([part('hour', hours), part('minute', rest)])
}

/** A day as a date field holds it: `2027-03-01`, where the person is. */
export function dayField(time: number): string {
  const date = new Date(time)
  return `${String(date.getFullYear()).padStart(4, '0')}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/** A time of day as a time field holds it: `18:00`. */
export function timeField(time: number): string {
  const date = new Date(time)
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}

/** What the two fields mean where the person is, ms since 1970; undefined where one is not filled in. */
export function timeOfFields(day: string, time: string): number | undefined {
  const at = new Date(`${day}T${time}`).getTime()
  return day === '' || time === '' || Number.isNaN(at) ? undefined : at
}

/** `1 March 2027`, of a day without a time zone. */
export function dayOf(locale: string, day: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
