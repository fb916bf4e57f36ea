import type { CustomScheme } from 'electron'
import { windowDoor } from '../../core/api/doors.ts'
import type { Assets } from '../door/assets.ts'
import { securityHeaders } from '../door/headers.ts'

const { protocol } = new URL(windowDoor.origin)

/** `app:`, without the colon. */
export const scheme = protocol.slice(0, -1)

/** A scheme of its own and not file: the page has an origin, a policy, and no way to the disk. */
export const pageScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

/** Answers with what is in the table and nothing else; the address never becomes a path on the disk. */
export function servePage(assets: Assets): (request: Request) => Response {
  return ({ url, method }) => {
    const path = url.startsWith(`${windowDoor.origin}/`) ? url.slice(windowDoor.origin.length) : ''
    const asset = method === 'GET' ? assets.get(path.split('#')[0] ?? '') : undefined
    const headers = { ...securityHeaders(), ...(asset === undefined ? {} : { 'content-type': asset.type }) }
    return new Response(asset?.bytes ?? null, { status: asset === undefined ? 404 : 200, headers })
  }
}
