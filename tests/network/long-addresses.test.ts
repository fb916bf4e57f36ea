import type { Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import * as Digest from 'multiformats/hashes/digest'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { concat, u8, type Bytes } from '../../core/base/bytes.ts'
import { systemClock as clock } from '../../core/base/clock.ts'
import { silentLog as log } from '../../core/base/log.ts'
import { stopAll, type Service } from '../../core/base/service.ts'
import { NetworkBoxClient } from '../../core/boxes/network-client.ts'
import { random } from '../../core/crypto/random.ts'
import { privateNode } from '../../core/network/libp2p.ts'
import { MemberNode } from '../../core/network/member-node.ts'
import { lookupProtocol } from '../../core/network/protocols.ts'
import { BoxLine } from '../support/box-line.ts'
import { draftFor } from '../support/boxes.ts'
import { eventually } from '../support/eventually.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'

let net: Testnet
let attacker: TestMember
const services: Service[] = []

beforeAll(async () => {
  net = await startTestnet({ nodes: 1 })
  attacker = await net.member()
})
afterEach(async () => {
  await stopAll(services.splice(0))
})
afterAll(async () => {
  await net.stop()
})

function varint(value: number): Bytes {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.of(...bytes, left)
    bytes.push((left % 128) + 128)
  }
}

/** Field of a protobuf message that holds bytes. */
function field(number: number, bytes: Bytes): Bytes {
  return concat(u8(number * 8 + 2), varint(bytes.length), bytes)
}

/** /ip4/127.0.0.1/tcp/80/p2p/… with a PeerId of so many bytes. */
function address(peerIdLength: number): Bytes {
  const peerId = new Uint8Array(peerIdLength).fill(0xff)
  return concat(Uint8Array.of(4, 127, 0, 0, 1, 6, 0, 80), varint(421), varint(peerIdLength), peerId)
}

it('an address with a PeerId of 64 KiB is refused before it is written in base 58', () => {
  const from = performance.now()
  expect(() => multiaddr(address(65_536))).toThrow('too long')
  expect(() => multiaddr(`/ip4/127.0.0.1/tcp/80/p2p/${'1'.repeat(65_536)}`).bytes).toThrow('too long')
  expect(performance.now() - from).toBeLessThan(1000)
  const [good = ''] = net.addresses
  expect(multiaddr(multiaddr(good).bytes).toString()).toBe(good)
})

it('one message of a lookup does not stop a node for others', async () => {
  const good = await net.member()
  const line = await BoxLine.open(good.node)
  const [peer] = await served(attacker)
  const { node } = attacker
  const key = concat(Uint8Array.of(0x12, 0x20), new Uint8Array(32))
  const provider = concat(field(1, new Uint8Array(node.libp2p.peerId.toMultihash().bytes)), field(2, address(65_536)))
  // ADD_PROVIDER, of which a node of ours takes none
  const message = concat(Uint8Array.of(8, 2), field(2, key), field(9, provider))
  const stream = await node.libp2p.dialProtocol(peer, lookupProtocol)
  await lpStream(stream).write(message)
  const from = performance.now()
  for (let i = 0; i < 20; i++) {
    expect(await line.said({ type: 'get', names: [{ place: new Uint8Array(32), digest: new Uint8Array(8) }] })).toBe(
      'record',
    )
  }
  // 20 s before addresses were bounded
  expect(performance.now() - from).toBeLessThan(3000)
})

/** A peer in an answer of kad-dht. */
function peerInfo(id: Bytes): Bytes {
  return field(8, field(1, id))
}

/** A community node whose lookups answer what a test says, and whoever asks it. */
async function askLiar(answer: Bytes): Promise<{ tookMs: number; found: number }> {
  const liar = await privateNode({
    networkKey: net.networkKey,
    role: 'community',
    identitySeed: random(32),
    listen: ['/ip4/127.0.0.1/tcp/0'],
  })
  const member = new MemberNode({
    networkKey: net.networkKey,
    nodes: () => [...net.addresses, ...liar.getMultiaddrs().map(String)],
    privacyMode: 'relay',
    clock,
    log,
  })
  services.push({ start: () => Promise.resolve(), stop: async () => liar.stop() }, member)
  await liar.start()
  const lie = async (stream: Stream): Promise<void> => {
    const frames = lpStream(stream)
    await frames.read()
    await frames.write(answer)
  }
  await liar.handle(lookupProtocol, (stream) => void lie(stream).catch(() => {}), { force: true })
  await member.start()
  await eventually(() => member.status().nodesReached === 2)
  const client = new NetworkBoxClient({ node: member, clock, log })
  services.push(client)
  await client.start()
  const draft = draftFor(clock)
  const from = performance.now()
  await client.fetch([draft.capability])
  const tookMs = performance.now() - from
  const known = await member.libp2p.peerStore.all()
  return { tookMs, found: known.length }
}

it('a PeerId of 64 KiB in an answer is never written in base 58', async () => {
  const id = concat(Uint8Array.of(0x12), varint(60_000), new Uint8Array(60_000).fill(0xff))
  expect(peerIdFromMultihash(Digest.decode(id)).toString().length).toBeLessThan(50)
  const { tookMs } = await askLiar(concat(Uint8Array.of(8, 4), peerInfo(id)))
  // 20 s before they were bounded
  expect(tookMs).toBeLessThan(6_000)
})

it('an answer that names 50,000 peers is not heard to its end', async () => {
  const peers = Array.from({ length: 50_000 }, () =>
    peerInfo(concat(Uint8Array.of(0x00, 0x24, 8, 1, 0x12, 0x20), random(32))),
  )
  const { tookMs, found } = await askLiar(concat(Uint8Array.of(8, 4), ...peers))
  expect(tookMs).toBeLessThan(6_000)
  expect(found).toBeLessThan(100)
})

async function served({ node }: TestMember): Promise<[BoxLine['peer']]> {
  const { peer, stream } = await BoxLine.open(node)
  stream.abort(new Error('not needed'))
  return [peer]
}
