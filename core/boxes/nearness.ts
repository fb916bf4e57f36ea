import type { PeerId } from '@libp2p/interface'
import type { Bytes } from '../base/bytes.ts'
import { sha256 } from '../crypto/derive.ts'

/** Where a peer stands in kad-dht's space: SHA256 of its PeerId's multihash. */
export function positionOf(peer: PeerId): Bytes {
  return sha256(peer.toMultihash().bytes)
}

/** Where a place lies in the same space: SHA256 of it, since kad-dht hashes every key. */
export function positionOfPlace(place: Uint8Array): Bytes {
  return sha256(place)
}

/** Whether `a` is nearer to `target` than `b` is (XOR metric). All 32 bytes. */
export function isNearer(target: Uint8Array, a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < target.length; i++) {
    const from = target[i] ?? 0
    const difference = (from ^ (a[i] ?? 0)) - (from ^ (b[i] ?? 0))
    if (difference !== 0) return difference < 0
  }
  return false
}

/** The peers nearest to a place, the nearest first, at most `count`. */
export function nearest(place: Uint8Array, peers: readonly PeerId[], count: number): PeerId[] {
  const target = positionOfPlace(place)
  return peers
    .map((peer) => ({ peer, position: positionOf(peer) }))
    .toSorted((a, b) => (isNearer(target, a.position, b.position) ? -1 : 1))
    .slice(0, count)
    .map(({ peer }) => peer)
}
