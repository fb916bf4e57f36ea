import type { AbortOptions, ConnectionProtector, MultiaddrConnection } from '@libp2p/interface'
import { AbstractMultiaddrConnection, byteStream, type SendResult } from '@libp2p/utils'
import { random } from '../crypto/random.ts'
import { nonceLength, xorStream, type XorStream } from './xor-stream.ts'

/** What `sendData` is given: bytes in one or several pieces. */
type Pieces = Parameters<AbstractMultiaddrConnection['sendData']>[0]

/**
 * Closes a network to all who do not have its key: libp2p's private networks
 * (pnet), with libsodium's XSalsa20. PROTOCOL.md section "Network key".
 *
 * @libp2p/pnet says the same bytes, but its cipher keeps 128 bytes of one small
 * memory for each connection and never gives them back: after some 5,000
 * connections, which a stranger without the key can open within a minute, the
 * process dies of an error that nothing can catch.
 *
 * @param networkKey 32 bytes
 */
export function privateNetwork(networkKey: Uint8Array): () => ConnectionProtector {
  return () => ({
    async protect(connection, options) {
      const ours = random(nonceLength)
      // libp2p protects nothing but connections
      const bytes = byteStream(connection as MultiaddrConnection)
      const [theirs] = await Promise.all([bytes.read({ bytes: nonceLength, ...options }), bytes.write(ours, options)])
      return new PrivateConnection(bytes.unwrap(), {
        inbound: xorStream(theirs.subarray(), networkKey),
        outbound: xorStream(ours, networkKey),
      })
    },
  })
}

/** A connection, and on it each direction under the network's key. */
class PrivateConnection extends AbstractMultiaddrConnection {
  readonly #connection: MultiaddrConnection
  readonly #outbound: XorStream

  constructor(connection: MultiaddrConnection, { inbound, outbound }: { inbound: XorStream; outbound: XorStream }) {
    const { remoteAddr, direction, log } = connection
    super({ remoteAddr, direction, log })
    this.#connection = connection
    this.#outbound = outbound
    connection.addEventListener('message', ({ data }) => {
      for (const piece of data instanceof Uint8Array ? [data] : data) this.onData(inbound(piece))
    })
    connection.addEventListener('drain', () => this.onMuxerDrain())
    connection.addEventListener('close', ({ error, local }) => {
      if (error === undefined) this.onTransportClosed()
      else if (local === true) this.abort(error)
      else this.onRemoteReset()
    })
  }

  override sendData(data: Pieces): SendResult {
    return { sentBytes: data.byteLength, canSendMore: this.#connection.send(this.#outbound(data.subarray())) }
  }

  override async sendClose(options?: AbortOptions): Promise<void> {
    await this.#connection.close(options)
  }

  override sendReset(error: Error): void {
    this.#connection.abort(error)
  }

  override sendPause(): void {
    this.#connection.pause()
  }

  override sendResume(): void {
    this.#connection.resume()
  }
}
