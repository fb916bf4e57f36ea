import { concat, u32, u64, type Bytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import {
  chunkKey,
  chunkNonceLength,
  chunkTagLength,
  openChunk,
  sealChunk,
  type ChunkKey,
  type Sealing,
} from '../../crypto/chunk.ts'
import { hkdf, hmac } from '../../crypto/derive.ts'
import { chunkLength, chunksOf } from '../limits.ts'
import type { FileOffer } from '../offer.ts'

export const sealedLength = chunkLength + chunkTagLength

type Offered = Pick<FileOffer, 'id' | 'size' | 'key'>

/** PeerIds as multihash bytes, and where it goes on from: what was said elsewhere or for another part proves nothing. */
export interface Asking {
  readonly asker: Bytes
  readonly owner: Bytes
  readonly segment: number
}

/** Shows that whoever asks has the offer, which went through the conversation. PROTOCOL.md section "Fetching a file". */
export function askProof({ id, key }: Offered, { asker, owner, segment }: Asking): Bytes {
  const proofKey = hkdf(key, 'staffetta/file/ask/1', 32)
  return hmac(proofKey, id, u32(segment), u32(asker.length), asker, u32(owner.length), owner)
}

/** Seals the chunks of one file on their way. Each has its own nonce, and the content of a file never changes. */
export class ChunkSealer {
  readonly #key: ChunkKey
  readonly #about: Bytes
  readonly #size: number

  constructor({ id, size, key }: Offered) {
    this.#key = chunkKey(hkdf(key, 'staffetta/file/chunk/1', 32))
    this.#about = concat(id, u64(size))
    this.#size = size
  }

  /** @param content whole: the last chunk is filled up with zeros. @returns ciphertext and tag */
  seal(index: number, content: Uint8Array): readonly [Uint8Array, Uint8Array] {
    return sealChunk(content, this.#for(index))
  }

  /** @returns the content, filled up with zeros. @throws Fault `unreadable`, `malformed` where what it is filled with is no zeros */
  open(index: number, sealed: Uint8Array): Bytes {
    const content = openChunk(sealed, this.#for(index))
    if (index === chunksOf(this.#size) - 1) {
      const filled = content.subarray(this.#size - index * chunkLength)
      if (filled.some((byte) => byte !== 0)) throw new Fault('malformed', 'A last chunk that is filled with something')
    }
    return content
  }

  #for(index: number): Sealing {
    return { key: this.#key, nonce: concat(u32(index), new Uint8Array(chunkNonceLength - 4)), about: this.#about }
  }
}
