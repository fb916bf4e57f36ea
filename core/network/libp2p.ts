import { noise } from '@chainsafe/libp2p-noise'
import { circuitRelayServer, circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { generateKeyPair, generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { Libp2p, Listener } from '@libp2p/interface'
import { kadDHT, type KadDHT } from '@libp2p/kad-dht'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import type { Multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { forLookups, nameOf, parseAddresses, relayed } from './addresses.ts'
import { boundedLookups } from './bounded-lookups.ts'
import { PeersOnly } from './datastore.ts'
import * as limits from './limits.ts'
import { muxer } from './muxer.ts'
import { noiseCrypto } from './noise-crypto.ts'
import { agentVersion, lookupProtocol, protocolPrefix } from './protocols.ts'
import { privateNetwork } from './private-network.ts'
import { quiet } from './quiet.ts'
import { RelayBounds } from './relay-limits.ts'

/** The part of libp2p's transport manager that says where we listen, and can add to it. */
interface Listening {
  listen(addresses: Multiaddr[]): Promise<void>
  getListeners(): Listener[]
  getAddrs(): Multiaddr[]
}

export type PrivateNode = Libp2p<{ lookup: KadDHT; listening: { readonly transports: Listening } }>

export const networkKeyLength = 32

export interface PrivateNodeOptions {
  /** 32 bytes; closes the network. */
  readonly networkKey: Uint8Array
  /**
   * A `member` asks and is never asked, has a fresh identity and tells nobody
   * its own address; a `community` node answers lookups, relays, and keeps its
   * identity.
   */
  readonly role: 'member' | 'community'
  /** 32 bytes, the Ed25519 seed of a community node's identity. */
  readonly identitySeed?: Uint8Array
  readonly listen: readonly string[]
  /** What a community node tells others instead of what it listens on. */
  readonly announce?: readonly string[]
  /** Addresses that the community gave: only names in these are asked of the DNS. */
  readonly given?: () => readonly string[]
  /** Connections that a community node takes at once. */
  readonly maxConnections?: number
  /** What a community node relays; for one node only. */
  readonly relay?: RelayBounds
}

/** Makes a libp2p node that is not started yet. The only place where one is made. */
export async function privateNode(options: PrivateNodeOptions): Promise<PrivateNode> {
  const { networkKey, role, identitySeed, listen, announce = [], given = () => [] } = options
  const { maxConnections = limits.nodeConnections, relay = new RelayBounds() } = options
  if (networkKey.length !== networkKeyLength) throw new RangeError('networkKey: expected 32 bytes')
  const server = role === 'community'
  const privateKey =
    identitySeed === undefined
      ? await generateKeyPair('Ed25519')
      : await generateKeyPairFromSeed('Ed25519', identitySeed)

  const node = await createLibp2p({
    start: false,
    privateKey,
    logger: quiet,
    nodeInfo: { name: 'staffetta', version: '1', userAgent: agentVersion },
    datastore: new PeersOnly(peerIdFromPrivateKey(privateKey)),
    connectionProtector: privateNetwork(networkKey),
    connectionEncrypters: [noise({ crypto: noiseCrypto })],
    streamMuxers: [muxer],
    transports: [
      tcp({
        inboundSocketInactivityTimeout: limits.socketInactivity,
        outboundSocketInactivityTimeout: limits.socketInactivity,
      }),
      // for nodes behind a web server, and networks that let only the web through
      webSockets(),
      circuitRelayTransport({
        reservationCompletionTimeout: limits.reservationTimeout,
        maxInboundStopStreams: limits.relayedStreams,
        maxOutboundStopStreams: limits.relayedStreams,
      }),
    ],
    addresses: {
      listen: [...listen],
      announce: [...announce],
      // a member's own address is told to contacts that both agreed, end to end, and never to the network
      announceFilter: (addresses) => (server ? addresses : addresses.filter(relayed)),
    },
    connectionManager: {
      maxConnections: server ? maxConnections : limits.memberConnections,
      dialTimeout: limits.dialTimeout,
      addressDialTimeout: limits.addressDialTimeout,
      inboundUpgradeTimeout: limits.upgradeTimeout,
      inboundConnectionThreshold: limits.inboundConnectionsPerSecond,
      maxIncomingPendingConnections: limits.pendingInboundConnections,
      resolvers: {},
    },
    connectionGater: {
      // what a peer says of itself or of others may name any host: asking the DNS for it would tell that we are here
      denyDialMultiaddr: (address) => {
        const name = nameOf(address)
        return name !== undefined && !parseAddresses(given()).some((each) => nameOf(each) === name)
      },
      denyOutboundRelayedConnection: relay.denyOutboundRelayedConnection,
    },
    connectionMonitor: {
      protocolPrefix: protocolPrefix.slice(1),
      pingInterval: server ? limits.nodePingInterval : limits.memberPingInterval,
      pingTimeout: limits.monitorPing,
    },
    services: {
      identify: identify({ protocolPrefix: protocolPrefix.slice(1) }),
      ping: ping({ protocolPrefix: protocolPrefix.slice(1) }),
      lookup: boundedLookups(
        kadDHT({
          protocol: lookupProtocol,
          // left open, kad-dht turns into a server by itself when it sees a public address
          clientMode: !server,
          kBucketSize: limits.bucketSize,
          prefixLength: limits.tableDepth,
          // boxes have their own store: no record is ever valid here
          validators: { pk: refuse },
          selectors: {},
          peerInfoMapper: forLookups,
          initialQuerySelfInterval: limits.firstLook,
          ...(server ? { querySelfInterval: limits.nodeLooksEvery } : {}),
          networkDialTimeout: limits.lookupRequest,
          pingNewContactTimeout: limits.lookupPing,
          pingOldContactTimeout: limits.lookupPing,
        }),
      ),
      listening: ({ transportManager }: { transportManager: Listening }) => ({ transports: transportManager }),
      ...(server ? { relay: relayServer(relay.limits.reservations) } : {}),
    },
  })
  const { relay: relaying } = node.services
  if (relaying !== undefined) relay.watch(node, relaying)
  return node
}

function relayServer(maxReservations: number): ReturnType<typeof circuitRelayServer> {
  return circuitRelayServer({
    reservations: {
      maxReservations,
      reservationTtl: limits.reservationTime,
      // no limit of time or bytes: a conversation through the relay must not be cut
      applyDefaultLimit: false,
    },
    maxInboundHopStreams: limits.relayedStreams,
    maxOutboundHopStreams: limits.relayedStreams,
    maxOutboundStopStreams: limits.relayedStreams,
  })
}

function refuse(): never {
  throw new TypeError('This network keeps no kad-dht records')
}
