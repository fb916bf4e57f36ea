import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { preSharedKey } from '@libp2p/pnet'
import { tcp } from '@libp2p/tcp'
import { multiaddrConnectionPair } from '@libp2p/utils'
import fc from 'fast-check'
import { createLibp2p, type Libp2p } from 'libp2p'
import { connect } from 'node:net'
import nacl from 'tweetnacl'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, hex, utf8 } from '../../core/base/bytes.ts'
import { random } from '../../core/crypto/random.ts'
import { privateNode, type PrivateNode } from '../../core/network/libp2p.ts'
import { privateNetwork } from '../../core/network/private-network.ts'
import { xorStream } from '../../core/network/xor-stream.ts'
import { eventually } from '../support/eventually.ts'

/** It is in tweetnacl, and missing from its types. */
interface NaclStream {
  crypto_stream_xor(
    c: Uint8Array,
    cpos: number,
    m: Uint8Array,
    mpos: number,
    b: number,
    n: Uint8Array,
    k: Uint8Array,
  ): void
}
const naclStream = (nacl as unknown as { readonly lowlevel: NaclStream }).lowlevel

describe('the cipher of a private network', () => {
  it('is NaCl’s stream, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (pieces) => {
        const [nonce, key] = [random(24), random(32)]
        const whole = concat(...pieces)
        const expected = new Uint8Array(whole.length)
        naclStream.crypto_stream_xor(expected, 0, whole, 0, whole.length, nonce, key)
        const next = xorStream(nonce, key)
        expect(hex(concat(...pieces.map((piece) => next(piece))))).toBe(hex(expected))
      }),
    )
  })

  it('costs nothing that is not given back, however many connections there were', async () => {
    const protect = privateNetwork(random(32))()
    // more than the cipher of @libp2p/pnet can bear
    for (let i = 0; i < 3_000; i++) {
      const [near, far] = multiaddrConnectionPair()
      const [left, right] = await Promise.all([protect.protect(near), protect.protect(far)])
      if (i % 500 === 499) {
        const heard = new Promise<Uint8Array>((resolve) => {
          right.addEventListener('message', ({ data }) => resolve(data.subarray()), { once: true })
        })
        left.send(utf8('hello'))
        expect(await heard).toEqual(Buffer.from('hello'))
      }
      left.abort(new Error('next'))
    }
  })
})

describe('a node in a private network', () => {
  const networkKey = random(32)
  let ours: PrivateNode
  let theirs: Libp2p

  beforeAll(async () => {
    const listen = ['/ip4/127.0.0.1/tcp/0']
    ours = await privateNode({ networkKey, role: 'community', identitySeed: random(32), listen })
    await ours.start()
    theirs = await createLibp2p({
      addresses: { listen },
      connectionProtector: preSharedKey({ psk: utf8(`/key/swarm/psk/1.0.0/\n/base16/\n${hex(networkKey)}`) }),
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
    })
  })
  afterAll(async () => {
    await Promise.all([ours.stop(), theirs.stop()])
  })

  it('speaks with libp2p’s own pnet, whoever dials', async () => {
    expect((await theirs.dial(ours.getMultiaddrs())).status).toBe('open')
    await theirs.hangUp(ours.peerId)
    expect((await ours.dial(theirs.getMultiaddrs())).status).toBe('open')
  })

  it('outlives strangers who say a nonce and go, one after the other', async () => {
    const [address] = ours.getMultiaddrs()
    const port = Number(/\/tcp\/(\d+)/.exec(String(address))?.[1])
    let ended = 0
    for (let i = 0; i < 50; i++) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.on('close', () => ended++)
      socket.end(random(24 + i))
    }
    await eventually(() => ended === 50, { what: 'the strangers to be let go' })
    await theirs.hangUp(ours.peerId)
    expect((await theirs.dial(ours.getMultiaddrs())).status).toBe('open')
  })
})
