import { promisify } from 'node:util'
import sodium from 'sodium-native'
import { concat, u64, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import { Reader } from '../base/reader.ts'
import { sha256 } from './derive.ts'
import type { MineOptions } from './miner.ts'
import { random } from './random.ts'
import { leadingZeroBits } from './work.ts'

/** Argon2id (RFC 9106): 8 MiB, one pass, one lane. About 5 ms. */
const memoryBytes = 8 * 1024 * 1024
const passes = 1
/** What an introduction needs: 256 tries on average, 1 to 5 s. PROTOCOL.md section "Introductions". */
export const introductionWorkBits = 8
/** So many bits more may be given: where many introduce themselves, those with the most work stand first. */
export const moreMemoryWorkBits = 6
/** More is never given: about 5 min. */
export const maxMemoryWorkBits = introductionWorkBits + moreMemoryWorkBits

const prefix = utf8('staffetta/memory-work/1')
const pwhash = promisify(sodium.crypto_pwhash_async)
const checks = new Locks()

/** What the work is bound to: SHA256("staffetta/memory-work/1" ‖ parts). The parts have fixed lengths. */
export function memoryWorkDigest(...parts: readonly Uint8Array[]): Bytes {
  return sha256(prefix, ...parts)
}

/**
 * Leading zero bits of Argon2id(password = digest ‖ u64(nonce), salt = the first
 * 16 bytes of digest), 32 bytes out. Off the main thread.
 */
async function memoryWorkBits(digest: Uint8Array, nonce: bigint): Promise<number> {
  const out = Buffer.alloc(32)
  await pwhash(
    out,
    Buffer.from(concat(digest, u64(nonce))),
    Buffer.from(digest.subarray(0, sodium.crypto_pwhash_SALTBYTES)),
    passes,
    memoryBytes,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  )
  return leadingZeroBits(out)
}

/**
 * How much work a nonce shows: for whoever receives it. Costs one evaluation,
 * and never more than 8 MiB: checks wait for each other.
 */
export function shownMemoryWork(digest: Uint8Array, nonce: bigint): Promise<number> {
  return checks.run('check', () => memoryWorkBits(digest, nonce))
}

/**
 * Finds a nonce whose work is at least `bits`, one evaluation at a time.
 *
 * @param digest 32 bytes, from `memoryWorkDigest`
 * @throws Fault `work-too-hard` over `maxMemoryWorkBits`, `cancelled` when aborted
 */
export async function mineMemoryWork(
  digest: Uint8Array,
  bits: number,
  { signal, onProgress }: MineOptions = {},
): Promise<bigint> {
  if (!(bits <= maxMemoryWorkBits)) {
    throw new Fault('work-too-hard', 'More proof of work is asked for than this app gives')
  }
  let nonce = new Reader(random(8)).u64()
  for (let tried = 1; ; tried++) {
    if (signal?.aborted === true) throw new Fault('cancelled', 'Mining was cancelled')
    if ((await memoryWorkBits(digest, nonce)) >= bits) return nonce
    onProgress?.(1 - Math.exp(-tried / 2 ** bits))
    nonce = BigInt.asUintN(64, nonce + 1n)
  }
}
