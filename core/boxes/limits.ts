/** Numbers of the box network. Times are milliseconds unless they say otherwise. PROTOCOL.md section "The box protocol". */

/** A box may live so long: a mailbox's 14 days, and a day for clocks that differ. */
export const longestLifeHours = 15 * 24

/** A frame, its four bytes of length included. */
export const maxFrame = 64 * 1024
/** What a node takes in one frame: the longest request is a STORE of 16,632 bytes. */
export const maxRequest = 20 * 1024
/** Places in one FETCH. */
export const maxPlaces = 64
/** Records that may follow the answer to one READ. */
export const maxAlong = 8
/** Records in one GET: the answer is at most 532 KiB. */
export const maxRecords = 32
/** Places that a node remembers, for one stream, to have seen a good signature for. */
export const rememberedPlaces = 256
/** Boxes at one place: so many first come, and so many by most work. */
export const placeFirstCome = 64
export const placeMostWork = 64
/** Tombstones at one place; the one that expires first goes first. */
export const placeTombstones = 128

/** Proof of work that a node asks for, in leading zero bits: about 1 s on one core. */
export const defaultWorkBits = 20
/** A full store asks for so much more: one bit for each eighth above a half. */
export const fullStoreBits = 4

/** What one node stores, in bytes. */
export const nodeBytes = 1024 ** 3
/**
 * What one node stores a second: each is two signatures and a write, and those
 * of one turn reach the disk together. The design's 50 kept a busy evening of
 * 1,000 members waiting.
 */
export const nodeStoresPerSecond = 200
/**
 * What one connection may ask in a minute. STORE is three times the design's 20:
 * a device that comes back after a week stores what was not acknowledged, and one
 * core cannot mine more than 60 boxes a minute anyway.
 */
export const storesPerMinute = 60
export const fetchesPerMinute = 120
/** A board of 5,000 offers is 160 GETs. */
export const getsPerMinute = 600
export const deletesPerMinute = 240
/** Of 64 boxes each; a full node has some 4,000 of them for one neighbour. */
export const havesPerMinute = 240
/** Box streams of one connection; a member needs one. */
export const streamsPerConnection = 4
/** What no honest program sends: so much at once closes the connection, and so much a minute is forgiven. */
export const offencesAtOnce = 16
export const offencesPerMinute = 1
/** How often one connection may be told in a minute that it asks too much. */
export const busyPerMinute = 120

/**
 * Nonsense and haste are answered so much later. It costs a program that waits
 * as it was told nothing, and takes the node's time from whoever does not.
 */
export const refusalPause = 500

/** A node waits so long for the next request. */
export const idleStream = 30 * 60_000
/** And so long for the rest of one that has begun, or until one frame of an answer is taken. */
export const requestTime = 10_000
/**
 * A node gives out and keeps what expired by its own clock so many hours longer:
 * whether a box still counts is for the reader's clock to say, and a reader that
 * asks some of the nodes must not miss it because theirs are fast.
 */
export const expiryGraceHours = 12
/** How often a node deletes what has expired. */
export const sweepInterval = 10 * 60_000

/** Nodes hand boxes to each of their neighbours so often, +/- 25 %, and to a new one once it has stayed for a while. */
export const handOffInterval = 6 * 3_600_000
export const handOffSettle = 10 * 60_000

/** How near a node must be to a place to take a box there (Kademlia's k), unless it is an anchor. */
export const responsibleNodes = 20

/** A box is stored on so many of the nearest nodes, plus the anchors, and read from so many, plus the anchors. */
export const replicas = 8
export const readers = 12

/** One node may take so long for one request, the opening of a connection included. */
export const nodeDeadline = 8_000
/** All that one node is asked for in one round of a read: 30 s; what it gave until then is kept. */
export const roundDeadline = 30_000
/** Once enough nodes have answered a read, the others get so many times as long again, within these bounds. */
export const stragglerFactor = 3
export const leastStraggler = 50
export const mostStraggler = 750
/** A node that owes an answer for so long, or that failed so recently, is taken to be silent: others are asked instead. */
export const silentAfter = 2_000
export const silentFor = 60_000
/** A store waits so long altogether for nodes that are busy. */
export const storeDeadline = 90_000
/** A lookup of the nodes near a place. */
export const lookupDeadline = 4_000
/** For so long the nodes near a place are taken to be the same. */
export const lookupValidity = 5 * 60_000
/** Lookups remembered. */
export const rememberedLookups = 1_000
/** How often the nodes that are connected are put on the map. */
export const meetServersEvery = 1_000
/** Lookups of several places that run at the same time. */
export const lookupsAtOnce = 4
/** A map of the community's nodes is good while the last 3 lookups, of some 20 nodes each, found at most 2 that it did not have. */
export const checksOfMap = 3
export const missesOfMap = 2
/** Nodes on a map: beyond, each place is looked up. */
export const mapSize = 512
/** A node that was neither met nor told of for so long is off the map. */
export const forgetNode = 15 * 60_000
/** Lookups in one go, at most, that make the map good. */
export const looksAtOnce = 8
/** How often the network is looked over for nodes not known yet. */
export const lookAround = 60_000

/** After a look that nobody answered. */
export const lookAgain = 10_000

/**
 * Opened boxes kept in memory, so that reading again costs only what changed;
 * about 5 KiB each, 60 MiB at most. Boards of 5,000 offers and requests have so
 * many at the border of two epochs, and conversations some more.
 */
export const rememberedBoxes = 12_000

/** Places in one poll, dummies included. */
export const pollBatch = 16
/** Between polls, +/- 20 %. */
export const pollInterval = 75_000
