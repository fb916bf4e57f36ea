import type { Bytes } from '../base/bytes.ts'
import type { CommunityId } from '../base/ids.ts'
import type { Document } from './document.ts'

/**
 * One kind of document, and what its owner has to say about it. Whoever wants
 * to tell the whole community something registers an area with `Commons`; all
 * the rest (places, copies, reading, keeping alive) is done there.
 */
export interface Area {
  /** Part of the places and of what is signed: lower-case letters, at most 16. Never changes. */
  readonly name: string
  /** Over how many places its documents are spread, 1 to 32. */
  readonly shards: number
  /** At how many of them each lies: more cannot be silenced by filling one. */
  readonly spots: number
  /** So many documents of one signer are kept; a later one of the same key takes no more room. */
  readonly limit: number
  /** Whose documents are followed now. Those of others are not kept. */
  signers(communityId: CommunityId): readonly Bytes[]
  /** What a head has to be besides signed by one of them. Verified already, unless it cannot be. */
  accepts(communityId: CommunityId, document: Document, digest: Bytes): boolean
  /** @throws Fault where the body, which is what was signed, makes no sense */
  check(document: Document, body: Bytes): void
  /** What is here whole of a key has changed. Inside the transaction that changed it: must be synchronous. */
  apply(communityId: CommunityId, key: Bytes): void
  /** After the commit: who watches is told. */
  told(communityId: CommunityId): void
  /** Something that was signed here is on the network now: who shows that reads it again. */
  isOut?(communityId: CommunityId): void
}
