import type { Stream } from '@libp2p/interface'
import { byteStream, type ByteStream } from '@libp2p/utils'
import { concat, u32 } from '../../base/bytes.ts'
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

/** Chunks that may be on their way at once: 2 MiB. With 8 a third of the receiver's time went into grants (measured). */
export const window = 32
/** Unread bytes that are kept: more than a window is never sent. */
const buffered = (window + 2) * (chunkFrameLength + 4)

/** Why the watch ends; made once. */
const done = new Fault('cancelled', 'The transfer has ended')

/** How often it is looked whether somebody is late, ms: a timer for each frame would cost more than the frame. */
const lookEvery = 500

/** Frames over a stream, each after its length as u32; one that is of no known length ends it. */
export class FileWire {
  readonly #stream: Stream
  readonly #bytes: ByteStream<Stream>
  readonly #clock: Clock
  readonly #closed = new AbortController()
  /** When what is waited for now must have come. */
  #due = Infinity
  #late = false

  constructor(stream: Stream, clock: Clock) {
    this.#stream = stream
    this.#clock = clock
    this.#bytes = byteStream(stream, { maxBufferSize: buffered })
    stream.addEventListener('close', () => this.#closed.abort(done), { once: true })
    this.#watch().catch(() => {})
  }

  /** @throws Fault `timeout`; `unreachable` where the stream ended; `malformed`, `unknown-version` on a bad frame */
  async read(ms: number, signal: AbortSignal): Promise<Frame> {
    const frame = await this.#within(ms, signal, async () => {
      const head = await this.#bytes.read({ bytes: 4, signal })
      const length = ((head.get(0) * 256 + head.get(1)) * 256 + head.get(2)) * 256 + head.get(3)
      if (length !== chunkFrameLength && length !== controlLength) {
        throw new Fault('malformed', 'A frame of no known length')
      }
      return this.#bytes.read({ bytes: length, signal })
    })
    return decodeFrame(frame.subarray())
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
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    await this.#within(ms, signal, async () => {
      signal.throwIfAborted()
      if (!this.#stream.send(concat(u32(length), ...parts))) await this.#stream.onDrain({ signal })
    })
  }

  /** One thing at a time. */
  async #within<Result>(ms: number, signal: AbortSignal, body: () => Promise<Result>): Promise<Result> {
    this.#due = this.#clock.now() + ms
    try {
      return await body()
    } catch (cause) {
      signal.throwIfAborted()
      if (this.#late) throw new Fault('timeout', 'The other side of the transfer has stalled', { retryable: true })
      if (cause instanceof Fault) throw cause
      throw new Fault('unreachable', 'The transfer has ended', { retryable: true, cause })
    } finally {
      this.#due = Infinity
    }
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closed
    for (;;) {
      await this.#clock.wait(lookEvery, signal)
      if (this.#clock.now() < this.#due) continue
      this.#late = true
      this.abort()
      return
    }
  }

  /** Says that nothing more will be written; what was written still goes. */
  async close(ms: number): Promise<void> {
    await withDeadline(this.#clock, ms, undefined, (signal) => this.#stream.close({ signal })).catch(() => this.abort())
  }

  abort(): void {
    this.#closed.abort(done)
    this.#stream.abort(new Fault('cancelled', 'The transfer was ended'))
  }
}
