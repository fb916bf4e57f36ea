import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { kadDHT, passthroughMapper, type KadDHT } from '@libp2p/kad-dht'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import { noiseCrypto } from '../../../core/network/noise-crypto.ts'
import { privateNetwork } from '../../../core/network/private-network.ts'
import { quiet } from '../../../core/network/quiet.ts'

export type KadNode = Libp2p<{ dht: KadDHT }>

/** Records of the bench: `/bench/` and whatever names one. */
export const namespace = 'bench'

/** Of a mesh of 60 nodes on one address, all at the same instant; libp2p takes 5 a second of one address. */
const noLimit = 10_000

/**
 * libp2p with kad-dht's own defaults. What is set there is what it takes to work
 * at all on loopback: private addresses are believed, all nodes have one address,
 * and records of our name are valid. As ours, it is encrypted twice, with native
 * primitives, and says nothing to a log: the comparison is to be of the lookups.
 */
export async function kadNode(role: 'server' | 'client', networkKey: Uint8Array): Promise<KadNode> {
  return createLibp2p({
    logger: quiet,
    connectionProtector: privateNetwork(networkKey),
    connectionEncrypters: [noise({ crypto: noiseCrypto })],
    streamMuxers: [yamux()],
    transports: [tcp()],
    addresses: { listen: role === 'server' ? ['/ip4/127.0.0.1/tcp/0'] : [] },
    connectionManager: { inboundConnectionThreshold: noLimit, maxIncomingPendingConnections: noLimit },
    services: {
      identify: identify(),
      ping: ping(),
      dht: kadDHT({
        protocol: '/bench/kad/1.0.0',
        clientMode: role === 'client',
        peerInfoMapper: passthroughMapper,
        validators: { [namespace]: () => {} },
        selectors: { [namespace]: () => 0 },
      }),
    },
  })
}
