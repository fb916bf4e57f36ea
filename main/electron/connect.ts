import type { IpcMainEvent, MessagePortMain, WebContents } from 'electron'
import { windowDoor } from '../../core/api/doors.ts'
import type { Channel } from '../door/channel.ts'
import type { Serve } from '../door/serve.ts'
import { isOurs } from './harden.ts'

/** The sender as Electron tells it: not what the page says of itself. */
export type Connecting = Pick<IpcMainEvent, 'sender' | 'senderFrame' | 'ports'>

/**
 * Takes the port that the window's own page hands over, and no other.
 *
 * The frame must be the top one of that window and show our page by address and
 * by origin: a frame that is gone, has no address yet, or is a child gets
 * nothing, and its ports are closed. A new port ends the one before.
 *
 * @returns the listener for `windowDoor.connect` on ipcMain
 */
export function acceptPort(contents: WebContents, serve: Serve): (event: Connecting) => void {
  let current: Channel | undefined
  return ({ sender, senderFrame, ports }) => {
    const [port] = ports
    const trusted =
      sender === contents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      senderFrame.origin === windowDoor.origin &&
      isOurs(senderFrame.url)
    if (!trusted || port === undefined || ports.length !== 1) {
      for (const refused of ports) refused.close()
      return
    }
    current?.close()
    current = portChannel(port)
    serve(current)
    port.start()
  }
}

/** Electron's port as a channel. */
function portChannel(port: MessagePortMain): Channel {
  let open = true
  port.once('close', () => (open = false))
  return {
    send(text) {
      if (open) port.postMessage(text)
    },
    close: () => port.close(),
    onMessage(listener) {
      port.on('message', ({ data }: { data: unknown }) => listener(typeof data === 'string' ? data : undefined))
    },
    onClose(listener) {
      port.once('close', listener)
    },
  }
}
