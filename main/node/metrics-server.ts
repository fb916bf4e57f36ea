import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import type { Log } from '../../core/base/log.ts'
import type { Service } from '../../core/base/service.ts'
import type { CommunityNode } from '../../core/boxes/community-node.ts'
import { securityHeaders } from '../door/headers.ts'
import { hostIsOurs, siteMayAsk } from '../local/guard.ts'
import { healthOf } from './health.ts'
import type { NodeHome } from './home.ts'
import { metricsOf } from './metrics.ts'

/** The only address that is ever listened on. */
const address = '127.0.0.1'

/** What asking may cost. Times in milliseconds. */
const limits = { connections: 16, headBytes: 4096, headFields: 32, timeout: 5_000, checkInterval: 1_000 }

export interface MetricsServerOptions {
  readonly home: NodeHome
  readonly node: CommunityNode
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
}

/** Numbers of a node for its operator, at 127.0.0.1: `/metrics` for Prometheus and `/health` as JSON. */
export class MetricsServer implements Service {
  readonly #options: MetricsServerOptions
  #server: Server | undefined
  #registry: Registry | undefined
  #port = 0

  constructor(options: MetricsServerOptions) {
    this.#options = options
  }

  /** The port that it has, 0 while it does not listen. */
  get port(): number {
    return this.#port
  }

  /** Where the port is taken the node runs without: a community needs its boxes more than its operator needs numbers. */
  async start(): Promise<void> {
    if (this.#server !== undefined) return
    const { home, node, port, log } = this.#options
    const server = createServer({
      maxHeaderSize: limits.headBytes,
      headersTimeout: limits.timeout,
      requestTimeout: limits.timeout,
      keepAliveTimeout: limits.timeout,
      connectionsCheckingInterval: limits.checkInterval,
    })
    server.maxConnections = limits.connections
    server.maxHeadersCount = limits.headFields
    server.setTimeout(limits.timeout, (socket) => socket.destroy())
    server.on('request', (request, response) => void this.#answer(request, response))
    server.on('clientError', (_error, stream) => stream.destroy())
    try {
      server.listen(port, address)
      await once(server, 'listening')
    } catch {
      log.write('error', 'metrics.port-in-use')
      return
    }
    server.on('error', () => log.write('error', 'metrics.server-failed'))
    const at = server.address()
    this.#port = typeof at === 'object' && at !== null ? at.port : 0
    this.#registry = metricsOf(() => healthOf(node, home))
    this.#server = server
    home.saveMetricsPort(this.#port)
  }

  async stop(): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    this.#server = undefined
    this.#port = 0
    this.#options.home.saveMetricsPort(undefined)
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = (status: number, type = 'text/plain; charset=utf-8', body = ''): void => {
      response.writeHead(status, {
        ...securityHeaders(),
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        ...(status < 300 ? {} : { connection: 'close' }),
      })
      response.end(body)
    }
    try {
      // a page that was led here under another name (DNS rebinding) learns nothing, and neither does one that guesses the port
      if (!hostIsOurs(request, `${address}:${this.#port}`) && !hostIsOurs(request, `localhost:${this.#port}`))
        reply(421)
      else if (!siteMayAsk(request) || request.headers.origin !== undefined) reply(403)
      else if (request.method !== 'GET') reply(405)
      else if (request.url === '/health') this.#health(reply)
      else if (request.url === '/metrics' && this.#registry !== undefined) {
        reply(200, this.#registry.contentType, await this.#registry.metrics())
      } else reply(404)
    } catch {
      this.#options.log.write('warn', 'metrics.answer-failed')
      response.destroy()
    }
  }

  #health(reply: (status: number, type?: string, body?: string) => void): void {
    const health = healthOf(this.#options.node, this.#options.home)
    if (health === undefined) reply(503)
    else reply(200, 'application/json', `${JSON.stringify(health)}\n`)
  }
}
