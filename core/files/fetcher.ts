import type { Connection } from '@libp2p/interface'
import type { Bytes } from '../base/bytes.ts'
import { equal } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault, isFault } from '../base/fault.ts'
import type { FileId } from '../base/ids.ts'
import type { Database } from '../database/database.ts'
import { fileProtocol } from '../network/protocols.ts'
import type { BlobReader, Blobs, BlobWriter } from './blobs.ts'
import { rootOf } from './hashes.ts'
import { chunksEach, chunksOf, segmentsOf } from './limits.ts'
import type { Lines } from './lines.ts'
import { isPicture, type MediaType } from './media.ts'
import type { Moving } from './moving.ts'
import {
  addSegment,
  forgetContent,
  getFile,
  hashesOf,
  moveFile,
  setBlob,
  setType,
  type FileProblem,
  type StoredFile,
} from './store.ts'
import { isSoundPicture } from './strip.ts'
import { fetchFile, Refused } from './transfer/fetching.ts'
import type { TransferTiming } from './transfer/timing.ts'
import { FileWire } from './transfer/wire.ts'
import { limits } from '../api/limits.ts'
import { concat } from '../base/bytes.ts'

export interface FetcherOptions {
  readonly database: Database
  readonly blobs: Blobs
  readonly moving: Moving
  readonly clock: Clock
  readonly timing: TransferTiming
}

/** Waiting for the disk, and a commit, cost as much as some chunks: on a fast line there is one for several segments. */
const noteEvery = 500

/** What is on the disk, on its way into the vault: a crash costs half a second of work. */
class Notes {
  readonly #database: Database
  readonly #clock: Clock
  readonly #id: FileId
  readonly #writer: BlobWriter
  #saved: { readonly segment: number; readonly hash: Bytes }[] = []
  #wroteAt = 0

  constructor(database: Database, clock: Clock, id: FileId, writer: BlobWriter) {
    this.#database = database
    this.#clock = clock
    this.#id = id
    this.#writer = writer
  }

  async add(segment: number, hash: Bytes): Promise<void> {
    this.#saved.push({ segment, hash })
    const since = this.#clock.now() - this.#wroteAt
    if (since >= noteEvery || since < 0) await this.write()
  }

  /** On the disk first. Those of a file that is not wanted any more are not noted. */
  async write(): Promise<void> {
    const saved = this.#saved
    if (saved.length === 0) return
    this.#saved = []
    this.#wroteAt = this.#clock.now()
    await this.#writer.sync()
    this.#database.transaction(() => {
      for (const { segment, hash } of saved) {
        const { blob, segments } = getFile(this.#database, this.#id)
        if (blob !== undefined && segments === segment) addSegment(this.#database, this.#id, segment, hash)
      }
    })
  }
}

/** Fetches files that the person asked for. */
export class Fetcher {
  readonly #options: FetcherOptions
  /** Segments that came wrong once, by file. */
  readonly #wrong = new Map<FileId, number>()

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  /**
   * Fetches what is missing of a file, and writes into the vault what became of it.
   *
   * @throws Fault where it may go better later
   */
  async fetch(id: FileId, lines: Lines, connection: Connection, signal: AbortSignal): Promise<void> {
    const { moving, database } = this.#options
    const file = getFile(database, id)
    if (file.state !== 'waiting') return
    const { conversationId, offer, segments } = file
    const chunks = chunksOf(offer.size)
    const move = moving.begin({ fileId: id, conversationId, chunks, done: Math.min(chunks, segments * chunksEach) })
    const both = AbortSignal.any([signal, move.abort.signal])
    try {
      if (segments < segmentsOf(offer.size)) {
        await this.#transfer(file, lines, connection, { moved: (done) => moving.moved(move, done), signal: both })
      }
      both.throwIfAborted()
      await this.#complete(getFile(database, id))
      this.#wrong.delete(id)
    } catch (error) {
      both.throwIfAborted()
      await this.#failed(id, error)
    } finally {
      moving.end(move)
    }
  }

  async #transfer(
    file: StoredFile,
    lines: Lines,
    connection: Connection,
    { moved, signal }: { moved: (chunks: number) => void; signal: AbortSignal },
  ): Promise<void> {
    const { database, clock, timing } = this.#options
    const writer = await this.#writer(file)
    const notes = new Notes(database, clock, file.id, writer)
    let wire: FileWire | undefined
    try {
      wire = await withDeadline(clock, timing.answer, signal, async (signal) => {
        const stream = await connection.newStream(fileProtocol, { signal, runOnLimitedConnection: true })
        return new FileWire(stream, clock)
      }).catch(unreachable(signal))
      await fetchFile(
        {
          wire,
          offer: file.offer,
          asking: {
            asker: lines.libp2p.peerId.toMultihash().bytes,
            owner: connection.remotePeer.toMultihash().bytes,
          },
          segment: getFile(database, file.id).segments,
          writer,
          clock,
          timing,
          saved: (segment, hash) => notes.add(segment, hash),
          moved,
        },
        signal,
      )
      await wire.close(timing.answer)
    } catch (error) {
      wire?.abort()
      throw error
    } finally {
      await notes.write().finally(() => writer.close())
    }
  }

  /** Goes on with what is there; begins anew where it is not there any more. */
  async #writer(file: StoredFile): Promise<BlobWriter> {
    const { database, blobs } = this.#options
    if (file.blob !== undefined) {
      try {
        return await blobs.reopen(file.blob)
      } catch (error) {
        if (!isFault(error, 'not-found')) throw error
        forgetContent(database, file.id)
      }
    }
    const writer = await blobs.create(file.offer.size)
    setBlob(database, file.id, writer.ref)
    return writer
  }

  /** Every segment was checked as it came; together they must be what was offered, and no other. */
  async #complete(file: StoredFile): Promise<void> {
    const { database, blobs } = this.#options
    const { id, offer, blob } = file
    if (blob === undefined || !equal(rootOf(offer.size, hashesOf(database, id)), offer.root)) {
      throw new Fault('unreadable', 'Another file than the one that was offered')
    }
    const reader = await blobs.reader(blob)
    try {
      const type = await shownAs(file, reader)
      database.transaction(() => {
        if (moveFile(database, id, ['waiting'], 'here')) setType(database, id, type)
      })
    } finally {
      await reader.close()
    }
  }

  async #failed(id: FileId, error: unknown): Promise<void> {
    const { database } = this.#options
    if (error instanceof Refused && !error.retryable) {
      await this.#giveUp(id, 'refused', null)
    } else if (isFault(error, 'disk-full')) {
      // what is saved stays, for when there is room
      moveFile(database, id, ['waiting'], 'failed', 'disk-full')
    } else if (isFault(error, 'unreadable', 'malformed', 'unknown-version')) {
      const { segments } = getFile(database, id)
      if (this.#wrong.get(id) !== segments) {
        this.#wrong.set(id, segments)
        throw error
      }
      this.#wrong.delete(id)
      await this.#giveUp(id, 'failed', 'wrong-content')
    } else throw error
  }

  async #giveUp(id: FileId, state: 'refused' | 'failed', problem: FileProblem | null): Promise<void> {
    const { database, blobs } = this.#options
    const { blob } = getFile(database, id)
    database.transaction(() => {
      if (moveFile(database, id, ['waiting'], state, problem)) forgetContent(database, id)
    })
    if (blob !== undefined) await blobs.remove(blob.name)
  }
}

/** A picture that is not quite as pictures must be is not given to whatever draws it. */
async function shownAs({ offer }: StoredFile, reader: BlobReader): Promise<MediaType> {
  const { type, size } = offer
  if (!isPicture(type)) return type
  if (size > limits.file.picture) return 'other'
  const parts: Bytes[] = []
  for (let index = 0; index < chunksOf(size); index++) parts.push(await reader.content(index))
  return (await isSoundPicture(concat(...parts), type)) ? type : 'other'
}

/** libp2p's words hold addresses and peer ids: they are not kept. */
function unreachable(signal: AbortSignal): (error: unknown) => never {
  return (error) => {
    signal.throwIfAborted()
    if (isFault(error)) throw error
    throw new Fault('unreachable', 'The contact cannot be reached now', { retryable: true })
  }
}
