import { createHash } from 'node:crypto'
import { copy, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { BlobRef, Blobs, BlobWriter } from './blobs.ts'
import { chunkLength, chunksEach } from './limits.ts'

/** Content that is on this disk, and the hashes of its segments. */
export interface Content {
  readonly ref: BlobRef
  readonly hashes: readonly Bytes[]
}

/** Takes the content of a file in order, in pieces of any length, and saves it as a blob. */
export class ContentWriter {
  readonly #writer: BlobWriter
  readonly #chunk = new Uint8Array(chunkLength)
  readonly #hashes: Bytes[] = []
  #hash = createHash('sha256')
  /** Bytes that were taken, in all. */
  #taken = 0
  /** Chunks that are saved. */
  #saved = 0

  private constructor(writer: BlobWriter) {
    this.#writer = writer
  }

  /** @throws Fault `disk-full` */
  static async begin(blobs: Blobs, size: number): Promise<ContentWriter> {
    return new ContentWriter(await blobs.create(size))
  }

  get taken(): number {
    return this.#taken
  }

  get name(): string {
    return this.#writer.ref.name
  }

  /** Not to be called again before it resolves. @throws Fault `bad-input` over the size that was said, `disk-full` */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#taken + bytes.length > this.#writer.ref.size)
      throw new Fault('bad-input', 'More than the file was said to be')
    for (let at = 0; at < bytes.length;) {
      const within = this.#taken % chunkLength
      const part = bytes.subarray(at, at + chunkLength - within)
      this.#chunk.set(part, within)
      this.#hash.update(part)
      this.#taken += part.length
      at += part.length
      if (this.#taken % chunkLength === 0) await this.#chunkDone()
    }
  }

  /** @throws Fault `bad-input` where something is missing, `disk-full` */
  async finish(): Promise<Content> {
    const { ref } = this.#writer
    if (this.#taken !== ref.size) throw new Fault('bad-input', 'Less than the file was said to be')
    if (this.#taken % chunkLength !== 0) {
      this.#chunk.fill(0, this.#taken % chunkLength)
      await this.#chunkDone()
    }
    if (this.#chunks() > this.#saved) await this.#segmentDone()
    await this.#writer.sync()
    await this.close()
    return { ref, hashes: this.#hashes }
  }

  async close(): Promise<void> {
    this.#chunk.fill(0)
    await this.#writer.close()
  }

  #chunks(): number {
    return Math.ceil(this.#taken / chunkLength)
  }

  async #chunkDone(): Promise<void> {
    this.#writer.add(this.#chunks() - 1, this.#chunk)
    if (this.#chunks() % chunksEach === 0) await this.#segmentDone()
  }

  async #segmentDone(): Promise<void> {
    this.#hashes.push(copy(this.#hash.digest()))
    this.#hash = createHash('sha256')
    await this.#writer.save(this.#saved)
    this.#saved = this.#chunks()
  }
}
