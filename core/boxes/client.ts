import type { Bytes } from '../base/bytes.ts'
import type { SigningKey } from '../crypto/sign.ts'
import type { ReadCapability, WriteCapability } from './capability.ts'

/** What a writer wants stored. The client seals, pads, mines, signs and replicates it. */
export interface BoxDraft {
  readonly capability: WriteCapability
  /** Owner of this box: only it may replace or delete it. */
  readonly author: SigningKey
  /** A higher one replaces a lower one of the same author at the same place. */
  readonly sequence: bigint
  /** Hours since 1970. */
  readonly expiryHours: number
  /** At most `maxContent(1)` bytes; the smaller size class is taken where it fits. */
  readonly content: Bytes
  /** Bits of work beyond what the nodes ask for: at a place that is full, those with the most work stay. */
  readonly moreWork?: number
}

/** A box that was fetched, verified (both signatures, place, expiry) and opened. */
export interface OpenedBox {
  readonly place: Bytes
  readonly author: Bytes
  readonly sequence: bigint
  readonly expiryHours: number
  readonly content: Bytes
}

export interface StoreOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (phase: 'working' | 'storing', fraction: number) => void
}

/** The member's side of the box network of one community. */
export interface BoxClient {
  /**
   * Seals and mines a box: slow, pure and repeatable, so that its result can be
   * saved before it is sent.
   *
   * @returns the encoded box
   */
  prepare(draft: BoxDraft, options?: StoreOptions): Promise<Bytes>
  /**
   * Stores an encoded box on the nodes nearest to its place and the anchors.
   *
   * @returns once a majority acknowledged
   * @throws Fault `unreachable` (no majority), `box-refused` (a PlaceFull where that is why), `work-too-hard`, `cancelled`
   */
  store(box: Bytes, options?: StoreOptions): Promise<void>
  /**
   * Reads wide, verifies, opens and merges by author and highest sequence.
   * Boxes that cannot be verified or opened are left out.
   *
   * @throws Fault `unreachable` where no node answered at all, `cancelled`
   */
  fetch(places: readonly ReadCapability[], options?: { readonly signal?: AbortSignal }): Promise<OpenedBox[]>
  /**
   * How many boxes lie at each of the places, in their order, as most of its
   * nodes say: what nobody has proved, good to choose by and for nothing else.
   *
   * @throws Fault `unreachable`, `cancelled`
   */
  occupancy(places: readonly ReadCapability[], options?: { readonly signal?: AbortSignal }): Promise<number[]>
  /** Leaves a tombstone for the author's box at a place. @throws Fault `unreachable`, `cancelled` */
  delete(
    box: { readonly place: Bytes; readonly author: SigningKey; readonly sequence: bigint },
    options?: { readonly signal?: AbortSignal },
  ): Promise<void>
}
