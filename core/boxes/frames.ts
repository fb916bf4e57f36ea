import type { Stream } from '@libp2p/interface'
import { byteStream } from '@libp2p/utils'
import { concat, copy, u32, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { Reader } from '../base/reader.ts'
import { maxFrame } from './limits.ts'

const lengthBytes = 4

/** Whole frames over a libp2p stream: u32 length, then so many bytes. The length is checked before anything is waited for. */
export class Frames {
  readonly #stream: Stream
  readonly #longest: number
  readonly #bytes: ReturnType<typeof byteStream<Stream>>
  #arrived = 0
  #taken = 0

  /**
   * @param longest no frame that comes in may be longer, its length included
   * @param buffer how much may have arrived that is not read yet; more, and the stream is aborted
   */
  constructor(stream: Stream, { longest, buffer }: { readonly longest: number; readonly buffer: number }) {
    this.#stream = stream
    this.#longest = longest
    this.#bytes = byteStream(stream, { maxBufferSize: buffer })
    stream.addEventListener('message', ({ data }) => {
      this.#arrived += data.byteLength
    })
  }

  /** @throws Fault `malformed` for a bad length; else what the stream throws when it ends */
  async read(signal: AbortSignal): Promise<Bytes> {
    return this.#body(this.#lengthOf(await this.#take(lengthBytes, signal)), signal)
  }

  /** Waits until a frame begins. @returns its first byte, for `readRest` */
  async readFirst(signal: AbortSignal): Promise<Uint8Array> {
    return this.#take(1, signal)
  }

  /**
   * The frame that has begun: whoever dawdles in the middle of one need not be
   * waited for as long as who is silent.
   *
   * @param within gives it a deadline; not called where all has arrived, as it nearly always has
   */
  async readRest(
    first: Uint8Array,
    within: (read: (signal: AbortSignal) => Promise<Bytes>) => Promise<Bytes>,
    signal: AbortSignal,
  ): Promise<Bytes> {
    const more = lengthBytes - 1
    if (this.#buffered < more) {
      return within(async (signal) => this.#body(this.#lengthOf(first, await this.#take(more, signal)), signal))
    }
    const length = this.#lengthOf(first, await this.#take(more, signal))
    return this.#buffered < length ? within((signal) => this.#body(length, signal)) : this.#body(length, signal)
  }

  #lengthOf(...head: readonly Uint8Array[]): number {
    const length = new Reader(concat(...head)).u32()
    if (length === 0 || length > this.#longest - lengthBytes) throw new Fault('malformed', 'A frame of a bad length')
    return length
  }

  async #body(length: number, signal: AbortSignal): Promise<Bytes> {
    return copy(await this.#take(length, signal))
  }

  async #take(bytes: number, signal: AbortSignal): Promise<Uint8Array> {
    const taken = (await this.#bytes.read({ bytes, signal })).subarray()
    this.#taken += bytes
    return taken
  }

  /** Resolves once the stream can take more. */
  async write(frame: Uint8Array, signal: AbortSignal): Promise<void> {
    if (!this.send([frame])) await this.drained(signal)
  }

  /**
   * In one piece: several cost little more than one.
   *
   * @returns whether the stream can take more at once; else `drained` waits for it
   */
  send(frames: readonly Uint8Array[]): boolean {
    if (frames.some(({ length }) => length > maxFrame - lengthBytes)) {
      throw new Fault('too-large', 'A frame does not fit')
    }
    return this.#stream.send(concat(...frames.flatMap((frame) => [u32(frame.length), frame])))
  }

  /** Resolves once the stream can take more. */
  async drained(signal: AbortSignal): Promise<void> {
    await this.#stream.onDrain({ signal })
  }

  /** Bytes that have arrived and were not read yet. */
  get #buffered(): number {
    return this.#arrived - this.#taken
  }

  /** Whether both ends may still write. */
  get open(): boolean {
    return this.#stream.status === 'open'
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#stream.close({ signal })
  }

  abort(): void {
    this.#stream.abort(new Error('The box stream ends'))
  }
}
