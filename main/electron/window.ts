import type { BrowserWindowConstructorOptions, Session } from 'electron'

/** What stands in the title, the task bar and the list of windows: never anything of what is inside. */
export const windowTitle = 'Staffetta'

/**
 * @param session in memory only
 * @param preload path of the built preload
 */
export function windowOptions(session: Session, preload: string): BrowserWindowConstructorOptions {
  return {
    title: windowTitle,
    width: 1120,
    height: 780,
    minWidth: 360,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
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
      safeDialogs: true,
      devTools: false,
      v8CacheOptions: 'none',
    },
  }
}
