import type { Stream } from '@libp2p/interface'
import { lpStream, type LengthPrefixedStream } from '@libp2p/utils'
import { concat, copy, u32 } from '../../base/bytes.ts'
import type { Clock } from '../../base/clock.ts'
import { withDeadline } from '../../base/deadline.ts'
import { Fault } from '../../base/fault.ts'
import {
  chunkFrameLength,
  controlLength,
  decodeFrame,
  encodeChunkHead,
  encodeControl,
  type ControlFrame,
  type Frame,
} from './frames.ts'

/** Chunks that may be on their way at once. */
export const window = 8
/** Unread bytes that are kept: more than a window is never sent. */
const buffered = (window + 2) * (chunkFrameLength + 4)

/** Frames over a stream, each after its length as u32; one that is of no known length ends it. */
export class FileWire {
  readonly #stream: Stream
  readonly #frames: LengthPrefixedStream<Stream>
  readonly #clock: Clock

  constructor(stream: Stream, clock: Clock) {
    this.#stream = stream
    this.#clock = clock
    this.#frames = lpStream(stream, {
      maxBufferSize: buffered,
      maxLengthLength: 4,
      maxDataLength: chunkFrameLength,
      lengthEncoder: u32,
      lengthDecoder: (list) => {
        // what lpStream understands as "not enough bytes yet"
        if (list.byteLength < 4) throw new RangeError('length: expected four bytes')
        const length = new DataView(copy(list.subarray(0, 4)).buffer).getUint32(0)
        if (length !== chunkFrameLength && length !== controlLength)
          throw new Fault('malformed', 'A frame of no known length')
        return length
      },
    })
  }

  /** @throws Fault `timeout`; `unreachable` where the stream ended; `malformed`, `unknown-version` on a bad frame */
  async read(ms: number, signal: AbortSignal): Promise<Frame> {
    const bytes = await withDeadline(this.#clock, ms, signal, (signal) => this.#frames.read({ signal })).catch(
      (cause: unknown) => ended(cause, signal),
    )
    return decodeFrame(bytes.subarray())
  }

  /** Waits while the stream is full. @throws Fault `timeout`, `unreachable` */
  async write(frame: ControlFrame, ms: number, signal: AbortSignal): Promise<void> {
    await this.#write([encodeControl(frame)], ms, signal)
  }

  /** The same for a chunk, given as ciphertext and tag. */
  async writeChunk(index: number, sealed: readonly Uint8Array[], ms: number, signal: AbortSignal): Promise<void> {
    await this.#write([encodeChunkHead(index), ...sealed], ms, signal)
  }

  async #write(parts: readonly Uint8Array[], ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    try {
      if (this.#stream.send(concat(u32(length), ...parts))) return
    } catch (cause) {
      ended(cause, signal)
    }
    await withDeadline(this.#clock, ms, signal, (signal) => this.#stream.onDrain({ signal })).catch((cause: unknown) =>
      ended(cause, signal),
    )
  }

  /** Says that nothing more will be written; what was written still goes. */
  async close(ms: number): Promise<void> {
    await withDeadline(this.#clock, ms, undefined, (signal) => this.#stream.close({ signal })).catch(() => this.abort())
  }

  abort(): void {
    this.#stream.abort(new Fault('cancelled', 'The transfer was ended'))
  }
}

function ended(cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted()
  if (cause instanceof Fault) throw cause
  throw new Fault('unreachable', 'The transfer has ended', { retryable: true, cause })
}
