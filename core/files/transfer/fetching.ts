import { createHash } from 'node:crypto'
import { copy, equal, type Bytes } from '../../base/bytes.ts'
import type { Clock } from '../../base/clock.ts'
import { Fault } from '../../base/fault.ts'
import type { BlobWriter } from '../blobs.ts'
import { rootOf } from '../hashes.ts'
import { chunkLength, chunksEach, chunksOf, segmentsOf } from '../limits.ts'
import type { FileOffer } from '../offer.ts'
import { askProof, ChunkSealer, type Asking } from './sealing.ts'
import type { TransferTiming } from './timing.ts'
import { window, type FileWire } from './wire.ts'

/** What may come after an ask without a further word. */
export const firstCredit = 2
/** Chunks that are on their way at once take about so long: a slow line must stay free for what people write. */
const aheadMs = 1_000

export interface Fetch {
  readonly wire: FileWire
  readonly offer: FileOffer
  readonly asking: Omit<Asking, 'segment'>
  /** Segments that are saved already. */
  readonly segment: number
  readonly writer: BlobWriter
  readonly clock: Clock
  readonly timing: TransferTiming
  /** A segment was saved and is what it should be. */
  readonly saved: (segment: number, hash: Bytes) => Promise<void>
  /** How many chunks are here, after each. */
  readonly moved: (chunks: number) => void
}

/** What the other answered instead of the file. */
export class Refused extends Fault<'not-found' | 'wrong-state'> {
  constructor(reason: 'gone' | 'busy') {
    super(reason === 'gone' ? 'not-found' : 'wrong-state', 'The other side does not send the file', {
      retryable: reason === 'busy',
    })
  }
}

/**
 * Asks for the rest of a file and takes it in, a segment saved while the next
 * one comes. PROTOCOL.md section "Fetching a file".
 *
 * @throws Refused; Fault `unreadable`, `malformed`, `unknown-version` where something else comes than was offered,
 *   `disk-full`, `timeout`, `unreachable`, `cancelled`
 */
export async function fetchFile(fetch: Fetch, signal: AbortSignal): Promise<void> {
  const { wire, offer, asking, segment, timing } = fetch
  const proof = askProof(offer, { ...asking, segment })
  await wire.write({ kind: 'ask', id: offer.id, segment, proof }, timing.answer, signal)
  const answer = await wire.read(timing.answer, signal)
  if (answer.kind === 'refused') throw new Refused(answer.reason)
  if (answer.kind !== 'begin') throw new Fault('malformed', 'Not the answer to an ask')
  const { hashes } = answer
  if (hashes.length !== segmentsOf(offer.size) || !equal(rootOf(offer.size, hashes), offer.root)) {
    throw new Fault('unreadable', 'Another file than the one that was offered')
  }
  await new Intake(fetch, hashes).run(signal)
  await wire.write({ kind: 'done' }, timing.answer, signal)
}

/** The chunks of one fetch. */
class Intake {
  readonly #fetch: Fetch
  readonly #hashes: readonly Bytes[]
  readonly #sealer: ChunkSealer
  readonly #chunks: number
  #next: number
  #credit: number
  #hash = createHash('sha256')
  /** One segment is being saved at most, while another one comes. */
  #saving: Promise<unknown> = Promise.resolve()
  #heardAt: number
  /** How long a chunk takes, ms, smoothed. */
  #pace = 0

  constructor(fetch: Fetch, hashes: readonly Bytes[]) {
    this.#fetch = fetch
    this.#hashes = hashes
    this.#sealer = new ChunkSealer(fetch.offer)
    this.#chunks = chunksOf(fetch.offer.size)
    this.#next = fetch.segment * chunksEach
    this.#credit = Math.min(this.#next + firstCredit, this.#chunks)
    this.#heardAt = fetch.clock.now()
  }

  async run(signal: AbortSignal): Promise<void> {
    const { wire, timing, moved } = this.#fetch
    let failure: unknown
    try {
      while (this.#next < this.#chunks) {
        const frame = await wire.read(timing.stall, signal)
        if (frame.kind !== 'chunk' || frame.index !== this.#next)
          throw new Fault('malformed', 'Not the chunk that is next')
        this.#take(frame.index, frame.sealed)
        if (this.#next % chunksEach === 0 || this.#next === this.#chunks) await this.#segmentDone()
        moved(this.#next)
        await this.#grant(signal)
      }
    } catch (error) {
      failure = error
    }
    // what was begun is finished, whatever happened to the rest
    const [saved] = await Promise.allSettled([this.#saving])
    if (failure !== undefined) throw failure
    if (saved.status === 'rejected') throw saved.reason
  }

  #take(index: number, sealed: Uint8Array): void {
    const { offer, writer, clock } = this.#fetch
    const content = this.#sealer.open(index, sealed)
    this.#hash.update(content.subarray(0, Math.min(chunkLength, offer.size - index * chunkLength)))
    writer.add(index, content)
    const now = clock.now()
    const took = Math.max(0, now - this.#heardAt)
    this.#pace = this.#pace === 0 ? took : (3 * this.#pace + took) / 4
    this.#heardAt = now
    this.#next++
  }

  async #segmentDone(): Promise<void> {
    const segment = Math.floor((this.#next - 1) / chunksEach)
    const expected = this.#hashes[segment]
    const hash = copy(this.#hash.digest())
    this.#hash = createHash('sha256')
    if (expected === undefined || !equal(hash, expected)) {
      this.#fetch.writer.drop()
      throw new Fault('unreadable', 'A segment of a file is not what was offered')
    }
    await this.#saving
    this.#saving = this.#fetch.writer.save(segment * chunksEach).then(() => this.#fetch.saved(segment, hash))
    // told to whoever waits for it next
    this.#saving.catch(() => {})
  }

  async #grant(signal: AbortSignal): Promise<void> {
    const { wire, timing } = this.#fetch
    const ahead = Math.max(1, Math.min(window, Math.floor(aheadMs / Math.max(1, this.#pace))))
    const wanted = Math.min(this.#next + ahead, this.#chunks)
    const left = this.#credit - this.#next
    if (wanted <= this.#credit || left > ahead / 2) return
    this.#credit = wanted
    await wire.write({ kind: 'credit', chunks: wanted }, timing.stall, signal)
  }
}
