/** A field of a log line. Free text is not possible: words come from the code, not from data. */
export type LogValue = number | boolean

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/**
 * A log that cannot leak: an event name written in the source, and numbers.
 *
 * `event` is a literal such as `box.refused`; never build it from data.
 */
export interface Log {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, LogValue>>): void
}

export const silentLog: Log = { write() {} }

/** One JSON object a line to `out` (the daemon's stderr, a test's array). */
export function jsonLog(out: (line: string) => void, now: () => number): Log {
  return {
    write(level, event, fields) {
      const name = /^[a-z0-9.-]{1,64}$/.test(event) ? event : 'log.bad-event'
      out(JSON.stringify({ time: new Date(now()).toISOString(), level, event: name, ...fields }))
    },
  }
}
