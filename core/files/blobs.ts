import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { concat, u32, utf8, type Bytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { freshId, type Branded } from '../base/ids.ts'
import { chunkKey, chunkNonceLength, chunkTagLength, openChunk, sealChunk, type ChunkKey } from '../crypto/chunk.ts'
import { random } from '../crypto/random.ts'
import { codeOf, diskFault, ownDirectory, sync } from '../vault/files.ts'
import { chunkLength, chunksEach, chunksOf } from './limits.ts'

/** The name of a blob's file: random, so that it says nothing. */
export type BlobName = Branded<'BlobName'>

/** Where a blob is and what it is sealed under. Without the key, which is in the vault alone, it is noise. */
export interface BlobRef {
  readonly name: BlobName
  /** 32 bytes. */
  readonly key: Bytes
  /** Bytes of content. */
  readonly size: number
}

const ownFile = 0o600
const nonceAndTag = chunkNonceLength + chunkTagLength
const restLength = chunkNonceLength + chunkLength + chunkTagLength
const label = utf8('staffetta/file/rest/1')

/** The contents of files, outside the database, each sealed under a key of its own. PROTOCOL.md section "Files at rest". */
export class Blobs {
  readonly #directory: string
  /** Those that are on the disk. */
  readonly #present = new Set<string>()
  /** Nothing referred to them when that was asked last. */
  #stray = new Set<string>()

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Makes the folder, and removes every blob that nothing refers to: drafts, and what a crash left. */
  async sweep(known: ReadonlySet<string>): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: ownDirectory })
      for (const name of await readdir(this.#directory)) {
        if (known.has(name)) this.#present.add(name)
        else await rm(this.#path(name), { recursive: true, force: true })
      }
    } catch (error) {
      throw diskFault(error)
    }
  }

  /**
   * Removes those that nothing refers to, and nothing did the last time: one
   * that was just made may not be noted anywhere yet.
   *
   * @returns whether some are left for the next time
   */
  async tidy(known: ReadonlySet<string>): Promise<boolean> {
    const before = this.#stray
    this.#stray = new Set([...this.#present].filter((name) => !known.has(name)))
    const fresh = [...this.#stray].some((name) => !before.has(name))
    for (const name of this.#stray) if (before.has(name)) await this.remove(name)
    return fresh
  }

  /** A new, empty blob. Its content is not there before `save`. @throws Fault `disk-full` */
  async create(size: number): Promise<BlobWriter> {
    const ref: BlobRef = { name: freshId<BlobName>(), key: random(32), size }
    this.#present.add(ref.name)
    return this.#writer(ref, 'wx+')
  }

  /** One that was begun before. @throws Fault `not-found`, `disk-full` */
  async reopen(ref: BlobRef): Promise<BlobWriter> {
    return this.#writer(ref, 'r+')
  }

  /** @param batch how many chunks are read at once. @throws Fault `not-found`, `disk-full` */
  async reader(ref: BlobRef, batch = 1): Promise<BlobReader> {
    return new BlobReader(await this.#open(ref.name, 'r'), ref, batch)
  }

  /** Its key must be destroyed too: what a disk keeps of a removed file is noise then. Idempotent. */
  async remove(name: string): Promise<void> {
    try {
      await rm(this.#path(name), { force: true })
      this.#present.delete(name)
    } catch (error) {
      throw diskFault(error)
    }
  }

  async #writer(ref: BlobRef, flags: 'wx+' | 'r+'): Promise<BlobWriter> {
    const handle = await this.#open(ref.name, flags)
    // a file whose name a crash takes back would be missing although the vault knows it
    if (flags === 'wx+') sync(this.#directory)
    return new BlobWriter(handle, ref)
  }

  async #open(name: string, flags: string): Promise<FileHandle> {
    try {
      return await open(this.#path(name), flags, ownFile)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new Fault('not-found', 'The content of a file is not there')
      throw diskFault(error)
    }
  }

  #path(name: string): string {
    return join(this.#directory, name)
  }
}

/** Seals chunks one after the other and writes them by the segment. */
export class BlobWriter {
  readonly ref: BlobRef
  readonly #handle: FileHandle
  readonly #key: ChunkKey
  /** One is filled while the other is written. */
  readonly #spare: Uint8Array[] = []
  #sealed: Uint8Array
  #count = 0

  constructor(handle: FileHandle, ref: BlobRef) {
    this.#handle = handle
    this.ref = ref
    this.#key = chunkKey(ref.key)
    this.#sealed = new Uint8Array(restLength * Math.min(chunksEach, chunksOf(ref.size)))
  }

  /** @param content whole; the last chunk is filled up with zeros, so that a file's length says only how many there are */
  add(index: number, content: Uint8Array): void {
    const out = this.#sealed.subarray(this.#count * restLength, (this.#count + 1) * restLength)
    const nonce = random(chunkNonceLength)
    out.set(nonce)
    const [ciphertext, tag] = sealChunk(content, { key: this.#key, nonce, about: aboutChunk(this.ref, index) })
    out.set(ciphertext, chunkNonceLength)
    out.set(tag, chunkNonceLength + chunkLength)
    this.#count++
  }

  /** Forgets what was added since the last `save`. */
  drop(): void {
    this.#count = 0
  }

  /**
   * Writes what was added, from chunk `first` on. More may be added meanwhile.
   *
   * @throws Fault `disk-full`
   */
  async save(first: number): Promise<void> {
    const length = this.#count * restLength
    const sealed = this.#sealed
    this.#sealed = this.#spare.pop() ?? new Uint8Array(sealed.length)
    this.#count = 0
    try {
      for (let at = 0; at < length;) {
        const { bytesWritten } = await this.#handle.write(sealed, at, length - at, first * restLength + at)
        at += bytesWritten
      }
    } catch (error) {
      throw diskFault(error)
    } finally {
      this.#spare.push(sealed)
    }
  }

  /** Waits until what was saved is on the disk. @throws Fault `disk-full` */
  async sync(): Promise<void> {
    try {
      await this.#handle.datasync()
    } catch (error) {
      throw diskFault(error)
    }
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => {})
  }
}

export class BlobReader {
  readonly #handle: FileHandle
  readonly #ref: BlobRef
  readonly #key: ChunkKey
  /** How many chunks are read from the disk at once. */
  readonly #batch: number
  /** Used again for every read: what is opened is a copy. */
  #buffer: Uint8Array | undefined
  /** What was read last, from chunk `from` on. */
  #here: { readonly from: number; readonly sealed: Uint8Array } | undefined

  constructor(handle: FileHandle, ref: BlobRef, batch: number) {
    this.#handle = handle
    this.#ref = ref
    this.#key = chunkKey(ref.key)
    this.#batch = batch
  }

  /**
   * One chunk, filled up with zeros where it is the last. Not to be called again before it resolves.
   *
   * @throws Fault `unreadable` where the disk gives something else than was written, `disk-full` where it gives nothing
   */
  async chunk(index: number): Promise<Bytes> {
    const { from, sealed } = await this.#around(index)
    const at = (index - from) * restLength
    const one = sealed.subarray(at, at + restLength)
    if (one.length < nonceAndTag) throw new Fault('unreadable', 'The content of a file is cut off')
    const nonce = one.subarray(0, chunkNonceLength)
    return openChunk(one.subarray(chunkNonceLength), { key: this.#key, nonce, about: aboutChunk(this.#ref, index) })
  }

  /** The content of a chunk without what it is filled with. */
  async content(index: number): Promise<Bytes> {
    const chunk = await this.chunk(index)
    return chunk.subarray(0, Math.min(chunkLength, this.#ref.size - index * chunkLength))
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => {})
  }

  async #around(index: number): Promise<{ readonly from: number; readonly sealed: Uint8Array }> {
    const here = this.#here
    if (here !== undefined && index >= here.from && index < here.from + this.#batch) return here
    this.#here = undefined
    const count = Math.min(this.#batch, chunksOf(this.#ref.size) - index)
    this.#buffer ??= new Uint8Array(Math.min(this.#batch, chunksOf(this.#ref.size)) * restLength)
    const sealed = this.#buffer.subarray(0, Math.max(0, count) * restLength)
    let length = 0
    try {
      for (let got = 1; got > 0 && length < sealed.length; length += got) {
        const result = await this.#handle.read(sealed, length, sealed.length - length, index * restLength + length)
        got = result.bytesRead
      }
    } catch (error) {
      throw diskFault(error)
    }
    this.#here = { from: index, sealed: sealed.subarray(0, length) }
    return this.#here
  }
}

/** A chunk in another place, or the start of a file taken for all of it, does not open. */
function aboutChunk({ size }: BlobRef, index: number): Bytes {
  return concat(label, u32(index), u32(chunksOf(size)))
}
