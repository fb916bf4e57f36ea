import { sha256 } from './derive.ts'
import { concat, u64, utf8, type Bytes } from '../base/bytes.ts'

const prefix = utf8('staffetta/work/1')

/** What `nonce` is appended to: "staffetta/work/1" ‖ digest. */
export function workInput(digest: Uint8Array): Bytes {
  return concat(prefix, digest)
}

/** Leading zero bits of SHA256("staffetta/work/1" ‖ digest ‖ u64(nonce)), as PROTOCOL.md section "Proof of work". */
export function workBits(digest: Uint8Array, nonce: bigint): number {
  return leadingZeroBits(sha256(prefix, digest, u64(nonce)))
}

export function leadingZeroBits(bytes: Uint8Array): number {
  let bits = 0
  for (const byte of bytes) {
    if (byte === 0) {
      bits += 8
      continue
    }
    return bits + Math.clz32(byte) - 24
  }
  return bits
}
