import { createServer, type Server } from 'node:net'
import { byteStream, lpStream } from '@libp2p/utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { PrivacyMode } from '../../core/api/views.ts'
import { concat, copy, utf8, type Bytes } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { CommunityNode, type CommunityNodeOptions } from '../../core/boxes/community-node.ts'
import { random } from '../../core/crypto/random.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { agentVersion, lookupProtocol } from '../../core/network/protocols.ts'
import { eventually } from '../support/eventually.ts'
import { faultOf } from '../support/faults.ts'

const networkKey = random(32)
let started: Service[] = []

afterEach(async () => {
  await stopAll(started)
  started = []
})

async function communityNode(options: Partial<CommunityNodeOptions> = {}): Promise<CommunityNode> {
  const node = new CommunityNode({
    networkKey,
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
    storePath: ':memory:',
    workBits: 4,
    clock,
    log,
    ...options,
  })
  await node.start()
  started.push(node)
  return node
}

async function member(
  nodes: readonly string[],
  { privacyMode = 'relay', key = networkKey }: { privacyMode?: PrivacyMode; key?: Uint8Array } = {},
): Promise<MemberNode> {
  const node = new MemberNode({ networkKey: key, nodes: () => nodes, privacyMode, clock, log })
  await node.start()
  started.push(node)
  return node
}

function portOf(address: string | undefined): number {
  return Number(/\/tcp\/(\d+)/.exec(address ?? '')?.[1])
}

describe('reaching the nodes of an invite', () => {
  it('tells what it does, and is another peer at every start', async () => {
    const { addresses } = await setUp()
    const node = new MemberNode({ networkKey, nodes: () => addresses, privacyMode: 'relay', clock, log })
    started.push(node)
    const states: string[] = []
    node.onStatus(() => states.push(node.status().state))
    expect(node.status()).toEqual({ state: 'offline', nodesReached: 0, nodesKnown: 1 })
    expect(() => node.libp2p).toThrow('switched off')
    await node.start()
    await node.start()
    const first = node.libp2p.peerId.toString()
    await eventually(() => node.status().state === 'reached')
    await node.stop()
    await node.stop()
    await node.start()
    expect(node.libp2p.peerId.toString()).not.toBe(first)
    await eventually(() => node.status().nodesReached === 1)
    expect(states.slice(0, 4)).toEqual(['connecting', 'reached', 'offline', 'connecting'])
  })

  it('says so where nobody answers, where the key is another, and where it is the right key', async () => {
    const { addresses } = await setUp()
    const nowhere = addresses.map((address) => address.replace(/\/tcp\/\d+/, '/tcp/1'))
    expect(await faultOf(async () => (await member(nowhere)).reconnect())).toBe('unreachable')
    expect(await faultOf(async () => (await member([])).reconnect())).toBe('unreachable')
    expect(await faultOf(async () => (await member(['not an address', '/ip4/127.0.0.1/tcp/9'])).reconnect())).toBe(
      'unreachable',
    )
    const stranger = await member(addresses, { key: random(32) })
    expect(await faultOf(() => stranger.reconnect())).toBe('wrong-network-key')
    expect(stranger.status()).toMatchObject({ state: 'connecting', nodesReached: 0 })
    await (await member([...nowhere, ...addresses])).reconnect()
  })

  it('does not take a node with another identity for one with another key', async () => {
    const { addresses } = await setUp()
    const other = await communityNode()
    const swapped = addresses.map((address) => address.replace(/\/tcp\/\d+/, `/tcp/${portOf(other.addresses()[0])}`))
    expect(await faultOf(async () => (await member(swapped)).reconnect())).toBe('unreachable')
  })

  it('comes back to a node that was away', async () => {
    const seed = random(32)
    const first = await communityNode({ identitySeed: seed })
    const addresses = first.addresses()
    const node = await member(addresses)
    await eventually(() => node.addresses(false).length > 0)
    await first.stop()
    await eventually(() => node.status().state === 'connecting')
    expect(node.addresses(false)).toEqual([])
    await communityNode({ identitySeed: seed, listen: [`/ip4/127.0.0.1/tcp/${portOf(addresses[0])}`] })
    await eventually(() => node.status().state === 'reached')
    await eventually(() => node.addresses(false).length > 0, { what: 'the relay, held again' })
  })
})

describe('what others learn of a member', () => {
  it('through a relay: no address of its own, and it listens nowhere', async () => {
    const { addresses } = await setUp()
    const node = await member(addresses)
    const told = await eventually(() => node.addresses(true).length > 0 && node.addresses(true))
    for (const address of told) expect(address).toContain('/p2p-circuit/p2p/')
    expect(node.addresses(false)).toEqual(told)
    const { transports } = node.libp2p.services.listening
    expect(
      transports
        .getAddrs()
        .map(String)
        .filter((address) => !address.includes('/p2p-circuit')),
    ).toEqual([])
    expect(
      node.dialable(['/ip4/127.0.0.1/tcp/9/p2p/12D3KooWKpe2M7TV8hzLXygKcy1DFAyChLHyzft8Nct69e3s7dXn'], true),
    ).toEqual([])
  })

  it('directly: its addresses only where it agreed, and the network is told none of them', async () => {
    const { addresses, nodes } = await setUp()
    const node = await member(addresses, { privacyMode: 'direct' })
    await eventually(() => node.addresses(false).length > 0)
    const own = node.addresses(true).filter((address) => !address.includes('/p2p-circuit'))
    expect(own.length).toBeGreaterThan(0)
    expect(node.addresses(false).every((address) => address.includes('/p2p-circuit'))).toBe(true)
    expect(node.libp2p.getMultiaddrs().every((address) => String(address).includes('/p2p-circuit'))).toBe(true)
    expect(node.dialable(own, true).length).toBe(own.length)
    expect(node.dialable(own, false)).toEqual([])

    // whoever knows its PeerId and asks the DHT for it learns nothing
    const curious = await member(addresses)
    await curious.reconnect()
    await eventually(() => curious.servers().length === nodes.length)
    const found: string[] = []
    for await (const event of curious.libp2p.services.lookup.getClosestPeers(node.libp2p.peerId.toMultihash().bytes)) {
      if (event.name === 'PEER_RESPONSE') found.push(...event.closer.map(({ id }) => id.toString()))
    }
    expect(found).not.toContain(node.libp2p.peerId.toString())
  })

  it('is the same agent for everyone', async () => {
    const { addresses } = await setUp()
    const [a, b] = [await member(addresses), await member(addresses)]
    await eventually(() => b.addresses(false).length > 0)
    await eventually(() => a.status().state === 'reached')
    await a.libp2p.dial(a.dialable(b.addresses(false), false))
    const told = await eventually(async () => {
      const { metadata } = await a.libp2p.peerStore.get(b.libp2p.peerId)
      return metadata.get('AgentVersion')
    })
    expect(Buffer.from(told).toString()).toBe(agentVersion)
  })

  it('tor is not there yet, and says so', async () => {
    const node = new MemberNode({ networkKey, nodes: () => [], privacyMode: 'tor', clock, log })
    expect(await faultOf(() => node.start())).toBe('mode-unavailable')
    expect(node.status().state).toBe('offline')
  })
})

describe('through a relay', () => {
  it('two members talk for as long and as much as they like', async () => {
    const { addresses } = await setUp()
    const [a, b] = [await member(addresses), await member(addresses)]
    await a.libp2p.handle('/staffetta/1/echo', async (stream) => {
      for await (const chunk of stream) if (!stream.send(chunk)) await stream.onDrain()
    })
    const told = await eventually(() => a.addresses(false).length > 0 && a.addresses(false))
    await b.reconnect()
    const stream = await b.libp2p.dialProtocol(b.dialable(told, false), '/staffetta/1/echo')
    const bytes = byteStream(stream)
    // eight times what libp2p's own relay would let through
    const part = random(64 * 1024)
    for (let i = 0; i < 16; i++) {
      const [back] = await Promise.all([bytes.read({ bytes: part.length }), bytes.write(part)])
      expect(Buffer.compare(back.subarray(), part)).toBe(0)
    }
    expect(b.libp2p.getConnections(a.libp2p.peerId).map(({ direct, limits }) => ({ direct, limits }))).toEqual([
      { direct: false, limits: undefined },
    ])
  })

  it('only relays of the community are dialled', async () => {
    const { addresses } = await setUp()
    const node = await member(addresses)
    await node.reconnect()
    const target = '/p2p-circuit/p2p/12D3KooWKpe2M7TV8hzLXygKcy1DFAyChLHyzft8Nct69e3s7dXn'
    const foreign = '/ip4/192.0.2.7/tcp/4001/p2p/12D3KooWRcsb4p9D5qFMqcpnnx8t88zGvfLqB383WshLKWgVpbLq'
    expect(node.dialable([foreign + target, 'nonsense', `${addresses[0] ?? ''}${target}`], true).map(String)).toEqual([
      `${addresses[0] ?? ''}${target}`,
    ])
  })
})

describe('a community node', () => {
  it('says so where its port is taken, and where the machine has no such address', async () => {
    const taken: Server = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect(await faultOf(() => communityNode({ listen: [`/ip4/127.0.0.1/tcp/${port}`] }))).toBe('port-in-use')
    expect(await faultOf(() => communityNode({ listen: ['/ip4/192.0.2.77/tcp/0'] }))).toBe('bad-input')
    await new Promise((resolve) => taken.close(resolve))
    await communityNode({ listen: [`/ip4/127.0.0.1/tcp/${port}`] })
  })

  it('keeps its identity, and is reached over web sockets too', async () => {
    const identitySeed = random(32)
    const listen = ['/ip4/127.0.0.1/tcp/0', '/ip4/127.0.0.1/tcp/0/ws']
    const node = await communityNode({ identitySeed, listen })
    const peer = node.addresses()[0]?.split('/').at(-1)
    const web = node.addresses().filter((address) => address.includes('/ws/'))
    const reader = await member(web)
    await reader.reconnect()
    expect(reader.knownNodes()).toEqual(web)
    await node.stop()
    const again = await communityNode({ identitySeed, listen })
    expect(again.addresses()[0]?.split('/').at(-1)).toBe(peer)
  })

  it('keeps no records of kad-dht, whoever sends them', async () => {
    const { addresses } = await setUp()
    const node = await member(addresses)
    await node.reconnect()
    const [server] = node.servers()
    if (server === undefined) throw new Error('no node was reached')
    const { publicKey } = node.libp2p.peerId
    if (publicKey === undefined) throw new Error('a peer without a key')
    // the one kind of record that kad-dht validates by itself: a public key at its own peer id
    const key = concat(utf8('/pk/'), node.libp2p.peerId.toMultihash().bytes)
    const value = concat(Uint8Array.of(8, 1, 18, 32), publicKey.raw)
    const record = concat(field(1, key), field(2, value))
    const ask = async (message: Bytes): Promise<Bytes | undefined> => {
      const lines = lpStream(await node.libp2p.dialProtocol(server, lookupProtocol))
      await lines.write(message)
      return lines.read({ signal: AbortSignal.timeout(5000) }).then(
        (answer) => copy(answer.subarray()),
        () => undefined,
      )
    }
    expect(await ask(concat(Uint8Array.of(8, 0), field(2, key), field(3, record)))).toBeUndefined()
    const other = concat(utf8('/pk/'), Uint8Array.of(0, 36, 8, 1, 18, 32), random(32))
    expect(await ask(concat(Uint8Array.of(8, 0), field(2, other), field(3, field(1, other))))).toBeUndefined()
    const found = await ask(concat(Uint8Array.of(8, 1), field(2, other)))
    expect(found).toBeDefined()
    expect(Buffer.from(found ?? []).includes(Buffer.from(field(3, field(1, other))))).toBe(false)
  })
})

/** A protobuf field of bytes, shorter than 128. */
function field(number: number, bytes: Uint8Array): Bytes {
  return concat(Uint8Array.of((number << 3) | 2, bytes.length), bytes)
}

async function setUp(): Promise<{ nodes: CommunityNode[]; addresses: string[] }> {
  const nodes = [await communityNode()]
  return { nodes, addresses: nodes.flatMap((node) => node.addresses()) }
}
