import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron'
import { createApp } from '../../core/app.ts'
import { windowDoor } from '../../core/api/doors.ts'
import { systemClock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { jsonLog, silentLog } from '../../core/base/log.ts'
import { readAssets } from '../door/assets.ts'
import { startSentence } from '../door/sentences.ts'
import { createServe, type Serve } from '../door/serve.ts'
import { profileDirectory } from '../start/profile.ts'
import { acceptPort } from './connect.ts'
import { frontPage, hardenContents, hardenSession } from './harden.ts'
import { menuTemplate } from './menu.ts'
import { pageScheme, scheme, servePage } from './page.ts'
import { applySwitches, isSpiedOn } from './switches.ts'
import { windowOptions, windowTitle } from './window.ts'

/** The window. The only file that calls Electron; what it decides is in the files beside it. */

const profile = process.env['STAFFETTA_PROFILE'] ?? 'main'
const directory = profileDirectory({ profile, data: process.env['STAFFETTA_DIRECTORY'] })
/** The build: out/main/main/electron/index.js, out/preload, out/window. */
const built = join(import.meta.dirname, '..', '..', '..')

const log =
  process.env['STAFFETTA_LOG'] === '1'
    ? jsonLog(
        (line) => console.error(line),
        () => Date.now(),
      )
    : silentLog

try {
  begin()
} catch (error) {
  fail(error)
}

/** Before Electron is ready: nothing here waits. */
function begin(): void {
  applySwitches(app.commandLine)
  app.enableSandbox()
  app.setName(windowTitle)
  if (app.isPackaged && isSpiedOn(app.commandLine)) throw new Error('The window may not be looked into')
  // what Chromium writes lies with the profile, and two profiles are two apps
  const chromium = join(directory, 'window')
  mkdirSync(chromium, { recursive: true, mode: 0o700 })
  app.setPath('userData', chromium)
  app.setPath('sessionData', chromium)
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
  protocol.registerSchemesAsPrivileged([pageScheme])
  process.on('unhandledRejection', () => log.write('error', 'process.stray-rejection'))
  // without a listener Electron shows the stack in a dialog
  process.on('uncaughtException', fail)
  if (!app.requestSingleInstanceLock()) throw new Fault('profile-in-use', 'Another window has this profile')
  app.whenReady().then(run).catch(fail)
}

async function run(): Promise<void> {
  const core = createApp({ directory, clock: systemClock, log })
  await core.start()
  stopBeforeQuit(() => core.stop())
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)))
  const page = openWindow(createServe(core, log))
  app.on('second-instance', () => {
    if (page.isMinimized()) page.restore()
    page.focus()
  })
  app.on('window-all-closed', () => app.quit())
  await page.loadURL(frontPage)
}

function openWindow(serve: Serve): BrowserWindow {
  // no "persist:": this session is in memory
  const memory = session.fromPartition('window', { cache: false })
  hardenSession(memory)
  memory.protocol.handle(scheme, servePage(readAssets(join(built, 'window'))))
  const page = new BrowserWindow(windowOptions(memory, join(built, 'preload', 'preload.cjs')))
  page.setContentProtection(true)
  page.on('page-title-updated', (event) => event.preventDefault())
  page.once('ready-to-show', () => page.show())
  ipcMain.on(windowDoor.connect, acceptPort(page.webContents, serve))
  page.webContents.on('render-process-gone', (_event, { reason }) => {
    log.write('error', 'window.page-gone')
    if (reason !== 'clean-exit' && !page.isDestroyed()) page.webContents.reload()
  })
  return page
}

/** The vault is locked and the network has ended before the program does. */
function stopBeforeQuit(stop: () => Promise<void>): void {
  let stopped: Promise<void> | undefined
  app.on('before-quit', (event) => {
    event.preventDefault()
    stopped ??= stop().then(
      () => app.exit(0),
      () => app.exit(1),
    )
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}

function fail(error: unknown): void {
  const sentence = startSentence(error, profile)
  console.error(sentence)
  // started from a menu there is no terminal to read it in
  if (app.isPackaged) dialog.showErrorBox(windowTitle, sentence)
  app.exit(1)
}
