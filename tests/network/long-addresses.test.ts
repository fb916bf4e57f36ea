import { lpStream } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { concat, u8, type Bytes } from '../../core/base/bytes.ts'
import { lookupProtocol } from '../../core/network/protocols.ts'
import { BoxLine } from '../support/box-line.ts'
import { startTestnet, type TestMember, type Testnet } from '../support/testnet.ts'

let net: Testnet
let attacker: TestMember

beforeAll(async () => {
  net = await startTestnet({ nodes: 1 })
  attacker = await net.member()
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

async function served({ node }: TestMember): Promise<[BoxLine['peer']]> {
  const { peer, stream } = await BoxLine.open(node)
  stream.abort(new Error('not needed'))
  return [peer]
}
