import { once } from 'node:events'
import { WebSocket } from 'ws'
import { localDoor } from '../../core/api/doors.ts'
import { systemClock, type Clock } from '../../core/base/clock.ts'
import { silentLog } from '../../core/base/log.ts'
import type { Assets } from '../../main/door/assets.ts'
import type { Channel } from '../../main/door/channel.ts'
import type { Serve } from '../../main/door/serve.ts'
import type { Limits } from '../../main/local/limits.ts'
import { LocalServer } from '../../main/local/server.ts'
import { ask, type Answer } from './http.ts'

const page: Assets = new Map([
  ['/', { type: 'text/html; charset=utf-8', bytes: new TextEncoder().encode('<!doctype html>front') }],
  ['/assets/page.js', { type: 'text/javascript; charset=utf-8', bytes: new TextEncoder().encode('void 0') }],
])

/** The real server of the local page on a free port, and what a browser would do with it. */
export class LocalPage {
  readonly server: LocalServer
  readonly channels: Channel[] = []
  readonly port: number
  readonly origin: string

  private constructor(server: LocalServer, channels: Channel[]) {
    this.server = server
    this.channels = channels
    this.origin = server.origin
    this.port = Number(new URL(server.origin).port)
  }

  static async start({
    serve,
    clock = systemClock,
    limits = {},
  }: { serve?: Serve; clock?: Clock; limits?: Partial<Limits> } = {}): Promise<LocalPage> {
    const channels: Channel[] = []
    const server = new LocalServer({
      serve: (channel) => {
        channels.push(channel)
        serve?.(channel)
      },
      assets: page,
      port: 0,
      clock,
      log: silentLog,
      limits,
    })
    await server.start()
    return new LocalPage(server, channels)
  }

  get host(): string {
    return new URL(this.origin).host
  }

  newToken(): string {
    return new URL(this.server.newLink()).hash.slice(1)
  }

  exchange(token: string, headers: Record<string, string> = { origin: this.origin }): Promise<Answer> {
    return ask(this.port, {
      method: 'POST',
      path: localDoor.session,
      body: token,
      headers: { host: this.host, ...headers },
    })
  }

  async enter(): Promise<string> {
    const { status, body } = await this.exchange(this.newToken())
    if (status !== 200) throw new Error(`The local page answered ${status}`)
    return body
  }

  /** @returns an open socket, or the status that refused it */
  async connect(
    secret: string,
    headers: Record<string, string> = { origin: this.origin },
    path: string = localDoor.socket,
    protocols: readonly string[] = [localDoor.protocol, `${localDoor.secret}${secret}`],
  ): Promise<WebSocket | number> {
    const socket = new WebSocket(`ws://${this.host}${path}`, [...protocols], { headers })
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket))
      socket.once('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0)
        request.destroy()
      })
      socket.once('error', reject)
    })
  }

  /** @throws where it is refused */
  async open(secret: string): Promise<WebSocket> {
    const socket = await this.connect(secret)
    if (typeof socket === 'number') throw new Error(`The local page answered ${socket}`)
    return socket
  }

  async stop(): Promise<void> {
    await this.server.stop()
  }
}

/** Resolves with the code of a socket that is closed by the other side. */
export async function closed(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}
