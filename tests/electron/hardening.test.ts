import { EventEmitter } from 'node:events'
import type {
  CommandLine,
  Event,
  Session,
  WebContents,
  WebContentsWillFrameNavigateEventParams,
  WebPreferences,
} from 'electron'
import { describe, expect, test } from 'vitest'
import { fuses } from '../../main/electron/fuses.ts'
import { hardenContents, hardenSession, isOurs } from '../../main/electron/harden.ts'
import { menuTemplate } from '../../main/electron/menu.ts'
import { applySwitches, isSpiedOn } from '../../main/electron/switches.ts'
import { windowOptions } from '../../main/electron/window.ts'

type Handler<Name extends keyof Session> = Session[Name] extends (handler: infer H) => unknown ? NonNullable<H> : never

/** Stands in for Electron's session: keeps the handlers that it is given. */
class StandInSession extends EventEmitter {
  request!: Handler<'setPermissionRequestHandler'>
  check!: Handler<'setPermissionCheckHandler'>
  device!: Handler<'setDevicePermissionHandler'>
  bluetooth!: Handler<'setBluetoothPairingHandler'>
  spelling = true
  capture!: Parameters<Session['setDisplayMediaRequestHandler']>[0]
  before!: (details: { url: string }, decide: (response: { cancel?: boolean }) => void) => void
  readonly setPermissionRequestHandler = (handler: typeof this.request): void => void (this.request = handler)
  readonly setPermissionCheckHandler = (handler: typeof this.check): void => void (this.check = handler)
  readonly setDevicePermissionHandler = (handler: typeof this.device): void => void (this.device = handler)
  readonly setBluetoothPairingHandler = (handler: typeof this.bluetooth): void => void (this.bluetooth = handler)
  readonly setDisplayMediaRequestHandler = (handler: typeof this.capture): void => void (this.capture = handler)
  readonly setSpellCheckerEnabled = (on: boolean): void => void (this.spelling = on)
  readonly webRequest = { onBeforeRequest: (listener: typeof this.before): void => void (this.before = listener) }
}

function hardenedSession(): StandInSession {
  const session = new StandInSession()
  hardenSession(session as unknown as Session)
  return session
}

type Permission = Parameters<Handler<'setPermissionCheckHandler'>>[1]
const permissions: readonly Permission[] = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'local-fonts',
  'local-network',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'persistent-storage',
  'pointerLock',
  'screen-wake-lock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'usb',
  'window-management',
  'unknown',
]

describe('the session', () => {
  test('gives our page leave to write to the clipboard, and nothing to anybody else', () => {
    const session = hardenedSession()
    const requested = (permission: Permission, requestingUrl: string): boolean => {
      const answers: boolean[] = []
      const details = { isMainFrame: true, requestingUrl }
      session.request({} as WebContents, permission, (granted) => answers.push(granted), details)
      expect(answers).toHaveLength(1)
      return answers[0] === true
    }
    const checked = (permission: Permission, origin: string): boolean =>
      session.check(null, permission, origin, {} as Parameters<typeof session.check>[3])
    const granted = (permission: Permission) => requested(permission, 'app://page/')
    expect(permissions.filter(granted)).toEqual(['clipboard-sanitized-write'])
    for (const origin of ['app://page', 'app://page/']) {
      expect(permissions.filter((permission) => checked(permission, origin))).toEqual(['clipboard-sanitized-write'])
    }
    for (const url of ['', 'https://evil.example/', 'app://page.evil.example/', 'app://other/', 'file:///', 'null']) {
      expect(permissions.some((permission) => requested(permission, url) || checked(permission, url))).toBe(false)
    }
  })

  test('lets our page hear, and see nothing', () => {
    const session = hardenedSession()
    const requested = (mediaTypes: ('audio' | 'video')[], requestingUrl = 'app://page/'): boolean => {
      let answer = false
      const details = { isMainFrame: true, requestingUrl, mediaTypes }
      session.request({} as WebContents, 'media', (granted) => (answer = granted), details)
      return answer
    }
    const checked = (mediaType: 'audio' | 'video' | 'unknown', origin = 'app://page'): boolean =>
      session.check(null, 'media', origin, { isMainFrame: true, mediaType })
    expect([requested(['audio']), checked('audio')]).toEqual([true, true])
    expect([requested(['video']), requested(['audio', 'video']), requested([])]).toEqual([false, false, false])
    expect([checked('video'), checked('unknown')]).toEqual([false, false])
    for (const url of ['https://evil.example/', 'app://pages/', 'file:///'])
      expect([requested(['audio'], url), checked('audio', url)]).toEqual([false, false])
  })

  test('gives no device, no screen, no spelling', () => {
    const session = hardenedSession()
    expect(session.device({} as Parameters<typeof session.device>[0])).toBe(false)
    session.bluetooth({} as Parameters<typeof session.bluetooth>[0], (response) => {
      expect(response.confirmed).toBe(false)
    })
    session.capture?.({} as Parameters<NonNullable<typeof session.capture>>[0], (streams) => expect(streams).toBeNull())
    expect(session.spelling).toBe(false)
  })

  test('lets what the page made be saved, and downloads nothing else', () => {
    const session = hardenedSession()
    const downloads = (url: string): boolean => {
      let stopped = false
      const event = { preventDefault: () => (stopped = true) }
      session.emit('will-download', event, { getURL: () => url })
      return !stopped
    }
    expect(downloads('blob:app://page/8d7c1f6e-0000-4000-8000-000000000000')).toBe(true)
    for (const url of [
      'app://page/assets/index.js',
      'blob:app://pages/8d7c',
      'blob:https://evil.example/8d7c',
      'blob:null/8d7c',
      'data:text/plain,x',
      'https://evil.example/page.zip',
      'file:///etc/passwd',
      '',
    ]) {
      expect.soft(downloads(url), url).toBe(false)
    }
  })

  test('asks nobody but our page for anything', () => {
    const session = hardenedSession()
    const cancelled = (url: string): boolean => {
      let cancel: boolean | undefined
      session.before({ url }, (response) => (cancel = response.cancel))
      return cancel === true
    }
    for (const url of ['app://page/', 'app://page/assets/index.js', 'blob:app://page/8d7c'])
      expect(cancelled(url)).toBe(false)
    for (const url of [
      'https://redirector.gvt1.com/edgedl/chrome/dict/en-us.bdic',
      'http://127.0.0.1/',
      'ws://app/',
      'file:///etc/passwd',
      'app://page',
      'app://pages/',
      'app://page@evil.example/',
      'app:///page/',
      'devtools://devtools/',
      'data:text/html,x',
      '',
    ]) {
      expect.soft(cancelled(url), url).toBe(true)
    }
  })
})

/** Stands in for a page's contents: keeps what it is told and lets a test play Chromium. */
class StandInContents extends EventEmitter {
  open!: Parameters<WebContents['setWindowOpenHandler']>[0]
  webrtc = 'default'
  readonly setWindowOpenHandler = (handler: typeof this.open): void => void (this.open = handler)
  readonly setWebRTCIPHandlingPolicy = (policy: string): void => void (this.webrtc = policy)
}

function prevented(emitter: EventEmitter, name: string, params: object = {}): boolean {
  let stopped = false
  const event = { ...params, preventDefault: () => (stopped = true) } as unknown as Event
  emitter.emit(name, event)
  return stopped
}

describe('the contents', () => {
  const contents = new StandInContents()
  hardenContents(contents as unknown as WebContents)

  test('open no window', () => {
    const details = { url: 'app://page/' } as Parameters<typeof contents.open>[0]
    expect(contents.open(details)).toEqual({ action: 'deny' })
    expect(contents.webrtc).toBe('disable_non_proxied_udp')
  })

  test('go nowhere: a reload of the front page is all', () => {
    const going = (url: string, isMainFrame = true): boolean =>
      !prevented(contents, 'will-frame-navigate', {
        url,
        isMainFrame,
      } satisfies Partial<WebContentsWillFrameNavigateEventParams>)
    expect(going('app://page/')).toBe(true)
    expect(going('app://page/#offers')).toBe(true)
    expect(going('app://page/', false)).toBe(false)
    for (const url of [
      '',
      'app://page',
      'app://page/assets/x.js',
      'https://evil.example/',
      'file:///etc/passwd',
      'about:blank',
      'javascript:0',
      'data:text/html,x',
      'blob:app://page/1',
    ]) {
      expect.soft(going(url), url).toBe(false)
    }
    expect(prevented(contents, 'will-redirect', { url: 'app://page/' })).toBe(true)
    expect(prevented(contents, 'will-attach-webview')).toBe(true)
  })
})

test('an address is ours by scheme and host, whole', () => {
  expect(['app://page/', 'app://page/x', 'app://page/#x'].every(isOurs)).toBe(true)
  expect(
    [
      '',
      'app://page',
      'app:page/',
      'APP://page/',
      ' app://page/',
      'app://page:1/',
      'app://x@page/',
      'https://app://page/',
    ].some(isOurs),
  ).toBe(false)
})

test('the window is shut in', () => {
  const { webPreferences = {}, title } = windowOptions({} as Session, '/preload.cjs')
  expect(title).toBe('Staffetta')
  expect(webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  } satisfies WebPreferences)
  expect(webPreferences.partition).toBeUndefined()
})

test('Chromium is told to ask for nothing', () => {
  const said = new Map<string, string | undefined>()
  applySwitches({ appendSwitch: (name: string, value?: string) => void said.set(name, value) })
  expect(said.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-breakpad',
    'disable-sync',
    'no-pings',
    'dns-prefetch-disable',
    'disable-domain-reliability',
  ]) {
    expect(said.has(name)).toBe(true)
  }
  expect([...said.keys()].some((name) => /no-sandbox|disable-web-security|remote-debugging/.test(name))).toBe(false)
  // this feature hides local addresses: it must stay on
  expect(said.get('disable-features')).not.toContain('WebRtcHideLocalIpsWithMdns')
})

const line = (...present: string[]): Pick<CommandLine, 'hasSwitch'> => ({
  hasSwitch: (name) => present.includes(name),
})

test('a packaged app is not looked into', () => {
  expect(isSpiedOn(line())).toBe(false)
  for (const name of ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk']) {
    expect(isSpiedOn(line(name))).toBe(true)
  }
})

test('no menu leads out or looks inside', () => {
  expect(menuTemplate('linux')).toEqual([])
  expect(menuTemplate('win32')).toEqual([])
  const roles = JSON.stringify(menuTemplate('darwin'))
  expect(roles).toContain('paste')
  expect(roles).not.toMatch(/devtools|reload|help|services|about/i)
})

test('the fuses for packaging', () => {
  expect(fuses).toMatchObject({
    RunAsNode: false,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: true,
    OnlyLoadAppFromAsar: true,
    GrantFileProtocolExtraPrivileges: false,
  })
})
