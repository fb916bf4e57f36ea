import { concat, u64, u8, utf8, type Bytes } from '../base/bytes.ts'
import { Reader } from '../base/reader.ts'
import { capability, type Capability } from '../boxes/capability.ts'
import { hkdf, sha256 } from '../crypto/derive.ts'
import { signingKey, type SigningKey } from '../crypto/sign.ts'
import type { Area } from './area.ts'

/** Where documents of an area are kept: everybody who has the community's secret may read and write there. */
type Spread = Pick<Area, 'name' | 'shards' | 'spots'>

const salt = sha256(utf8('staffetta/commons/1'))

/** @param secret the community's, of the epoch, 32 bytes */
function areaSecret(secret: Uint8Array, area: string): Bytes {
  return hkdf(secret, utf8(area), 32, salt)
}

/** The place of one shard of an area in one epoch. PROTOCOL.md section "Places of documents". */
export function headPlace(secret: Uint8Array, area: string, epoch: number, shard: number): Capability {
  const info = concat(utf8('staffetta/commons/head/1'), u8(shard))
  return capability(hkdf(areaSecret(secret, area), info, 96, u64(epoch)))
}

/** The place of a part of a body, which follows from what it holds. @param hash SHA-256 of the part */
export function partPlace(secret: Uint8Array, area: string, epoch: number, hash: Uint8Array): Capability {
  const info = concat(utf8('staffetta/commons/part/1'), hash)
  return capability(hkdf(areaSecret(secret, area), info, 96, u64(epoch)))
}

/** The shards at which the head of a document lies: `spots` in a row, from one that follows from its key. */
export function shardsOf(key: Uint8Array, { shards, spots }: Spread): number[] {
  const first = Number(new Reader(sha256(key)).u64() % BigInt(shards))
  return Array.from({ length: Math.min(spots, shards) }, (_, index) => (first + index) % shards)
}

/**
 * What owns this device's copy at a place: nobody else can replace or delete it,
 * and nobody can tell which copies are of one device.
 *
 * @param keeper a secret of this device, for this community
 */
export function copyAuthor(keeper: Uint8Array, place: Uint8Array, key: Uint8Array, signer: Uint8Array): SigningKey {
  return signingKey(hkdf(keeper, concat(utf8('staffetta/commons/author/1'), place, key, signer), 32))
}
