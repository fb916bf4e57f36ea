import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { localDoor } from '../../core/api/doors.ts'
import type { Clock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import type { Log } from '../../core/base/log.ts'
import type { Service } from '../../core/base/service.ts'
import type { Assets } from '../door/assets.ts'
import { securityHeaders } from '../door/headers.ts'
import type { Serve } from '../door/serve.ts'
import { authorizedSecret, hostIsOurs, offeredSecret, originIsOurs, siteMayAsk } from './guard.ts'
import { limits as defaults, type Limits } from './limits.ts'
import { Sessions } from './sessions.ts'
import { socketChannel } from './socket.ts'

/** The only address that is ever listened on. */
const address = '127.0.0.1'

export interface LocalServerOptions {
  readonly serve: Serve
  readonly assets: Assets
  /** 0 takes a free one. */
  readonly port: number
  readonly clock: Clock
  readonly log: Log
  readonly limits?: Partial<Limits>
  /** Called when a link was used. */
  readonly onEntry?: () => void
}

/** The app as a page on 127.0.0.1, for whoever was given a link. */
export class LocalServer implements Service {
  readonly sessions: Sessions
  readonly #options: LocalServerOptions
  readonly #limits: Limits
  #server: Server | undefined
  #sockets: WebSocketServer | undefined
  #host = ''

  constructor(options: LocalServerOptions) {
    this.#options = options
    this.#limits = { ...defaults, ...options.limits }
    this.sessions = new Sessions(options.clock)
  }

  /** Scheme, address and port of the page. Only while it runs. */
  get origin(): string {
    if (this.#server === undefined) throw new Fault('wrong-state', 'The local page is not running')
    return `http://${this.#host}`
  }

  /** A link for one use, with a new token in its fragment: browsers send that to nobody. */
  newLink(): string {
    return `${this.origin}/#${this.sessions.newToken()}`
  }

  /** @throws Fault `port-in-use` */
  async start(): Promise<void> {
    if (this.#server !== undefined) return
    const { headBytes, headTimeout, requestTimeout, idleTimeout, checkInterval } = this.#limits
    const server = createServer({
      maxHeaderSize: headBytes,
      headersTimeout: headTimeout,
      requestTimeout,
      keepAliveTimeout: idleTimeout,
      connectionsCheckingInterval: checkInterval,
    })
    server.maxConnections = this.#limits.connections
    server.maxHeadersCount = this.#limits.headFields
    server.setTimeout(idleTimeout)
    server.on('request', (request, response) => this.#answer(request, response))
    server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head))
    server.on('clientError', (_error, stream) => stream.destroy())
    await listen(server, this.#options.port)
    server.on('error', () => this.#options.log.write('error', 'local.server-failed'))
    this.#host = `${address}:${(server.address() as AddressInfo).port}`
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: this.#limits.messageBytes,
      perMessageDeflate: false,
      handleProtocols: () => localDoor.protocol,
    })
    this.#server = server
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    for (const socket of this.#sockets?.clients ?? []) socket.terminate()
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const reply = (status: number, type = 'text/plain; charset=utf-8', body: string | Uint8Array = ''): void => {
      response.writeHead(status, {
        ...securityHeaders([`ws://${this.#host}`]),
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        // a refused request's body is not read
        ...(status < 300 ? {} : { connection: 'close' }),
      })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    // 421: a browser that was led here under another name learns nothing
    if (!hostIsOurs(request, this.#host)) reply(421)
    else if (!siteMayAsk(request)) reply(403)
    else if (request.url === localDoor.session) this.#session(request, reply)
    else if (request.method !== 'GET' && request.method !== 'HEAD') reply(405)
    else {
      const asset = this.#options.assets.get(request.url ?? '')
      if (asset === undefined) reply(404)
      else reply(200, asset.type, asset.bytes)
    }
  }

  #session(request: IncomingMessage, reply: (status: number, type?: string, body?: string) => void): void {
    if (request.method === 'GET') {
      const secret = authorizedSecret(request)
      reply(secret !== undefined && this.sessions.knows(secret) ? 204 : 401)
    } else if (request.method !== 'POST') reply(405)
    else if (!originIsOurs(request, `http://${this.#host}`)) reply(403)
    else {
      readBody(request, this.#limits.bodyBytes, (token) => {
        if (token === undefined) {
          reply(413)
          return
        }
        const entry = this.sessions.exchange(token)
        if (entry === 'too-many') reply(429)
        else if (entry === 'refused') reply(403)
        else {
          reply(200, undefined, entry.secret)
          this.#options.onEntry?.()
        }
      })
    }
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => {})
    const sockets = this.#sockets
    const refuse = (status: string): void => {
      stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy())
    }
    const secret = offeredSecret(request)
    if (!hostIsOurs(request, this.#host)) refuse('421 Misdirected Request')
    else if (request.url !== localDoor.socket || sockets === undefined) refuse('404 Not Found')
    else if (!originIsOurs(request, `http://${this.#host}`)) refuse('403 Forbidden')
    else if (secret === undefined || !this.sessions.knows(secret)) refuse('401 Unauthorized')
    else if (sockets.clients.size >= this.#limits.sockets) refuse('503 Service Unavailable')
    else {
      sockets.handleUpgrade(request, stream, head, (socket) => this.#options.serve(socketChannel(socket, this.#limits)))
    }
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
      reject(new Fault(taken ? 'port-in-use' : 'internal', 'The local page cannot listen on its port'))
    })
    server.listen({ host: address, port, exclusive: true }, resolve)
  })
  server.removeAllListeners('error')
}

/** Calls back once with the whole body, or with `undefined` where it is longer than `maxBytes`. */
function readBody(request: IncomingMessage, maxBytes: number, done: (body: string | undefined) => void): void {
  const parts: Buffer[] = []
  let length = 0
  const whole = (): void => done(Buffer.concat(parts).toString('utf8'))
  request.on('data', (part: Buffer) => {
    parts.push(part)
    length += part.length
    if (length <= maxBytes) return
    request.removeAllListeners('data')
    request.removeListener('end', whole)
    request.pause()
    done(undefined)
  })
  request.once('end', whole)
  request.on('error', () => {})
}
