import { concat, utf8, type Bytes } from '../base/bytes.ts'
import { sign, verify, type SigningKey } from '../crypto/sign.ts'

const label = utf8('staffetta/fetch/1')

/** What the holder of a read capability signs, for one place, one node and one stream. */
export interface FetchClaim {
  /** 16 bytes of the node's hello. */
  readonly nonce: Uint8Array
  /** The node's PeerId as a multihash. */
  readonly node: Uint8Array
  /** 32 bytes. */
  readonly place: Uint8Array
}

/** "staffetta/fetch/1" ‖ nonce16 ‖ node's PeerId ‖ place32. PROTOCOL.md section "FETCH". */
function claimBytes({ nonce, node, place }: FetchClaim): Bytes {
  return concat(label, nonce, node, place)
}

export function signFetch(claim: FetchClaim, read: SigningKey): Bytes {
  return sign(claimBytes(claim), read)
}

export function isFetchSigned(signature: Uint8Array, claim: FetchClaim, readPublic: Uint8Array): boolean {
  return verify(signature, claimBytes(claim), readPublic)
}
