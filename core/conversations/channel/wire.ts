import type { Stream } from '@libp2p/interface'
import { lpStream, type LengthPrefixedStream } from '@libp2p/utils'
import { copy, u16 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { decodeFrame, encodeFrame, frameLengths, type Frame } from './frames.ts'

const longest = Math.max(...frameLengths)
/** Unread bytes that are kept while what came before is being saved. */
const buffered = 32 * longest

/**
 * Frames over a stream, each after its length as u16.
 *
 * A fixed width instead of libp2p's varint, because a varint of endless
 * continuation bytes would be collected for as long as the stream lives.
 */
export class Wire {
  readonly #stream: Stream
  readonly #frames: LengthPrefixedStream<Stream>

  constructor(stream: Stream) {
    this.#stream = stream
    this.#frames = lpStream(stream, {
      maxBufferSize: buffered,
      maxLengthLength: 2,
      maxDataLength: longest,
      lengthEncoder: u16,
      lengthDecoder: (list) => {
        // what lpStream understands as "not enough bytes yet"
        if (list.byteLength < 2) throw new RangeError('length: expected two bytes')
        return list.get(0) * 256 + list.get(1)
      },
    })
  }

  /** @throws Fault `unreachable` where the stream ended, `malformed`, `unknown-version`, `too-large` on a bad frame */
  async read(signal: AbortSignal): Promise<Frame> {
    const bytes = await this.#frames.read({ signal }).catch((cause: unknown) => this.#ended(cause, signal))
    return decodeFrame(copy(bytes.subarray()))
  }

  /** Waits while the stream is full. @throws Fault `unreachable` */
  async write(frame: Frame, signal: AbortSignal): Promise<void> {
    await this.#frames.write(encodeFrame(frame), { signal }).catch((cause: unknown) => this.#ended(cause, signal))
  }

  /** Says that nothing more will be written. Follow it with `abort`: the other side's half is not waited for. */
  async close(signal: AbortSignal): Promise<void> {
    await this.#stream.close({ signal })
  }

  /** Ends it at once. */
  abort(): void {
    this.#stream.abort(new Fault('cancelled', 'The channel was closed'))
  }

  #ended(cause: unknown, signal: AbortSignal): never {
    signal.throwIfAborted()
    throw new Fault('unreachable', 'The channel has ended', { retryable: true, cause })
  }
}
