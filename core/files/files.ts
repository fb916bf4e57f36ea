import type { Connection } from '@libp2p/interface'
import { join } from 'node:path'
import type { AppEvent } from '../api/events.ts'
import { limits } from '../api/limits.ts'
import type { FileDraftView, FileView } from '../api/views.ts'
import { base64url, fromBase64url } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'
import type { CommunityId, ConversationId, DraftId, FileId } from '../base/ids.ts'
import { Jobs, type Job } from '../base/jobs.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'
import type { Database } from '../database/database.ts'
import { Blobs } from './blobs.ts'
import { Drafts } from './drafts.ts'
import { Fetcher } from './fetcher.ts'
import { chunkLength, chunksEach, chunksOf } from './limits.ts'
import type { Lines } from './lines.ts'
import { isVoice } from './media.ts'
import { Moving } from './moving.ts'
import type { FileOffer } from './offer.ts'
import { Sender } from './sender.ts'
import {
  addFile,
  blobNames,
  buryFile,
  dropUnsaid,
  forgetContent,
  getFile,
  listFiles,
  moveFile,
  newFiles,
  wantedFiles,
  type FileState,
  type StoredFile,
} from './store.ts'
import { defaultTransferTiming, type TransferTiming } from './transfer/timing.ts'

export interface FilesOptions {
  readonly database: Database
  /** The profile's directory. Contents are in the directory `files` in it. */
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
  readonly emit: (event: AppEvent) => void
  /** Whether short voice notes are fetched without being asked for. */
  readonly fetchVoice: () => boolean
  readonly timing?: Partial<TransferTiming>
}

/** Many messages come at once; looking after all of them is enough. */
const noticeAfter = 200

/** Files fetched at once, over all conversations; one of each conversation. */
const width = 2

/** Files of this vault: those that are being sent, offered, fetched, and that are here. */
export class Files implements Service {
  readonly #options: FilesOptions
  readonly #timing: TransferTiming
  readonly #blobs: Blobs
  readonly #drafts: Drafts
  readonly #moving: Moving
  readonly #fetcher: Fetcher
  readonly #jobs: Jobs
  #stopping = new AbortController()
  #noticing: Promise<void> | undefined
  readonly #communities = new Map<CommunityId, { readonly lines: Lines; readonly sender: Sender }>()

  constructor(options: FilesOptions) {
    this.#options = options
    const { database, directory, clock, log, emit } = options
    this.#timing = { ...defaultTransferTiming, ...options.timing }
    this.#blobs = new Blobs(join(directory, 'files'))
    this.#drafts = new Drafts(this.#blobs)
    this.#moving = new Moving(clock, emit)
    this.#fetcher = new Fetcher({ database, blobs: this.#blobs, moving: this.#moving, clock, timing: this.#timing })
    this.#jobs = new Jobs({ name: 'files', list: () => this.#wanted(), clock, log, width })
  }

  /** Removes what a crash left. Communities are attached one by one, as their channels are there. */
  async start(): Promise<void> {
    const { database } = this.#options
    this.#stopping = new AbortController()
    dropUnsaid(database)
    await this.#blobs.sweep(blobNames(database))
    await this.#jobs.start()
    this.notice()
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#communities.keys()].map((id) => this.detach(id)))
    this.#stopping.abort(stopped('left'))
    await this.#noticing
    await this.#jobs.stop()
    await this.#drafts.discardAll()
  }

  /** Idempotent. */
  async attach(communityId: CommunityId, lines: Lines): Promise<void> {
    if (this.#communities.has(communityId)) return
    const { database, clock, log } = this.#options
    const sender = new Sender({
      database,
      blobs: this.#blobs,
      moving: this.#moving,
      clock,
      log,
      timing: this.#timing,
      lines,
    })
    this.#communities.set(communityId, { lines, sender })
    await sender.start()
    this.#jobs.wake()
  }

  /** Idempotent. What is being fetched breaks with its connection. */
  async detach(communityId: CommunityId): Promise<void> {
    const attached = this.#communities.get(communityId)
    this.#communities.delete(communityId)
    await attached?.sender.stop()
  }

  /** A channel was opened: what waits for it may move. */
  wake(): void {
    this.#jobs.wake()
  }

  begin(file: { name: string; mediaType: string; size: number }): Promise<DraftId> {
    return this.#drafts.begin(file)
  }

  /** @param piece base64url. @throws Fault as `Drafts.append`, `malformed` */
  async append(id: DraftId, offset: number, piece: string): Promise<number> {
    return this.#drafts.append(id, offset, fromBase64url(piece))
  }

  finish(id: DraftId, asOther: boolean): Promise<FileDraftView> {
    return this.#drafts.finish(id, { asOther })
  }

  discard(id: DraftId): Promise<void> {
    return this.#drafts.discard(id)
  }

  /**
   * Offers a finished draft in a conversation.
   *
   * @param say saves a message with what is given, and notes the file in the same transaction (`noteOffer`)
   * @throws Fault `not-found`, `wrong-state` before it is finished, and what `say` throws: the draft stays then
   */
  async send(
    draftId: DraftId,
    conversationId: ConversationId,
    say: (offer: FileOffer) => Promise<void>,
  ): Promise<void> {
    const { offer, content } = this.#drafts.offer(draftId)
    const { database, clock } = this.#options
    const about = { conversationId, messageId: null, mine: true, offer, state: 'preparing', content } as const
    const id = addFile(database, { ...about, addedAt: clock.now() })
    try {
      await say(offer)
    } finally {
      if (getFile(database, id).messageId === null) dropUnsaid(database, id)
      else this.#drafts.release(draftId)
    }
    this.#changed(id)
  }

  /** Messages were saved or deleted: files may have come or gone with them. */
  readonly notice = (): void => {
    if (this.#noticing !== undefined) return
    const { clock, log } = this.#options
    this.#noticing = clock
      .wait(noticeAfter, this.#stopping.signal)
      .then(() => {
        this.#noticing = undefined
        return this.#tidy()
      })
      .catch(() => {
        this.#noticing = undefined
        if (!this.#stopping.signal.aborted) log.write('error', 'files.not-tidied')
      })
  }

  list(conversationId: ConversationId): FileView[] {
    return listFiles(this.#options.database, conversationId).map((file) => this.#view(file))
  }

  /** @throws Fault `not-found`, `wrong-state` */
  accept(id: FileId): FileView {
    return this.#want(id, ['new', 'offered', 'failed', 'paused', 'waiting'])
  }

  /** @throws Fault `not-found`, `wrong-state` */
  resume(id: FileId): FileView {
    return this.#want(id, ['paused', 'failed', 'waiting'])
  }

  /** @throws Fault `not-found`, `wrong-state` */
  async pause(id: FileId): Promise<FileView> {
    this.#change(id, ['waiting', 'paused'], 'paused')
    await this.#moving.stop(id, stopped('paused'))
    return this.#changed(id)
  }

  /** Back to where it was offered. @throws Fault `not-found`, `wrong-state` */
  async cancel(id: FileId): Promise<FileView> {
    const { database } = this.#options
    const blob = database.transaction(() => {
      this.#change(id, ['waiting', 'paused', 'failed', 'new', 'offered'], 'offered')
      const { blob } = getFile(database, id)
      forgetContent(database, id)
      return blob
    })
    await this.#moving.stop(id, stopped('cancelled'))
    if (blob !== undefined) await this.#blobs.remove(blob.name)
    return this.#changed(id)
  }

  /** @throws Fault `not-found` */
  async remove(id: FileId): Promise<FileView> {
    const { database } = this.#options
    const { blob } = getFile(database, id)
    buryFile(database, id)
    await this.#moving.stop(id, stopped('removed'))
    if (blob !== undefined) await this.#blobs.remove(blob.name)
    return this.#changed(id)
  }

  /**
   * The content from `offset` to the end of its chunk, as base64url.
   *
   * @throws Fault `not-found`, `wrong-state` where it is not here, `bad-input` behind its end, `unreadable`
   */
  async read(id: FileId, offset: number): Promise<{ bytes: string; end: boolean }> {
    const file = getFile(this.#options.database, id)
    if (!isReadable(file) || file.blob === undefined) throw new Fault('wrong-state', 'The file is not here')
    if (offset >= file.offer.size) throw new Fault('bad-input', 'Behind the end of the file')
    const reader = await this.#blobs.reader(file.blob)
    try {
      const bytes = (await reader.content(Math.floor(offset / chunkLength))).subarray(offset % chunkLength)
      return { bytes: base64url(bytes), end: offset + bytes.length === file.offer.size }
    } finally {
      await reader.close()
    }
  }

  async #tidy(): Promise<void> {
    const { database, fetchVoice } = this.#options
    const fresh = newFiles(database)
    for (const { id, conversationId, offer } of fresh) {
      const wanted = isVoice(offer.type) && offer.size <= limits.file.voice && fetchVoice()
      moveFile(database, id, ['new'], wanted ? 'waiting' : 'offered')
      this.#options.emit({ type: 'files', conversationId })
      if (wanted) this.#jobs.wake()
    }
    if (await this.#blobs.tidy(new Set([...blobNames(database), ...this.#drafts.names()]))) this.notice()
  }

  #want(id: FileId, from: readonly FileState[]): FileView {
    this.#change(id, from, 'waiting')
    this.#jobs.wake()
    return this.#changed(id)
  }

  /** Of the other's files: own ones are where they are. */
  #change(id: FileId, from: readonly FileState[], to: FileState): void {
    const { database } = this.#options
    const allowed = !getFile(database, id).mine && moveFile(database, id, from, to)
    if (!allowed) throw new Fault('wrong-state', 'The file is not in a state for this')
  }

  #changed(id: FileId): FileView {
    const file = getFile(this.#options.database, id)
    this.#options.emit({ type: 'files', conversationId: file.conversationId })
    return this.#view(file)
  }

  #wanted(): Job[] {
    return wantedFiles(this.#options.database).flatMap(({ id, conversationId }) => {
      const line = this.#lineOf(conversationId)
      if (line === undefined) return []
      const run = (signal: AbortSignal): Promise<void> => this.#fetcher.fetch(id, line.lines, line.connection, signal)
      return [{ key: id, subject: conversationId, dueAt: 0, run }]
    })
  }

  #lineOf(id: ConversationId): { lines: Lines; connection: Connection } | undefined {
    for (const { lines } of this.#communities.values()) {
      const connection = lines.connection(id)
      if (connection !== undefined) return { lines, connection }
    }
    return undefined
  }

  #view(file: StoredFile): FileView {
    const { id, conversationId, mine, offer, problem, segments } = file
    if (file.messageId === null) throw new Fault('internal', 'A file that was not offered yet')
    const { messageId } = file
    const state = file.state === 'new' || file.state === 'preparing' ? 'offered' : file.state
    const fraction = this.#moving.fraction(id)
    const here = state === 'here' ? 1 : mine ? 0 : Math.min(1, (segments * chunksEach) / chunksOf(offer.size))
    return {
      id,
      conversationId,
      messageId,
      mine,
      name: offer.name,
      mediaType: offer.type,
      size: offer.size,
      state: fraction !== undefined && ['offered', 'waiting'].includes(state) ? 'moving' : state,
      problem,
      fraction: fraction ?? here,
      readable: isReadable(file),
    }
  }
}

function isReadable({ mine, state, blob }: StoredFile): boolean {
  return blob !== undefined && (mine || state === 'here')
}

function stopped(how: string): Fault {
  return new Fault('cancelled', `The file was ${how}`)
}
