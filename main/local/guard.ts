import type { IncomingMessage } from 'node:http'
import { localDoor } from '../../core/api/doors.ts'

/**
 * Whether the request names this very address as its host, once. A page of
 * another site whose name was pointed at 127.0.0.1 (DNS rebinding) sends its own.
 */
export function hostIsOurs(request: IncomingMessage, host: string): boolean {
  const named = request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === 'host')
  return named.length === 1 && named[0] === host
}

/**
 * Whether the browser may have what it asks for (Fetch Metadata).
 *
 * Other pages may lead here by a link, and only to the front page. They may not
 * load our files as scripts or pictures to learn that the app is there.
 */
export function siteMayAsk(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return (
    request.method === 'GET' &&
    request.url === '/' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document'
  )
}

/** What only our own page may do: a browser always names the origin there, and a page cannot name another one. */
export function originIsOurs(request: IncomingMessage, origin: string): boolean {
  return request.headers.origin === origin && siteMayAsk(request)
}

/** The session's secret in the offered subprotocols, where our own is offered too. */
export function offeredSecret(request: IncomingMessage): string | undefined {
  const offered = request.headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim()) ?? []
  const secrets = offered.filter((protocol) => protocol.startsWith(localDoor.secret))
  if (offered.length !== 2 || !offered.includes(localDoor.protocol)) return undefined
  return secrets[0]?.slice(localDoor.secret.length)
}

/** The secret of `authorization: Session SECRET`. */
export function authorizedSecret(request: IncomingMessage): string | undefined {
  const { authorization } = request.headers
  return authorization?.startsWith(localDoor.scheme) === true ? authorization.slice(localDoor.scheme.length) : undefined
}
