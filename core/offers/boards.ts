import type { OfferDraft } from '../api/offers.ts'
import { concat, u64, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Reader } from '../base/reader.ts'
import { boardCapability, type Capability } from '../boxes/capability.ts'
import { topicSecret } from '../community/secret.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { signingKey, type SigningKey } from '../crypto/sign.ts'

/** The board of everything. Not a topic of core/topics: nobody chooses it, every offer goes there as well. */
export const allTopic = 'all'

export type OfferKind = OfferDraft['kind']

/** One board: everything of one kind about one topic (or about all) in one epoch. */
export interface Board {
  readonly kind: OfferKind
  readonly topic: string
  readonly epoch: number
}

/** How many shards each group of a board has. Writers take a later group as those before it fill; readers read all. */
export const shardGroups = [4, 4, 8, 16, 32] as const

/** The number of a group's first shard: shards count through all groups. */
function firstShard(group: number): number {
  return shardGroups.slice(0, group).reduce<number>((sum, size) => sum + size, 0)
}

/** All places of one group of a board. @param secret the community's secret of the board's epoch */
export function boardPlaces(secret: Uint8Array, { kind, topic, epoch }: Board, group: number): Capability[] {
  const derived = topicSecret(secret, kind, topic)
  const first = firstShard(group)
  return Array.from({ length: shardGroups[group] ?? 0 }, (_, index) => boardCapability(derived, epoch, first + index))
}

/** All places of a board, in the order of their shards. */
export function allPlaces(secret: Uint8Array, board: Board): Capability[] {
  return shardGroups.flatMap((_, group) => boardPlaces(secret, board, group))
}

/** Where an offer stands: on the board of each of its topics and on the board of everything. */
export function boardTopics(topics: readonly string[]): string[] {
  return [...new Set([allTopic, ...topics])]
}

/**
 * The shard that an offer takes in a group in an epoch, on whichever board: the
 * first 8 bytes of SHA256(offerSecret ‖ u64(epoch)), modulo the group's size.
 */
export function shardOf(offerSecret: Uint8Array, epoch: number, group: number): number {
  return firstShard(group) + indexInGroup(offerSecret, epoch, group)
}

/** Which of its group's shards that is. */
export function indexInGroup(offerSecret: Uint8Array, epoch: number, group: number): number {
  const number = new Reader(sha256(offerSecret, u64(epoch))).u64()
  return Number(number % BigInt(shardGroups[group] ?? 1))
}

/** The capability of the one place that an offer takes in a group of a board. */
export function offerPlace(secret: Uint8Array, offerSecret: Uint8Array, board: Board, group: number): Capability {
  const { kind, topic, epoch } = board
  return boardCapability(topicSecret(secret, kind, topic), epoch, shardOf(offerSecret, epoch, group))
}

/**
 * The key that owns an offer's box on one board: another one on every board, in
 * every group and in every epoch, so that nodes cannot tell which boxes are the same offer.
 * Ed25519 from HKDF(offerSecret, "staffetta/offer/author/1" ‖ u64(epoch) ‖ u8(shard) ‖ topic).
 */
export function boxAuthor(offerSecret: Uint8Array, { topic, epoch }: Board, group: number): SigningKey {
  const shard = shardOf(offerSecret, epoch, group)
  const info: Bytes = concat(utf8('staffetta/offer/author/1'), u64(epoch), u8(shard), utf8(topic))
  return signingKey(hkdf(offerSecret, info, 32))
}
