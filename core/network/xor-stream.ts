import sodium from 'sodium-native'

export const nonceLength = 24

/** Takes the next bytes of a stream, of any length, and gives as many. */
export type XorStream = (bytes: Uint8Array) => Uint8Array

/** The streaming form is in sodium-native, and its types name another one. */
interface StreamXor {
  readonly crypto_stream_xor_STATEBYTES: number
  crypto_stream_xor_init(state: Buffer, nonce: Uint8Array, key: Uint8Array): void
  crypto_stream_xor_update(state: Buffer, out: Uint8Array, bytes: Uint8Array): void
}
const stream = sodium as unknown as StreamXor

/**
 * XSalsa20 (NaCl's crypto_stream_xor) over a stream: the same bytes, however
 * they are cut.
 *
 * @param nonce 24 bytes
 * @param key 32 bytes
 */
export function xorStream(nonce: Uint8Array, key: Uint8Array): XorStream {
  const state = Buffer.alloc(stream.crypto_stream_xor_STATEBYTES)
  stream.crypto_stream_xor_init(state, nonce, key)
  return (bytes) => {
    const out = Buffer.allocUnsafe(bytes.length)
    if (bytes.length > 0) stream.crypto_stream_xor_update(state, out, bytes)
    return out
  }
}
