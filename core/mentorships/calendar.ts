import type { Session } from './sessions.ts'

const minute = 60_000

type Time = Pick<Session, 'at' | 'minutes'>

/** Ms since 1970. */
export function sessionEnd({ at, minutes }: Time): number {
  return at + minutes * minute
}

export function isAhead(session: Time, now: number): boolean {
  return sessionEnd(session) > now
}

/** Accepted, not over, and begun, or so near that this person wished to be reminded. */
export function isNear(session: Session, reminder: number | null, now: number): boolean {
  return session.state === 'accepted' && isAhead(session, now) && session.at - (reminder ?? 0) * minute <= now
}

/** When to remind of a session, ms since 1970. */
export function remindAt({ at }: Time, reminder: number): number {
  return at - reminder * minute
}

/**
 * An appointment for a calendar, RFC 5545: when it is, under the title that is
 * given. Nothing else in it is of the session or of anybody: calendars are
 * shared, synchronised and read over shoulders.
 *
 * @param uid random
 */
export function calendarText(
  session: Time,
  { title, uid, now }: { readonly title: string; readonly uid: string; readonly now: number },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Calendar//EN',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(session.at)}`,
    `DTEND:${utc(sessionEnd(session))}`,
    `SUMMARY:${escaped(title)}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** The last second of the year 9999: no later one can be written in such a form. */
const lastSecond = 253_402_300_799_000

/** Section 3.3.5, form 2: `20261129T173000Z`. */
function utc(ms: number): string {
  return new Date(Math.min(ms, lastSecond)).toISOString().replace(/[-:]|\.\d{3}/g, '')
}

/** Section 3.3.11. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, String.raw`\$&`).replace(/\r\n?|\n/g, String.raw`\n`)
}

/** Section 3.1: no line over 75 bytes of UTF-8, and no letter cut. */
function folded(line: string): string {
  let out = ''
  let length = 0
  for (const letter of line) {
    const bytes = Buffer.byteLength(letter)
    if (length + bytes > 75) {
      out += '\r\n '
      length = 1
    }
    out += letter
    length += bytes
  }
  return out
}
