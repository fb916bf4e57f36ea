import type { Session, WebContents } from 'electron'
import { windowDoor } from '../../core/api/doors.ts'

/** The one page that the window shows. */
export const frontPage = `${windowDoor.origin}/`

/**
 * Refused are all permissions but these: to put text on the clipboard (an
 * invite) after a click, which every browser gives; and to hear the person while
 * they record a voice note. Reading the clipboard is refused, and so are cameras.
 */
function isGranted(permission: string, media: readonly string[]): boolean {
  if (permission === 'media') return media.length > 0 && media.every((kind) => kind === 'audio')
  return permission === 'clipboard-sanitized-write'
}

/** Scheme and host are ours; an empty or broken address is nobody's. */
export function isOurs(url: string): boolean {
  return URL.canParse(url) && url.startsWith(frontPage)
}

type HardenedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> }

/** What the page has in memory and hands out: a file that the person saves. It has an address in this process alone. */
function isOwnBlob(url: string): boolean {
  return url.startsWith(`blob:${frontPage}`)
}

/**
 * Every permission, device and request to anywhere else is refused, whoever asks. Nothing is downloaded but what the
 * page itself made in memory; the system's own window then asks the person where to.
 */
export function hardenSession(session: HardenedSession): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    decide(isGranted(permission, media) && isOurs(details.requestingUrl))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      isGranted(permission, mediaType === undefined ? [] : [mediaType]) && isOurs(`${origin.replace(/\/$/, '')}/`),
  )
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }))
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null))
  // its dictionaries would be downloaded from an outside address, and it would learn every word typed
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOurs(url) && !isOwnBlob(url) }))
  session.on('will-download', (event, item) => {
    if (!isOwnBlob(item.getURL())) event.preventDefault()
  })
}

type HardenedContents = Pick<WebContents, 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy' | 'on'>

/** No page but ours, no other window, nothing embedded. For every contents that Electron makes. */
export function hardenContents(contents: HardenedContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  // a reload of the front page is all the going that there is
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || details.url.split('#')[0] !== frontPage) details.preventDefault()
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
