import { concat, u64, utf8, type Bytes } from '../base/bytes.ts'
import { sha256 } from '../crypto/derive.ts'

export const hashLength = 32
const label = utf8('staffetta/file/root/1')

/**
 * What an offer commits to: the length, and the SHA-256 of each segment in
 * order, so that each can be checked as soon as it is here. PROTOCOL.md section "File offers".
 */
export function rootOf(size: number, hashes: readonly Uint8Array[]): Bytes {
  return sha256(label, u64(size), concat(...hashes))
}
