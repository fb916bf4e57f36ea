import { limits } from '../api/limits.ts'
import type { FileDraftView } from '../api/views.ts'
import type { Bytes } from '../base/bytes.ts'
import { concat } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { freshId, type DraftId } from '../base/ids.ts'
import { Locks } from '../base/locks.ts'
import { random } from '../crypto/random.ts'
import { ContentWriter, type Content } from './content-writer.ts'
import type { BlobRef, Blobs } from './blobs.ts'
import { rootOf } from './hashes.ts'
import { chunksOf } from './limits.ts'
import { isVoice, mediaTypeOf, neutralName, type MediaType } from './media.ts'
import { harmlessName } from './names.ts'
import type { FileOffer } from './offer.ts'
import { pictureType, stripPicture } from './strip.ts'

/** At once: each holds a segment in memory. */
const mostDrafts = 4

/** A file that is being taken from a page, or waits to be sent. It lives no longer than the vault is open. */
interface Draft {
  readonly name: string
  readonly size: number
  readonly type: MediaType
  /** Said to be one, of whatever kind. */
  readonly picture: boolean
  /** Until it is finished. */
  writer: ContentWriter | undefined
  /** What was taken from the page. */
  raw: Content | undefined
  /** What will be sent. */
  ready: Ready | undefined
}

interface Ready {
  readonly type: MediaType
  readonly name: string
  readonly content: Content
  readonly view: FileDraftView
}

/** Own files before they are sent: their keys are in memory only, so a crash leaves nothing that could be read. */
export class Drafts {
  readonly #blobs: Blobs
  readonly #drafts = new Map<DraftId, Draft>()
  /** Calls for one draft come one after the other. */
  readonly #locks = new Locks()

  constructor(blobs: Blobs) {
    this.#blobs = blobs
  }

  /** @throws Fault `wrong-state` where there are many already, `disk-full` */
  async begin({ name, mediaType, size }: { name: string; mediaType: string; size: number }): Promise<DraftId> {
    if (this.#drafts.size >= mostDrafts) throw new Fault('wrong-state', 'As many files as there may be at once')
    const id = freshId<DraftId>()
    const draft: Draft = {
      name,
      size,
      type: mediaTypeOf(mediaType),
      picture: mediaType.toLowerCase().startsWith('image/'),
      writer: undefined,
      raw: undefined,
      ready: undefined,
    }
    this.#drafts.set(id, draft)
    try {
      draft.writer = await ContentWriter.begin(this.#blobs, size)
    } catch (error) {
      this.#drafts.delete(id)
      throw error
    }
    return id
  }

  /**
   * The next bytes. The same piece again changes nothing.
   *
   * @returns how many bytes are here
   * @throws Fault `not-found`, `wrong-state` (finished), `bad-input` (a gap, or too much), `disk-full`: there is no draft then
   */
  append(id: DraftId, offset: number, bytes: Uint8Array): Promise<number> {
    return this.#locks.run(id, async () => {
      const { writer } = this.#get(id)
      if (writer === undefined) throw new Fault('wrong-state', 'The file is finished')
      if (offset + bytes.length === writer.taken) return writer.taken
      if (offset !== writer.taken) throw new Fault('bad-input', 'Not the piece that is next')
      await this.#orGone(id, () => writer.write(bytes))
      return writer.taken
    })
  }

  /**
   * Makes it ready to be sent. A picture is cleaned; one that cannot be may be
   * finished again `asOther`: as a plain file, with all that is in it.
   *
   * @throws Fault `not-found`, `bad-input` (something is missing), `disk-full`: there is no draft then;
   *   `picture-unreadable`, `too-large` of a picture: the draft stays
   */
  finish(id: DraftId, { asOther }: { asOther: boolean }): Promise<FileDraftView> {
    return this.#locks.run(id, async () => {
      const draft = this.#get(id)
      if (draft.ready !== undefined) return draft.ready.view
      const { writer } = draft
      if (writer !== undefined) {
        if (writer.taken !== draft.size) throw new Fault('bad-input', 'Some of the file is missing')
        draft.raw = await this.#orGone(id, () => writer.finish())
        draft.writer = undefined
      }
      const { raw } = draft
      if (raw === undefined) throw new Fault('internal', 'A draft without content')
      const picture = !asOther && (draft.picture || (await this.#beginsAsPicture(raw.ref)))
      draft.ready = picture ? await this.#clean(id, draft, raw) : plain(id, draft, raw, asOther)
      return draft.ready.view
    })
  }

  /** Idempotent. */
  discard(id: DraftId): Promise<void> {
    return this.#locks.run(id, async () => {
      const draft = this.#drafts.get(id)
      this.#drafts.delete(id)
      await draft?.writer?.close()
      for (const name of namesOf(draft)) await this.#blobs.remove(name)
    })
  }

  async discardAll(): Promise<void> {
    for (const id of this.#drafts.keys()) await this.discard(id).catch(() => {})
  }

  /** What a finished draft is offered as, with fresh keys. @throws Fault `not-found`, `wrong-state` before it is finished */
  offer(id: DraftId): { readonly offer: FileOffer; readonly content: Content } {
    const { ready } = this.#get(id)
    if (ready === undefined) throw new Fault('wrong-state', 'The file is not finished')
    const { type, name, content } = ready
    const { size } = content.ref
    return {
      offer: { id: random(16), size, type, name, root: rootOf(size, content.hashes), key: random(32) },
      content,
    }
  }

  /** It was sent: its blob belongs to the vault now. */
  release(id: DraftId): void {
    this.#drafts.delete(id)
  }

  /** Of blobs that must not be removed. */
  names(): string[] {
    return [...this.#drafts.values()].flatMap(namesOf)
  }

  #get(id: DraftId): Draft {
    const draft = this.#drafts.get(id)
    if (draft === undefined) throw new Fault('not-found', 'No such draft of a file')
    return draft
  }

  /** Half of a file is of no use. */
  async #orGone<Result>(id: DraftId, body: () => Promise<Result>): Promise<Result> {
    try {
      return await body()
    } catch (error) {
      const draft = this.#drafts.get(id)
      this.#drafts.delete(id)
      await draft?.writer?.close()
      for (const name of namesOf(draft)) await this.#blobs.remove(name).catch(() => {})
      throw error
    }
  }

  async #clean(id: DraftId, draft: Draft, raw: Content): Promise<Ready> {
    if (draft.size > limits.file.picture) throw new Fault('too-large', 'A picture longer than is cleaned')
    const { type, bytes, removed } = await stripPicture(await this.#read(raw.ref))
    const content = await this.#orGone(id, () => this.#save(bytes))
    draft.raw = undefined
    await this.#blobs.remove(raw.ref.name)
    const name = neutralName(type) ?? 'file'
    const own = harmlessName(draft.name) === name ? [] : (['name'] as const)
    const view: FileDraftView = {
      id,
      name,
      mediaType: type,
      size: bytes.length,
      removed: [...removed, ...own],
      cleaned: true,
    }
    return { type, name, content, view }
  }

  /** A photo may come without a word of what it is. */
  async #beginsAsPicture(ref: BlobRef): Promise<boolean> {
    const reader = await this.#blobs.reader(ref)
    try {
      return pictureType(await reader.content(0)) !== undefined
    } finally {
      await reader.close()
    }
  }

  async #save(bytes: Bytes): Promise<Content> {
    const writer = await ContentWriter.begin(this.#blobs, bytes.length)
    try {
      await writer.write(bytes)
      return await writer.finish()
    } catch (error) {
      await writer.close()
      await this.#blobs.remove(writer.name).catch(() => {})
      throw error
    }
  }

  async #read(ref: BlobRef): Promise<Bytes> {
    const reader = await this.#blobs.reader(ref)
    try {
      const parts: Bytes[] = []
      for (let index = 0; index < chunksOf(ref.size); index++) parts.push(await reader.content(index))
      return concat(...parts)
    } finally {
      await reader.close()
    }
  }
}

function plain(id: DraftId, draft: Draft, content: Content, asOther: boolean): Ready {
  const type = asOther ? 'other' : draft.type
  const name = isVoice(type) ? (neutralName(type) ?? 'file') : harmlessName(draft.name)
  const removed = isVoice(type) && harmlessName(draft.name) !== name ? (['name'] as const) : []
  return {
    type,
    name,
    content,
    view: { id, name, mediaType: type, size: draft.size, removed: [...removed], cleaned: false },
  }
}

function namesOf(draft: Draft | undefined): string[] {
  const names = [draft?.writer?.name, draft?.raw?.ref.name, draft?.ready?.content.ref.name]
  return names.filter((name) => name !== undefined)
}
