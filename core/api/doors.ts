/**
 * What a page must know to reach core through either door. Everything else that
 * passes between them is the contract.
 */

/**
 * Electron. The page makes a MessageChannel, keeps one port, and posts the other:
 *
 *     const { port1, port2 } = new MessageChannel()
 *     window.postMessage(windowDoor.connect, window.location.origin, [port2])
 *     port1.start()
 *
 * The preload listens before the page's scripts run, so nothing can be lost, and
 * hands the port to core. One connection a page: a newer one ends the older one.
 */
export const windowDoor = {
  /** Scheme and host of the page inside Electron. */
  origin: 'app://page',
  connect: 'staffetta.connect',
} as const

/**
 * The local page. All paths are on the page's own origin.
 *
 * 1. The page was opened with `#TOKEN`, which is good for one use. It clears the
 *    fragment at once (`history.replaceState`) and POSTs the token as the plain
 *    text body to `session`. The answer is 200 with the session's secret as plain
 *    text, or 403 (used, wrong, too old), or 429 (too many wrong ones).
 * 2. It keeps the secret in localStorage under `storageKey`: a second tab and a
 *    reload find it there. It is worth nothing once the app has stopped.
 * 3. `new WebSocket('ws://' + location.host + localDoor.socket, [localDoor.protocol, localDoor.secret + secret])`
 * 4. A page that cannot connect asks GET `session` with the header
 *    `authorization: Session SECRET`: 204 says that it is known, 401 that a new
 *    link is needed (Enter in the terminal gives one), no answer that the app
 *    has stopped.
 *
 * The secret is no cookie, because cookies belong to a host and not to a port:
 * every other service on 127.0.0.1 would be sent it.
 */
export const localDoor = {
  session: '/session',
  socket: '/socket',
  /** The WebSocket subprotocol that the server answers with. */
  protocol: 'staffetta.1',
  /** A second, offered subprotocol: this and the secret. It is never answered or logged. */
  secret: 'session.',
  scheme: 'Session ',
  storageKey: 'session',
} as const

/** Longest message, in characters, that either door takes from a page: the longest text, however its JSON escapes it. */
export const maxRequestLength = 512 * 1024
