import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { MessagePortMain, WebContents, WebFrameMain } from 'electron'
import { windowDoor } from '../../core/api/doors.ts'
import type { App } from '../../core/app.ts'
import { jsonLog } from '../../core/base/log.ts'
import { createServe } from '../../main/door/serve.ts'
import { acceptPort } from '../../main/electron/connect.ts'
import type { Client } from '../journey/journey.ts'
import { LocalPage } from '../support/local-page.ts'

/** One page's end of a connection to an app. */
export interface Page {
  readonly client: Client
  /** Says what no client says. */
  readonly say: (message: string | Uint8Array) => void
  /** Resolves when the app has ended the connection. */
  readonly ended: Promise<void>
  readonly leave: () => void
}

/** A door with an app behind it. */
export interface Transport {
  readonly connect: () => Promise<Page>
  /** Lines that the door logged. */
  readonly logged: readonly string[]
  readonly stop: () => Promise<void>
}

export type MakeTransport = (app: Pick<App, 'router'>) => Promise<Transport>

/** The window: the code that takes its port, over a real pair of ports. */
export const windowTransport: MakeTransport = async (app) => {
  const logged: string[] = []
  const contents = {} as WebContents
  const serve = createServe(
    app,
    jsonLog(
      (line) => logged.push(line),
      () => 0,
    ),
  )
  const open: MessagePort[] = []
  return {
    logged,
    async connect() {
      const { port1, port2 } = new MessageChannel()
      open.push(port1)
      const senderFrame = { origin: windowDoor.origin, url: `${windowDoor.origin}/`, parent: null } as WebFrameMain
      // a window each: in one window a new port ends the one before
      acceptPort(contents, serve)({ sender: contents, senderFrame, ports: [new MainPort(port2)] })
      const ended = new Promise<void>((resolve) => port1.once('close', () => resolve()))
      const client: Client = createORPCClient(new PortLink({ port: port1 }))
      port1.start()
      return { client, ended, say: (message) => port1.postMessage(message), leave: () => port1.close() }
    },
    async stop() {
      for (const port of open) port.close()
    },
  }
}

/** What Electron gives the main process for a port: events with `data`, instead of Node's bare values. */
class MainPort extends EventEmitter implements MessagePortMain {
  readonly #port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message)
  }

  close(): void {
    this.#port.close()
  }
}

/** The local page: the real server and a real WebSocket. */
export const localTransport: MakeTransport = async (app) => {
  const logged: string[] = []
  const page = await LocalPage.start({
    serve: createServe(
      app,
      jsonLog(
        (line) => logged.push(line),
        () => 0,
      ),
    ),
  })
  const secret = await page.enter()
  return {
    logged,
    async connect() {
      const socket = await page.open(secret)
      const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      const client: Client = createORPCClient(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket }))
      return { client, ended, say: (message) => socket.send(message), leave: () => socket.terminate() }
    },
    stop: () => page.stop(),
  }
}
