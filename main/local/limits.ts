import { maxRequestLength } from '../../core/api/doors.ts'

/** What one local page may cost. Times in milliseconds. */
export const limits = {
  /** TCP connections at once, WebSockets among them. */
  connections: 64,
  sockets: 16,
  /** Bytes of a request's head, and how many fields. */
  headBytes: 8 * 1024,
  headFields: 64,
  /** Bytes of the one body that is taken: a token. */
  bodyBytes: 128,
  /** Until a request's head, and all of it, must be here. */
  headTimeout: 5_000,
  requestTimeout: 10_000,
  idleTimeout: 30_000,
  /** How often these are looked at. */
  checkInterval: 1_000,
  /** Bytes of a WebSocket message: UTF-8 takes at most three a character. */
  messageBytes: 3 * maxRequestLength,
  /**
   * Bytes that wait for a page that does not read; more ends its connection. The longest answer fits: 200 messages
   * of 64 KiB, all of it characters that JSON makes six of. A contact could write them.
   */
  unsentBytes: 96 * 1024 * 1024,
  pingInterval: 30_000,
}

export type Limits = typeof limits
