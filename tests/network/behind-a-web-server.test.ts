import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { decodeLink, type Link } from '../../core/community/link.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { freePort } from '../support/free-port.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { NodeProcess } from '../support/node-process.ts'
import { scratch, type Scratch } from '../support/scratch.ts'

let files: Scratch
let directory: string
let port: number
let running: NodeProcess | undefined
let started: Service[] = []

beforeEach(async () => {
  files = scratch()
  directory = join(files.directory, 'node')
  port = await freePort()
})
afterEach(async () => {
  await stopAll(started)
  started = []
  await running?.process.stop('SIGKILL')
  files.remove()
})

/** A node that listens for WebSockets on loopback, and its link. */
async function nodeAnnouncing(address: string): Promise<Link> {
  const listen = `/ip4/127.0.0.1/tcp/${port}/ws`
  await NodeProcess.init(directory, ['--work-bits', '4', '--listen', listen, '--announce', address])
  running = await NodeProcess.run(directory)
  return decodeLink(await NodeProcess.invite(directory), clock.now())
}

describe('a node behind a web server', () => {
  it('is named in its link as it is announced, and not by where it listens', async () => {
    const { nodes } = await nodeAnnouncing('/dns4/node.example/tcp/443/wss')
    expect(nodes).toHaveLength(1)
    expect(nodes[0]).toMatch(/^\/dns4\/node\.example\/tcp\/443\/(?:tls\/ws|wss)\/p2p\/12D3KooW/)
  })

  it('is reached through it, and takes and gives boxes', async () => {
    const web = await webServer(port)
    const { networkKey, nodes } = await nodeAnnouncing(`/ip4/127.0.0.1/tcp/${web.port}/ws`)
    expect(nodes[0]).toContain(`/tcp/${web.port}/ws/`)
    const node = new MemberNode({ networkKey, nodes: () => nodes, privacyMode: 'relay', clock, log })
    const client = new NetworkBoxClient({ node, clock, log })
    started = [web, node, client]
    await node.start()
    await client.start()
    await eventually(() => node.status().nodesReached === 1)
    const draft = draftFor(clock)
    await client.store(await client.prepare(draft))
    const read = await client.fetch([draft.capability])
    expect(read.map(({ content }) => content)).toEqual([draft.content])
    // the relay is behind it as well
    await eventually(() => node.addresses(false).length > 0)
    expect(web.upgrades()).toBeGreaterThan(0)
  })
})

/** What nginx and Caddy do with `Upgrade`: pass the request on, and then bytes both ways. */
async function webServer(to: number): Promise<Service & { port: number; upgrades(): number }> {
  let upgrades = 0
  const streams = new Set<Duplex>()
  const server: Server = createServer((_, response) => response.writeHead(404).end('an ordinary web site'))
  server.on('upgrade', (incoming, stream, head) => {
    upgrades++
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: to, method, path: url, headers })
    onward.on('error', () => stream.destroy())
    onward.on('upgrade', (answer, behind, first) => {
      for (const each of [stream, behind]) {
        streams.add(each)
        each.on('error', () => each.destroy())
      }
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`)
      stream.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      stream.write(first)
      behind.write(head)
      stream.pipe(behind).pipe(stream)
    })
    onward.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  return {
    port: typeof at === 'object' && at !== null ? at.port : 0,
    upgrades: () => upgrades,
    async start() {},
    async stop() {
      for (const stream of streams) stream.destroy()
      server.close()
    },
  }
}
