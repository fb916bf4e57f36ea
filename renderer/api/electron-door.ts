import { RPCLink } from '@orpc/client/message-port'
import { windowDoor } from '../../core/api/doors.ts'
import type { Door, Line } from './connection.ts'

/** The way to core inside Electron: a port that the preload hands over. */
export class ElectronDoor implements Door {
  dial(): Promise<Line> {
    const { port1, port2 } = new MessageChannel()
    const closed = new Promise<void>((resolve) => port1.addEventListener('close', () => resolve(), { once: true }))
    const link = new RPCLink({ port: port1 })
    port1.start()
    window.postMessage(windowDoor.connect, window.location.origin, [port2])
    return Promise.resolve({ link, closed })
  }

  onHint(): void {
    // nothing but the port itself tells anything here
  }
}
