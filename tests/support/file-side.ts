import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AppEvent } from '../../core/api/events.ts'
import { limits } from '../../core/api/limits.ts'
import type { FileView } from '../../core/api/views.ts'
import { base64url, concat, fromBase64url, type Bytes } from '../../core/base/bytes.ts'
import { systemClock } from '../../core/base/clock.ts'
import { freshId, type ConversationId, type DraftId, type FileId, type MessageId } from '../../core/base/ids.ts'
import { silentLog } from '../../core/base/log.ts'
import { addMessage } from '../../core/conversations/messages.ts'
import { getConversation } from '../../core/conversations/store.ts'
import type { Database } from '../../core/database/database.ts'
import { Files } from '../../core/files/files.ts'
import type { Lines } from '../../core/files/lines.ts'
import { decodeOffer, encodeOffer, type FileOffer } from '../../core/files/offer.ts'
import { noteOffer } from '../../core/files/store.ts'
import type { TransferTiming } from '../../core/files/transfer/timing.ts'
import { eventually } from './eventually.ts'
import { communityId, introduce, pairSchema } from './pair.ts'
import type { Scratch } from './scratch.ts'

/** One person's files of one conversation: a real vault, real blobs on a real disk. */
export class FileSide {
  readonly events: AppEvent[] = []
  readonly name: string
  readonly #scratch: Scratch
  readonly #timing: Partial<TransferTiming>
  fetchVoice = false
  /** Where blobs are: another disk, for one. */
  directory: string
  database: Database
  files!: Files
  id!: ConversationId

  constructor(scratch: Scratch, name: string, timing: Partial<TransferTiming> = {}) {
    this.#scratch = scratch
    this.name = name
    this.#timing = timing
    this.directory = join(scratch.directory, `${name}-profile`)
    this.database = scratch.database(name, pairSchema)
  }

  async start(lines?: Lines): Promise<void> {
    this.files = new Files({
      database: this.database,
      directory: this.directory,
      clock: systemClock,
      log: silentLog,
      emit: (event) => void this.events.push(event),
      fetchVoice: () => this.fetchVoice,
      timing: this.#timing,
    })
    await this.files.start()
    if (lines !== undefined) await this.files.attach(communityId, lines)
  }

  /** The vault is locked and opened again. */
  async restart(lines?: Lines): Promise<void> {
    await this.files.stop()
    this.database.close()
    this.database = this.#scratch.database(this.name, pairSchema)
    await this.start(lines)
  }

  async draft(content: Uint8Array, { name = 'notes.bin', mediaType = '' } = {}): Promise<DraftId> {
    const id = await this.files.begin({ name, mediaType, size: content.length })
    for (let at = 0; at < content.length; at += limits.file.piece) {
      await this.files.append(id, at, base64url(content.subarray(at, at + limits.file.piece)))
    }
    return id
  }

  /** Offers a file to the other side as a message would, without one that travels. */
  async offer(
    to: FileSide,
    content: Uint8Array,
    about: { name?: string; mediaType?: string; asOther?: boolean } = {},
  ): Promise<FileId> {
    const id = await this.draft(content, about)
    await this.files.finish(id, about.asOther ?? false)
    const { promise, resolve } = Promise.withResolvers<Bytes>()
    await this.files.send(id, this.id, async (offer) => {
      this.note(true, offer)
      resolve(encodeOffer(offer))
    })
    to.note(false, decodeOffer(await promise))
    to.files.notice()
    return to.list().at(-1)?.id as FileId
  }

  /** As the transaction does that saves a message. @returns whether it made sense */
  note(mine: boolean, offer: FileOffer): boolean {
    return this.database.transaction(() => {
      const messageId = this.message(mine)
      return noteOffer(this.database, { conversationId: this.id, messageId, mine, offer, now: Date.now() })
    })
  }

  message(mine: boolean): MessageId {
    const id = freshId<MessageId>()
    const { nextPosition } = getConversation(this.database, this.id)
    const index = nextPosition
    this.database.run('UPDATE conversations SET next_position = ? WHERE id = ?', [index + 1, this.id])
    addMessage(
      this.database,
      this.id,
      { nextPosition },
      { id, mine, index, kind: 'file', text: '', sentAt: 0, writtenAt: 0 },
    )
    return id
  }

  list(): FileView[] {
    return this.files.list(this.id)
  }

  view(id: FileId): FileView {
    const view = this.list().find((file) => file.id === id)
    if (view === undefined) throw new Error('There is no such file')
    return view
  }

  async content(id: FileId): Promise<Bytes> {
    const parts: Bytes[] = []
    for (let offset = 0, end = false; !end;) {
      const piece = await this.files.read(id, offset)
      const bytes = fromBase64url(piece.bytes)
      parts.push(bytes)
      offset += bytes.length
      end = piece.end
    }
    return concat(...parts)
  }
}

/** Two sides that know each other; neither has started. */
export async function acquaintedSides(
  scratch: Scratch,
  name: string,
  timing: Partial<TransferTiming> = {},
): Promise<{ giver: FileSide; taker: FileSide }> {
  const giver = new FileSide(scratch, `${name}-giver`, timing)
  const taker = new FileSide(scratch, `${name}-taker`, timing)
  const { seeker, mentor } = await introduce(giver.database, taker.database, systemClock)
  giver.id = seeker.id
  taker.id = mentor.id
  return { giver, taker }
}

export function reached(side: FileSide, id: FileId, state: FileView['state']): Promise<unknown> {
  return eventually(() => side.view(id).state === state, { what: `a file that is ${state}` })
}

/** Names on its disk. */
export function blobs(side: FileSide): string[] {
  return readdirSync(join(side.directory, 'files'))
}
