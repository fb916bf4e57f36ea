import type { Connection, Stream } from '@libp2p/interface'
import type { Clock } from '../base/clock.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Flights } from '../base/flights.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Database } from '../database/database.ts'
import { fileProtocol } from '../network/protocols.ts'
import type { Blobs } from './blobs.ts'
import { chunksEach, chunksOf } from './limits.ts'
import type { Lines } from './lines.ts'
import type { Moving } from './moving.ts'
import { hashesOf, moveFile, offeredFile, type StoredFile } from './store.ts'
import { checkAsk, serveFile, type Ask } from './transfer/serving.ts'
import type { TransferTiming } from './transfer/timing.ts'
import { FileWire } from './transfer/wire.ts'

/** Of one connection: a stream that was lost is noticed later than its successor comes. */
const streamsEach = 4
/** Chunks that are read from the disk at once: 1 MiB. */
const readAtOnce = 16
/** Files that are sent at once, to all contacts together. */
const mostAtOnce = 8

export interface SenderOptions {
  readonly database: Database
  readonly blobs: Blobs
  readonly moving: Moving
  readonly clock: Clock
  readonly log: Log
  readonly timing: TransferTiming
  readonly lines: Lines
}

/** Gives own files to the contacts to whom they were offered, over one community's network. */
export class Sender implements Service {
  readonly #options: SenderOptions
  readonly #flights = new Flights()
  #stopping: AbortController | undefined
  #sending = 0

  constructor(options: SenderOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    if (this.#stopping !== undefined) return
    this.#stopping = new AbortController()
    await this.#options.lines.libp2p.handle(fileProtocol, this.#inbound, {
      maxInboundStreams: streamsEach,
      maxOutboundStreams: streamsEach,
      runOnLimitedConnection: true,
      force: true,
    })
  }

  async stop(): Promise<void> {
    if (this.#stopping === undefined) return
    this.#stopping.abort(new Fault('cancelled', 'Files are not sent any more'))
    this.#stopping = undefined
    await this.#options.lines.libp2p.unhandle(fileProtocol).catch(() => {})
    await this.#flights.settled()
  }

  readonly #inbound = (stream: Stream, connection: Connection): void => {
    const { lines, log, clock } = this.#options
    const signal = this.#stopping?.signal
    const wire = new FileWire(stream, clock)
    // nobody but a contact on an open channel has anything to ask for
    if (signal === undefined || lines.over(connection).length === 0) {
      wire.abort()
      return
    }
    const answer = this.#flights.run(() => this.#answer(wire, connection, signal))
    answer.catch((error: unknown) => {
      log.write(isFault(error) ? 'debug' : 'error', 'files.not-sent')
      wire.abort()
    })
  }

  async #answer(wire: FileWire, connection: Connection, signal: AbortSignal): Promise<void> {
    const { timing } = this.#options
    const ask = await wire.read(timing.answer, signal)
    if (ask.kind !== 'ask') throw new Fault('malformed', 'Something else than an ask')
    const file = this.#find(ask, connection)
    if (file?.blob === undefined) {
      await wire.write({ kind: 'refused', reason: 'gone' }, timing.answer, signal)
      return wire.close(timing.answer)
    }
    checkAsk(ask, file.offer, this.#ends(connection))
    if (this.#sending >= mostAtOnce) {
      await wire.write({ kind: 'refused', reason: 'busy' }, timing.answer, signal)
      return wire.close(timing.answer)
    }
    this.#sending++
    try {
      await this.#send(wire, file, { segment: ask.segment }, signal)
    } finally {
      this.#sending--
    }
    return wire.close(timing.answer)
  }

  /** Among the own files of the conversations whose channels this very connection carries. */
  #find(ask: Ask, connection: Connection): StoredFile | undefined {
    const { lines, database } = this.#options
    return lines
      .over(connection)
      .map((id) => offeredFile(database, id, ask.id))
      .find((file) => file !== undefined)
  }

  async #send(wire: FileWire, file: StoredFile, { segment }: { segment: number }, signal: AbortSignal): Promise<void> {
    const { database, blobs, moving, timing } = this.#options
    if (file.blob === undefined) throw new Fault('not-found', 'The content of a file is not there')
    // whoever asks again has lost the first
    await moving.stop(file.id, new Fault('cancelled', 'The file is asked for again'))
    const { offer, conversationId } = file
    const move = moving.begin({
      fileId: file.id,
      conversationId,
      chunks: chunksOf(offer.size),
      done: segment * chunksEach,
    })
    try {
      const reader = await blobs.reader(file.blob, readAtOnce)
      try {
        const source = {
          offer,
          hashes: hashesOf(database, file.id),
          reader,
          moved: (chunks: number): void => moving.moved(move, chunks),
        }
        await serveFile(wire, source, { segment, timing }, AbortSignal.any([signal, move.abort.signal]))
        moveFile(database, file.id, ['offered'], 'here')
      } finally {
        await reader.close()
      }
    } finally {
      moving.end(move)
    }
  }

  #ends(connection: Connection): { asker: Uint8Array<ArrayBuffer>; owner: Uint8Array<ArrayBuffer> } {
    const { libp2p } = this.#options.lines
    return {
      asker: connection.remotePeer.toMultihash().bytes,
      owner: libp2p.peerId.toMultihash().bytes,
    }
  }
}
