import { promisify } from 'node:util'
import sodium from 'sodium-native'
import type { Bytes } from '../base/bytes.ts'
import { utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

/** Argon2id parameters (RFC 9106). One lane. */
export interface PassphraseCost {
  readonly memoryKiB: number
  readonly passes: number
}

/** 0.4 s on a laptop of 2020. */
export const defaultCost: PassphraseCost = { memoryKiB: 256 * 1024, passes: 3 }
/** Below this no key file is accepted; above the ceiling a hostile file could take all memory. */
export const costFloor: PassphraseCost = { memoryKiB: 64 * 1024, passes: 2 }
export const costCeiling: PassphraseCost = { memoryKiB: 1024 * 1024, passes: 16 }
export const saltLength = 16

const pwhash = promisify(sodium.crypto_pwhash_async)

/**
 * Stretches a passphrase to a 32-byte key with Argon2id, off the main thread.
 * The passphrase is normalised (NFKC) so that it is the same on every keyboard.
 *
 * @throws Fault `bad-input` where the cost is out of bounds
 */
export async function stretch(passphrase: string, salt: Uint8Array, cost: PassphraseCost): Promise<Bytes> {
  const fits =
    cost.memoryKiB >= costFloor.memoryKiB &&
    cost.memoryKiB <= costCeiling.memoryKiB &&
    cost.passes >= costFloor.passes &&
    cost.passes <= costCeiling.passes &&
    salt.length === saltLength
  if (!fits) throw new Fault('bad-input', 'Passphrase cost out of bounds')
  const key = Buffer.alloc(32)
  const secret = Buffer.from(utf8(passphrase.normalize('NFKC')))
  try {
    await pwhash(
      key,
      secret,
      Buffer.from(salt),
      cost.passes,
      cost.memoryKiB * 1024,
      sodium.crypto_pwhash_ALG_ARGON2ID13,
    )
  } finally {
    sodium.sodium_memzero(secret)
  }
  return new Uint8Array(key)
}
