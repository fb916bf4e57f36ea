import { existsSync, readFileSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../core/base/clock.ts'
import { jsonLog, silentLog } from '../../core/base/log.ts'
import { CommunityNode } from '../../core/boxes/community-node.ts'
import { random } from '../../core/crypto/random.ts'
import { askHealth } from '../../main/node/health.ts'
import { NodeHome } from '../../main/node/home.ts'
import { MetricsServer } from '../../main/node/metrics-server.ts'
import { eventually } from '../support/eventually.ts'
import { ask, rawExchange } from '../support/http.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

let files: Scratch
let home: NodeHome
let node: CommunityNode
let server: MetricsServer

beforeEach(async () => {
  files = scratch()
  home = new NodeHome(join(files.directory, 'node'))
  const keys = { networkKey: random(32), identitySeed: random(32) }
  home.create({ version: 1, listen: ['/ip4/127.0.0.1/tcp/0'] }, keys)
  node = new CommunityNode({
    ...keys,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    storePath: ':memory:',
    workBits: 6,
    log: silentLog,
    clock: systemClock,
  })
  server = new MetricsServer({ home, node, port: 0, log: silentLog })
  await node.start()
  await server.start()
})
afterEach(async () => {
  await server.stop()
  await node.stop()
  files.remove()
})

describe('the numbers of a node', () => {
  it('are told as JSON', async () => {
    const { status, headers, body } = await ask(server.port, { path: '/health' })
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(JSON.parse(body)).toMatchObject({ running: true, boxes: 0, connections: 0, workBits: 6, setAside: false })
    // others write to the same disk meanwhile
    const diskFree = expect.any(Number) as number
    const again = JSON.parse((await ask(server.port, { path: '/health' })).body) as object
    expect(await askHealth(server.port)).toEqual({ ...again, diskFree })
  })

  it('are told to Prometheus, each with what it is', async () => {
    const { status, headers, body } = await ask(server.port, { path: '/metrics' })
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(body).toContain('# TYPE staffetta_boxes gauge\nstaffetta_boxes 0\n')
    expect(body).toContain('# TYPE staffetta_requests_total counter\n')
    expect(body).toContain('staffetta_requests_total{type="store"} 0\n')
    expect(body).toContain('staffetta_refusals_total{reason="work-too-low"} 0\n')
    expect(body).toContain('process_resident_memory_bytes ')
  })

  it('name no peer, address, folder or machine', async () => {
    const bodies = await Promise.all(
      ['/metrics', '/health'].map(async (path) => (await ask(server.port, { path })).body),
    )
    for (const body of bodies) {
      expect(body).not.toMatch(/12D3|127\.0\.0\.1|\/tcp\//)
      expect(body).not.toContain(files.directory)
      expect(body).not.toContain(hostname())
    }
  })

  it('are where the folder says, until the node stops', async () => {
    expect(home.metricsPort()).toBe(server.port)
    expect(statSync(home.at('metrics.json')).mode & 0o077).toBe(0)
    expect(JSON.parse(readFileSync(home.at('metrics.json'), 'utf8'))).toEqual({ port: server.port, pid: process.pid })
    const { port } = server
    await server.stop()
    expect(existsSync(home.at('metrics.json'))).toBe(false)
    expect(await askHealth(port)).toBeUndefined()
  })

  it.each([
    ['under another name, as by DNS rebinding', { path: '/health', headers: { host: 'evil.example' } }, 421],
    ['under a name without the port', { path: '/health', headers: { host: 'localhost' } }, 421],
    ['to a page of another site', { path: '/health', headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['to a page', { path: '/metrics', headers: { origin: 'http://evil.example' } }, 403],
    ['by POST', { path: '/metrics', method: 'POST' }, 405],
    ['by HEAD', { path: '/metrics', method: 'HEAD' }, 405],
    ['elsewhere', { path: '/metrics/../node.key' }, 404],
  ])('are not told %s', async (_, request, status) => {
    const answer = await ask(server.port, request)
    expect(answer.status).toBe(status)
    expect(answer.body).toBe('')
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('are not told to who sends too much, or no request', async () => {
    expect(await rawExchange(server.port, 'nonsense\r\n\r\n')).toBe('')
    expect(await rawExchange(server.port, `GET /health HTTP/1.1\r\nx: ${'y'.repeat(10_000)}\r\n\r\n`)).toBe('')
    expect((await ask(server.port, { path: '/health', headers: { host: `localhost:${server.port}` } })).status).toBe(
      200,
    )
  })

  it('are told to so many at once', async () => {
    const sockets = Array.from({ length: 24 }, () => connect(server.port, '127.0.0.1'))
    let closed = 0
    for (const socket of sockets) socket.on('error', () => {}).on('close', () => closed++)
    await eventually(() => closed === 8, { timeoutMs: 4_000, everyMs: 10 })
    for (const socket of sockets) socket.destroy()
    await eventually(() => askHealth(server.port))
  })

  it('at a port that somebody else has are none, and the node runs without', async () => {
    const lines: string[] = []
    const log = jsonLog(
      (line) => lines.push(line),
      () => 0,
    )
    const second = new MetricsServer({ home, node, port: server.port, log })
    await second.start()
    expect(second.port).toBe(0)
    expect(lines.join()).toContain('metrics.port-in-use')
    await second.stop()
    expect(home.metricsPort()).toBe(server.port)
  })

  it('are not taken from whoever answers at an old port', async () => {
    const other = createServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\n\r\n{"running": true, "boxes": "\\u001b[2J"}'),
    )
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const at = other.address()
    expect(await askHealth(typeof at === 'object' && at !== null ? at.port : 0)).toBeUndefined()
    other.close()
  })
})
