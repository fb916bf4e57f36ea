import { pureJsCrypto } from '@chainsafe/libp2p-noise'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex } from '../../core/base/bytes.ts'
import { gather } from '../../core/boxes/gather.ts'
import { isNearer, nearest, positionOf, positionOfPlace } from '../../core/boxes/nearness.ts'
import { perMinute } from '../../core/boxes/rate.ts'
import { byMajority } from '../../core/boxes/replicate.ts'
import { PlaceFull, refused, type RefusalReason } from '../../core/boxes/refusal.ts'
import { withDeadline } from '../../core/base/deadline.ts'
import { random } from '../../core/crypto/random.ts'
import { byPeer, farthestFirst, forLookups, parseAddresses, peerOf, relayOf } from '../../core/network/addresses.ts'
import { PeersOnly } from '../../core/network/datastore.ts'
import { dialFault, listenFault } from '../../core/network/faults.ts'
import { rememberedPeers } from '../../core/network/limits.ts'
import { noiseCrypto } from '../../core/network/noise-crypto.ts'
import { exposure } from '../../core/network/privacy.ts'
import { quiet } from '../../core/network/quiet.ts'
import { faultOf } from '../support/faults.ts'
import { ManualClock } from '../support/manual-clock.ts'

const a = '12D3KooWKpe2M7TV8hzLXygKcy1DFAyChLHyzft8Nct69e3s7dXn'
const b = '12D3KooWRcsb4p9D5qFMqcpnnx8t88zGvfLqB383WshLKWgVpbLq'

describe("noise's primitives", () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 })
  const data = fc.uint8Array({ maxLength: 3000 })

  it('are the same as those of libp2p', () => {
    fc.assert(
      fc.property(key, key, nonce, data, data, (k, seed, n, ad, text) => {
        expect(hex(noiseCrypto.hashSHA256(text))).toBe(hex(pureJsCrypto.hashSHA256(text)))
        expect(noiseCrypto.getHKDF(k, text).map(hex)).toEqual(pureJsCrypto.getHKDF(k, text).map(hex))
        const pair = noiseCrypto.generateX25519KeyPairFromSeed(seed)
        expect(hex(pair.publicKey)).toBe(hex(pureJsCrypto.generateX25519KeyPairFromSeed(seed).publicKey))
        const other = noiseCrypto.generateX25519KeyPair()
        expect(hex(noiseCrypto.generateX25519SharedKey(seed, other.publicKey))).toBe(
          hex(pureJsCrypto.generateX25519SharedKey(other.privateKey, pair.publicKey)),
        )
        const sealed = noiseCrypto.chaCha20Poly1305Encrypt(text, n, ad, k).subarray()
        expect(hex(sealed)).toBe(hex(pureJsCrypto.chaCha20Poly1305Encrypt(text, n, ad, k).subarray()))
        expect(hex(noiseCrypto.chaCha20Poly1305Decrypt(sealed, n, ad, k).subarray())).toBe(hex(text))
        const changed = sealed.slice()
        changed[0] = (changed[0] ?? 0) ^ 1
        expect(() => noiseCrypto.chaCha20Poly1305Decrypt(changed, n, ad, k)).toThrow()
      }),
      { numRuns: 50 },
    )
  })

  it('refuse keys of low order and ciphertexts that cannot be any', () => {
    expect(() => noiseCrypto.generateX25519SharedKey(random(32), new Uint8Array(32))).toThrow()
    expect(() => noiseCrypto.chaCha20Poly1305Decrypt(random(15), random(12), random(0), random(32))).toThrow()
  })
})

describe('what libp2p may remember', () => {
  type Key = Parameters<PeersOnly['put']>[0]
  const key = (name: string): Key => ({ toString: () => name }) as Key

  it('is peers, so many and no more, and itself always', async () => {
    const self = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
    const store = new PeersOnly(self)
    const own = key(`/peers/${self.toCID().toString()}`)
    store.put(own, random(1))
    for (let i = 0; i < rememberedPeers + 10; i++) store.put(key(`/peers/${i}`), random(1))
    expect(store.has(own)).toBe(true)
    expect(store.has(key('/peers/9'))).toBe(false)
    expect(store.has(key('/peers/10'))).toBe(true)
    // heard of again, it is the newest
    store.put(key('/peers/10'), random(1))
    store.put(key('/peers/new'), random(1))
    expect(store.has(key('/peers/10'))).toBe(true)
    expect(store.has(key('/peers/11'))).toBe(false)
  })

  it('is no record and no provider', async () => {
    const store = new PeersOnly(peerIdFromPrivateKey(await generateKeyPair('Ed25519')))
    expect(() => store.put(key('/dht/record/x'), random(1))).toThrow()
    expect(() => store.put(key('/dht/provider/x/y'), random(1))).toThrow()
  })

  it('and it says nothing at all', () => {
    const logger = quiet.forComponent('libp2p:noise').newScope('keys')
    expect(logger.enabled).toBe(false)
    expect([logger('%s', 'secret'), logger.error('secret'), logger.trace('secret')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('addresses', () => {
  const direct = `/ip4/192.0.2.7/tcp/4001/p2p/${a}`
  const relayed = `${direct}/p2p-circuit/p2p/${b}`

  it('say whom they lead to, and through whom', () => {
    expect([direct, relayed, '/ip4/192.0.2.7/tcp/1'].map((text) => peerOf(multiaddr(text)))).toEqual([a, b, undefined])
    expect([direct, relayed].map((text) => relayOf(multiaddr(text)))).toEqual([undefined, a])
    const peers = byPeer(parseAddresses([direct, relayed, 'nonsense', `/dns4/x.example/tcp/1/p2p/${a}`]))
    expect([...peers.keys()]).toEqual([a])
    expect(peers.get(a)?.length).toBe(2)
  })

  it('of this machine come last', () => {
    const sorted = farthestFirst(parseAddresses(['/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/1', '/ip4/10.0.0.1/tcp/1']))
    expect(sorted.map(String)).toEqual(['/ip4/10.0.0.1/tcp/1', '/ip4/127.0.0.1/tcp/1', '/ip6/::1/tcp/1'])
  })

  it('that lookups tell are those that can be dialled', async () => {
    const id = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
    const onion = '/dns4/aaaaaaaaaaaaaaaa.onion/tcp/1'
    const multiaddrs = parseAddresses([direct, relayed, onion, '/dns4/node.example/tcp/1', '/ip4/127.0.0.1/tcp/2'])
    expect(forLookups({ id, multiaddrs }).multiaddrs.map(String)).toEqual([
      direct,
      '/dns4/node.example/tcp/1',
      '/ip4/127.0.0.1/tcp/2',
    ])
  })

  it('are shown as the privacy mode says', async () => {
    expect(exposure('relay')).toEqual({ listen: [], direct: false })
    expect(exposure('direct').direct).toBe(true)
    expect(await faultOf(() => exposure('tor'))).toBe('mode-unavailable')
  })
})

describe('what libp2p throws', () => {
  const named = (name: string, message: string): Error => Object.assign(new Error(message), { name })

  it('becomes a fault without its words', () => {
    const garbled = named('EncryptionFailedError', 'Message length too long - 2024 > 1024')
    const mismatch = named('EncryptionFailedError', `Payload identity key ${a} does not match`)
    expect(dialFault(garbled).code).toBe('wrong-network-key')
    expect(dialFault(new AggregateError([new Error('refused'), garbled])).code).toBe('wrong-network-key')
    expect(dialFault(mismatch).code).toBe('unreachable')
    for (const [fault, code] of [
      [dialFault(new Error(`connect ECONNREFUSED ${b}`)), 'unreachable'],
      [listenFault(new Error('listen EADDRINUSE: 127.0.0.1:1')), 'port-in-use'],
    ] as const) {
      expect(fault).toMatchObject({ code })
      // its message and its cause would name who was dialled, and where
      expect(fault).not.toHaveProperty('cause')
    }
    expect(listenFault(new Error('listen EADDRNOTAVAIL'))).toMatchObject({ code: 'bad-input' })
    const other = new Error('else')
    expect(listenFault(other)).toBe(other)
  })
})

describe('a deadline', () => {
  it('gives what comes in time, and a fault for what does not', async () => {
    const clock = new ManualClock()
    expect(await withDeadline(clock, 10, undefined, () => Promise.resolve(7))).toBe(7)
    let aborted = false
    const late = faultOf(() =>
      withDeadline(clock, 10, undefined, (signal) => {
        signal.addEventListener('abort', () => (aborted = true))
        return new Promise<never>(() => {})
      }),
    )
    clock.advance(10)
    expect(await late).toBe('timeout')
    expect(aborted).toBe(true)
    const own = new Error('its own')
    await expect(withDeadline(clock, 10, undefined, () => Promise.reject(own))).rejects.toBe(own)
  })

  it("ends with the caller's signal too", async () => {
    const clock = new ManualClock()
    const abort = new AbortController()
    const reason = new Error('wished')
    const running = withDeadline(clock, 10, abort.signal, () => new Promise<never>(() => {}))
    abort.abort(reason)
    await expect(running).rejects.toBe(reason)
    await expect(withDeadline(clock, 10, abort.signal, () => Promise.resolve(1))).rejects.toBe(reason)
  })
})

describe('many nodes', () => {
  it('are not all waited for, once half have answered', async () => {
    const clock = new ManualClock()
    const never = new Promise<number>(() => {})
    expect(await gather([], clock)).toEqual([])
    expect(await gather([Promise.resolve(1), Promise.reject(new Error('no'))], clock)).toEqual([1])
    const slow = gather([Promise.resolve(1), Promise.resolve(2), never, never], clock)
    await new Promise((resolve) => setImmediate(resolve))
    clock.advance(750)
    expect(await slow).toEqual([1, 2])
  })

  it('decide by majority', async () => {
    const clock = new ManualClock()
    const majority = async (said: readonly (RefusalReason | 'done' | 'dead')[]): Promise<string> => {
      const kept: Promise<unknown>[] = []
      const progress: number[] = []
      const verdict = await faultOf(async () => {
        await byMajority(
          said,
          async (each) => {
            if (each === 'dead') throw new Error('dead')
            return each === 'done' ? { type: 'done' } : refused(each)
          },
          { clock, onProgress: (fraction) => progress.push(fraction), background: (work) => kept.push(work) },
        )
        throw new Error('stored')
      }).catch((error: Error) => error.message)
      await Promise.all(kept)
      return verdict
    }
    expect(await majority([])).toBe('unreachable')
    expect(await majority(['done'])).toBe('stored')
    expect(await majority(['done', 'dead'])).toBe('unreachable')
    expect(await majority(['done', 'done', 'dead'])).toBe('stored')
    expect(await majority(['done', 'stale', 'stale'])).toBe('box-refused')
    expect(await majority(['done', 'stale', 'dead'])).toBe('unreachable')
    expect(await majority(['not-responsible', 'not-responsible', 'done'])).toBe('unreachable')
    expect(await majority(['quota', 'work-too-low', 'done', 'dead', 'bad-signature'])).toBe('box-refused')
    expect(await majority(['quota', 'quota', 'done'])).toBe('box-refused')
  })

  it('say that a place is full where those without room alone prevent a majority', async () => {
    const isFull = (...said: readonly RefusalReason[]): Promise<boolean> =>
      byMajority(said, async (each) => refused(each), { clock: new ManualClock(), background: () => {} }).then(
        () => false,
        (error: unknown) => error instanceof PlaceFull,
      )
    expect(await isFull('quota', 'quota', 'stale')).toBe(true)
    expect(await isFull('quota', 'stale', 'stale')).toBe(false)
    expect(await isFull('quota', 'work-too-low', 'not-responsible', 'stale')).toBe(false)
  })

  it('are near or far in the same order for everyone', async () => {
    const peers = await Promise.all(
      Array.from({ length: 12 }, async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))),
    )
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (place) => {
        const sorted = nearest(place, peers, 12)
        expect(nearest(place, peers.toReversed(), 5)).toEqual(sorted.slice(0, 5))
        const target = positionOfPlace(place)
        const distance = (position: Uint8Array): bigint => BigInt(`0x${hex(target)}`) ^ BigInt(`0x${hex(position)}`)
        const distances = sorted.map((peer) => distance(positionOf(peer)))
        expect(distances).toEqual(distances.toSorted((x, y) => (x < y ? -1 : 1)))
        const [first, second] = sorted.map(positionOf)
        if (first === undefined || second === undefined) throw new Error('no peers')
        expect([
          isNearer(target, first, second),
          isNearer(target, second, first),
          isNearer(target, first, first),
        ]).toEqual([true, false, false])
      }),
      { numRuns: 20 },
    )
  })
})

it('a rate lets through what it says, however the clock is set', () => {
  const clock = new ManualClock()
  const rate = perMinute(clock, 60)
  for (let i = 0; i < 60; i++) expect(rate.take()).toBe(0)
  expect(rate.take()).toBe(1)
  clock.advance(-1e9)
  expect(rate.take()).toBe(1)
  clock.advance(2_000)
  expect([rate.take(), rate.take(), rate.take()]).toEqual([0, 0, 1])
  clock.advance(1e12)
  for (let i = 0; i < 60; i++) expect(rate.take()).toBe(0)
  expect(rate.take()).toBe(1)
})
