import { ipcRenderer } from 'electron'
import { windowDoor } from '../../core/api/doors.ts'

/**
 * All that stands between the page and core: the page's own request, with one
 * port, goes on to the main process. Nothing is exposed to the page.
 */
globalThis.addEventListener('message', (event: MessageEvent<unknown>) => {
  const source: unknown = event.source
  if (source !== globalThis || event.origin !== windowDoor.origin || event.data !== windowDoor.connect) return
  const [port] = event.ports
  if (port === undefined || event.ports.length !== 1) return
  ipcRenderer.postMessage(windowDoor.connect, null, [port])
})
