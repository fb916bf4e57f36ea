/**
 * What a libp2p node may take and how long it may wait. Times are milliseconds.
 * "libp2p:" names the library's own default that the number replaces, and why.
 */

/** Long enough for a slow mobile link; a dial takes about 5.4 round trips. libp2p: 10 s. */
export const dialTimeout = 15_000
/** One address of several, so that a dead one leaves time for the others. libp2p: 6 s. */
export const addressDialTimeout = 5_000
/** Addresses of one node that are tried. */
export const addressesTried = 8
/** libp2p: 10 s. */
export const upgradeTimeout = 10_000

/** A whole community may sit behind one address (a centre's router, loopback, Tor). libp2p: 5 a second. */
export const inboundConnectionsPerSecond = 100
/** Connections that have not proved the network key yet. libp2p: 10. */
export const pendingInboundConnections = 64

/** A member talks to some tens of community nodes and to the contacts that are online. libp2p: 300. */
export const memberConnections = 150
/** 1,000 members online at 10 to 50 KiB of memory each. libp2p: 300. */
export const nodeConnections = 1_500

/**
 * How often each end of a connection asks whether the other is there. libp2p: 10 s, which costs a node with 1,000
 * idle members a third of a core, and wakes a member's device six times a minute for each node (measured).
 */
export const memberPingInterval = 30_000
export const nodePingInterval = 60_000
/** Both ends ping, so a socket that is silent for so long is dead. libp2p: 2 min. */
export const socketInactivity = 120_000
/** Box streams and live channels stay open and may be silent while both sides live. libp2p: 2 min. */
export const streamInactivity = 3_600_000
/** Adaptive, between these. libp2p: 5 s to 60 s; a busy machine must not be taken for a dead one. */
export const monitorPing = { minTimeout: 15_000, maxTimeout: 60_000 }

/** One request of a lookup. libp2p: 5 s to 60 s, which let a fifth of silent nodes cost 5 to 33 s (measured). */
export const lookupRequest = { minTimeout: 2_000, maxTimeout: 10_000 }
/** Whether a peer is really there, asked in the background: patience costs nothing, and haste loses nodes. libp2p: 5 s to 60 s. */
export const lookupPing = { minTimeout: 10_000, maxTimeout: 30_000 }
/** What one stream of a lookup may carry, in bytes: 20 peers with 8 addresses each are 12 KiB. libp2p: 4 MiB. */
export const longestLookupMessage = 65_536
/** How often a community node looks who is near itself. libp2p: 5 min; nodes that start together met few others before (measured). */
export const nodeLooksEvery = 60_000
/** How soon a fresh node looks around. libp2p: 1 s, which is what a member's first lookup used to cost (measured). */
export const firstLook = 50
/** Kademlia's k, libp2p's own default: 8 lost half of the reads among 200 nodes (measured). */
export const bucketSize = 20
/**
 * Bits of a position by which kad-dht's table may split. libp2p: 6, so that 1,280 contacts fill it, and in a network of
 * 5,000 nodes two lookups found different neighbours of a place (simulated). Deeper ones cost a small network nothing.
 */
export const tableDepth = 12

/** What is remembered of other peers, in entries; each is about 1 KiB, and PeerIds cost nothing to make. */
export const rememberedPeers = 5_000

/** How many relays a member listens at. More than one, so that a node may go; few, because each is told to contacts. */
export const relaysAtOnce = 3
/**
 * Members that one relay can be reached through: every connection that it takes may be one, and a reservation ends
 * with its connection. libp2p: 15, of 128 KiB and 2 min each, which would cut every conversation.
 */
export const relayReservations = 1_500
/** Pairs that talk through one relay at once: each is two streams and what they buffer while one side is slow. libp2p: no limit. */
export const relayedConnections = 1_000
/** The same for one member's connection with a relay, each way: more contacts no device is connected with. libp2p: 32 in, 300 out. */
export const relayedStreams = 150
/** How long a reservation lasts; members renew it before. libp2p: 2 h. */
export const reservationTime = 7_200_000
/** How long making one may take. libp2p: 5 s. */
export const reservationTimeout = 10_000

/** Between attempts to reach a node of the invite: doubled from the first to the last, +/- 25 %. */
export const firstRetry = 1_000
export const lastRetry = 60_000

/** How many addresses of one relay, and how many in all, a member tells its contacts. */
export const addressesOfRelay = 3
export const toldAddresses = 8
