import { bucketSize, tableDepth } from '../../core/network/limits.ts'
import { bitOf, type Point, type Space } from './space.ts'

/** How many of those that were added first are asked whether they are still there, when a bucket is full. */
const askedOld = 3
/** Minutes after which a contact may be asked again. */
const askAgain = 10

interface Leaf {
  readonly depth: number
  readonly peers: number[]
  /** When each of them was added, in minutes. */
  readonly since: number[]
}

interface Branch {
  readonly depth: number
  readonly sides: readonly [Bucket, Bucket]
}

type Bucket = Leaf | Branch

/** Where `closest` sorts: it is asked millions of times, and two buckets are the most it looks at beyond its count. */
const distances = new Float64Array(4 * bucketSize)
const sorted = new Uint32Array(4 * bucketSize)

export interface Circumstances {
  /** Minutes. */
  readonly now: number
  /** Whether a peer answers a ping. */
  readonly answers: (peer: number) => boolean
}

/**
 * A routing table as @libp2p/kad-dht 16 has it: a tree by the first six bits of
 * positions, of which every full bucket splits (not only its owner's, as in the
 * paper), and at whose bottom a bucket takes 20 and no more while those in it answer.
 */
export class Table {
  readonly #space: Space
  readonly #owner: number
  #root: Bucket = { depth: 0, peers: [], since: [] }

  readonly #bits: number

  /** @param bits as deep as the tree may grow */
  constructor(space: Space, owner: number, bits = tableDepth) {
    if (bits > 32) throw new RangeError('bits: at most 32')
    this.#space = space
    this.#bits = bits
    this.#owner = owner
  }

  /** @returns whether the peer was added now; it was asked for an answer only where there was room */
  add(peer: number, { now, answers }: Circumstances): boolean {
    if (peer === this.#owner) return false
    let leaf = this.#leafOf(peer)
    if (leaf.peers.includes(peer)) return false
    while (leaf.peers.length === bucketSize && leaf.depth < this.#bits) {
      this.#split(leaf)
      leaf = this.#leafOf(peer)
    }
    if (leaf.peers.length >= bucketSize) evict(leaf, now, answers)
    if (leaf.peers.length >= bucketSize || !answers(peer)) return false
    leaf.peers.push(peer)
    leaf.since.push(now)
    return true
  }

  /** The contacts nearest to a point, the nearest first. */
  closest(target: Point, count: number, exclude = -1): number[] {
    let found = 0
    const visit = (bucket: Bucket): void => {
      if (found >= count) return
      if (!('peers' in bucket)) {
        // everybody on the target's side is nearer than anybody on the other one
        const side = bitOf(target, bucket.depth)
        visit(bucket.sides[side])
        visit(bucket.sides[side === 1 ? 0 : 1])
        return
      }
      const from = found
      for (const peer of bucket.peers) {
        if (peer === exclude) continue
        const distance = this.#space.distance(target, peer)
        let at = found++
        for (; at > from && (distances[at - 1] ?? 0) > distance; at--) {
          distances[at] = distances[at - 1] ?? 0
          sorted[at] = sorted[at - 1] ?? 0
        }
        distances[at] = distance
        sorted[at] = peer
      }
    }
    visit(this.#root)
    return Array.from(sorted.subarray(0, Math.min(found, count)))
  }

  peers(): number[] {
    return this.buckets().flatMap(({ peers }) => peers)
  }

  /** The leaves of the tree. */
  buckets(): { readonly depth: number; readonly peers: number[] }[] {
    const collect = (bucket: Bucket): { depth: number; peers: number[] }[] =>
      'peers' in bucket ? [{ depth: bucket.depth, peers: [...bucket.peers] }] : bucket.sides.flatMap(collect)
    return collect(this.#root)
  }

  #leafOf(peer: number): Leaf {
    let bucket = this.#root
    while (!('peers' in bucket)) bucket = bucket.sides[this.#space.bit(peer, bucket.depth)]
    return bucket
  }

  #split(leaf: Leaf): void {
    const depth = leaf.depth + 1
    const sides: [Leaf, Leaf] = [
      { depth, peers: [], since: [] },
      { depth, peers: [], since: [] },
    ]
    for (const [index, peer] of leaf.peers.entries()) {
      const side = sides[this.#space.bit(peer, leaf.depth)]
      side.peers.push(peer)
      side.since.push(leaf.since[index] ?? 0)
    }
    this.#root = replace(this.#root, leaf, { depth: leaf.depth, sides })
  }
}

/** Asks the oldest three whether they are there. Who answered stays as old as it was: so it is in kad-dht 16. */
function evict({ peers, since }: Leaf, now: number, answers: (peer: number) => boolean): void {
  if (since.every((each) => each > now - askAgain)) return
  const gone = peers
    .map((peer, index) => ({ peer, since: since[index] ?? 0 }))
    .filter((contact) => contact.since <= now - askAgain)
    .toSorted((a, b) => a.since - b.since)
    .slice(0, askedOld)
    .filter(({ peer }) => !answers(peer))
  for (const { peer } of gone) {
    const at = peers.indexOf(peer)
    peers.splice(at, 1)
    since.splice(at, 1)
  }
}

function replace(bucket: Bucket, old: Leaf, by: Branch): Bucket {
  if (bucket === old) return by
  if ('peers' in bucket) return bucket
  const [left, right] = bucket.sides
  return { depth: bucket.depth, sides: [replace(left, old, by), replace(right, old, by)] }
}
