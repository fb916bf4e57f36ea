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

  /**
   * @param longest no frame that comes in may be longer, its length included
   * @param buffer how much may have arrived that is not read yet; more, and the stream is aborted
   */
  constructor(stream: Stream, { longest, buffer }: { readonly longest: number; readonly buffer: number }) {
    this.#stream = stream
    this.#longest = longest
    this.#bytes = byteStream(stream, { maxBufferSize: buffer })
  }

  /** @throws Fault `malformed` for a bad length; else what the stream throws when it ends */
  async read(signal: AbortSignal): Promise<Bytes> {
    return this.#body(await this.#take(lengthBytes, signal), signal)
  }

  /** Waits until a frame begins. @returns its first byte, for `readRest` */
  async readFirst(signal: AbortSignal): Promise<Uint8Array> {
    return this.#take(1, signal)
  }

  /** The frame that has begun: whoever dawdles in the middle of one need not be waited for as long as who is silent. */
  async readRest(first: Uint8Array, signal: AbortSignal): Promise<Bytes> {
    return this.#body(concat(first, await this.#take(lengthBytes - 1, signal)), signal)
  }

  async #body(head: Uint8Array, signal: AbortSignal): Promise<Bytes> {
    const length = new Reader(head).u32()
    if (length === 0 || length > this.#longest - lengthBytes) throw new Fault('malformed', 'A frame of a bad length')
    return copy(await this.#take(length, signal))
  }

  async #take(bytes: number, signal: AbortSignal): Promise<Uint8Array> {
    return (await this.#bytes.read({ bytes, signal })).subarray()
  }

  /** Resolves once the stream can take more. */
  async write(frame: Uint8Array, signal: AbortSignal): Promise<void> {
    await this.writeAll([frame], signal)
  }

  /** In one piece: several cost little more than one. */
  async writeAll(frames: readonly Uint8Array[], signal: AbortSignal): Promise<void> {
    if (frames.some(({ length }) => length > maxFrame - lengthBytes))
      throw new Fault('too-large', 'A frame does not fit')
    await this.#bytes.write(concat(...frames.flatMap((frame) => [u32(frame.length), frame])), { signal })
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
