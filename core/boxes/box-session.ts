import type { PeerId } from '@libp2p/interface'
import type { Bytes } from '../base/bytes.ts'
import type { Clock } from '../base/clock.ts'
import { withDeadline } from '../base/deadline.ts'
import { Fault, isFault } from '../base/fault.ts'
import { Locks } from '../base/locks.ts'
import type { PrivateNode } from '../network/libp2p.ts'
import { boxProtocol } from '../network/protocols.ts'
import type { ReadCapability } from './capability.ts'
import type { Verdict } from './acceptance.ts'
import { Frames } from './frames.ts'
import { maxFrame, maxPlaces, nodeDeadline, silentAfter, silentFor } from './limits.ts'
import {
  decodeAnswer,
  encodeRequest,
  type Answer,
  type Held,
  type Hello,
  type Listed,
  type RecordName,
} from './messages.ts'
import { signFetch } from './proof.ts'

/** The longest answer is 32 boxes of 16 KiB. */
const buffer = 640 * 1024

interface Line {
  readonly frames: Frames
  readonly hello: Hello
}

/** What lies at the places that were asked for, by their index. */
export type Listing = ReadonlyMap<number, readonly Listed[]>

/**
 * One box stream to one node: opened when it is first needed, kept
 * open, opened again when it broke. One request at a time; each may be repeated.
 *
 * Every call has the node's deadline. They throw Fault `unreachable` or
 * `timeout`, `malformed` where the node answers nonsense, `box-refused` where
 * it does not let us read, `cancelled`.
 */
export class BoxSession {
  readonly peer: PeerId
  readonly #libp2p: () => PrivateNode
  readonly #clock: Clock
  readonly #queue = new Locks()
  #line: Line | undefined
  /** Since when the oldest request waits for its answer, by the clock. */
  #waitingSince: number | undefined
  #failedAt = Number.NEGATIVE_INFINITY

  constructor({ libp2p, peer, clock }: { libp2p: () => PrivateNode; peer: PeerId; clock: Clock }) {
    this.#libp2p = libp2p
    this.peer = peer
    this.#clock = clock
  }

  /** Whether the node owes an answer, or failed not long ago. */
  get silent(): boolean {
    const now = this.#clock.now()
    const owing = this.#waitingSince !== undefined && now - this.#waitingSince > silentAfter
    return owing || now - this.#failedAt < silentFor
  }

  /** Proof of work that the node asks for: what it said when the stream was opened, or in its last refusal. */
  async workBits(signal: AbortSignal | undefined): Promise<number> {
    return this.#exchange(signal, ({ hello }) => Promise.resolve(hello.workBits))
  }

  async store(box: Bytes, signal: AbortSignal | undefined): Promise<Verdict> {
    const verdict = await this.#ask({ type: 'store', box }, signal)
    // the stream's difficulty is from when it was opened: the next box must ask again
    if (verdict.type === 'refused' && verdict.reason === 'work-too-low') this.close()
    return verdict
  }

  async bury(tombstone: Bytes, signal: AbortSignal | undefined): Promise<Verdict> {
    return this.#ask({ type: 'delete', tombstone }, signal)
  }

  /** @param places at most 64 */
  async list(places: readonly ReadCapability[], signal: AbortSignal | undefined): Promise<Listing> {
    if (places.length > maxPlaces) throw new RangeError('places: at most 64')
    const node = this.peer.toMultihash().bytes
    return this.#exchange(signal, async ({ frames, hello: { nonce } }, signal) => {
      const proofs = places.map(({ place, read }) => ({ place, signature: signFetch({ nonce, node, place }, read) }))
      await frames.write(encodeRequest({ type: 'fetch', places: proofs }), signal)
      const listing = new Map<number, readonly Listed[]>()
      for (;;) {
        const answer = await next(frames, signal)
        if (answer.type === 'refused') throw refusedToRead()
        if (answer.type !== 'digests') throw nonsense()
        for (const { index, listed } of answer.places) {
          // parts follow each other in the order asked, so none can come twice and the answer is bounded
          if (index >= places.length || index <= ([...listing.keys()].at(-1) ?? -1)) throw nonsense()
          listing.set(index, listed)
        }
        if (!answer.more) return listing
      }
    })
  }

  /** @param names at most 32 @returns the records in the order asked */
  async get(names: readonly RecordName[], signal: AbortSignal | undefined): Promise<(Bytes | undefined)[]> {
    return this.#exchange(signal, async ({ frames }, signal) => {
      await frames.write(encodeRequest({ type: 'get', names }), signal)
      const records: (Bytes | undefined)[] = []
      while (records.length < names.length) {
        const answer = await next(frames, signal)
        if (answer.type === 'refused') throw refusedToRead()
        if (answer.type !== 'record') throw nonsense()
        records.push(answer.record)
        // a long answer over a slow line is no silence
        this.#waitingSince = this.#clock.now()
      }
      return records
    })
  }

  /** @param held at most 64 @returns for each whether the node lacks it */
  async lacks(held: readonly Held[], signal: AbortSignal | undefined): Promise<readonly boolean[]> {
    return this.#exchange(signal, async ({ frames }, signal) => {
      await frames.write(encodeRequest({ type: 'have', held }), signal)
      const answer = await next(frames, signal)
      if (answer.type === 'refused') throw refusedToRead()
      if (answer.type !== 'lacks' || answer.lacks.length !== held.length) throw nonsense()
      return answer.lacks
    })
  }

  /** What it gave was not what it should be: it is left alone as one that failed. */
  distrust(): void {
    this.#failedAt = this.#clock.now()
  }

  /** Ends the stream. A later call opens it again. */
  close(): void {
    this.#line?.frames.abort()
    this.#line = undefined
  }

  #ask(request: Parameters<typeof encodeRequest>[0], signal: AbortSignal | undefined): Promise<Verdict> {
    return this.#exchange(signal, async ({ frames }, signal) => {
      await frames.write(encodeRequest(request), signal)
      const answer = await next(frames, signal)
      if (answer.type !== 'done' && answer.type !== 'refused') throw nonsense()
      return answer
    })
  }

  async #exchange<Result>(
    signal: AbortSignal | undefined,
    body: (line: Line, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.#waitingSince ??= this.#clock.now()
    try {
      const result = await withDeadline(this.#clock, nodeDeadline, signal, (signal) =>
        this.#queue.run('', () => this.#attempt(body, signal)),
      )
      this.#failedAt = Number.NEGATIVE_INFINITY
      this.#waitingSince = undefined
      return result
    } catch (error) {
      this.#waitingSince = undefined
      if (signal?.aborted === true) throw new Fault('cancelled', 'A request to a node was cancelled')
      if (!isFault(error, 'box-refused')) this.#failedAt = this.#clock.now()
      throw isFault(error) ? error : new Fault('unreachable', 'A node does not answer', { retryable: true })
    }
  }

  /** On the stream that is open; where that turns out to be dead, once more on a fresh one. */
  async #attempt<Result>(
    body: (line: Line, signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    signal.throwIfAborted()
    const old = this.#line?.frames.open === true ? this.#line : undefined
    if (old !== undefined) {
      try {
        return await this.#use(old, body, signal)
      } catch (error) {
        if (signal.aborted || isFault(error)) throw error
      }
    }
    this.#line = await this.#open(signal)
    return this.#use(this.#line, body, signal)
  }

  /** A stream on which a request failed may hold half an answer: it is not used again. */
  async #use<Result>(
    line: Line,
    body: (line: Line, signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    try {
      return await body(line, signal)
    } catch (error) {
      line.frames.abort()
      if (this.#line === line) this.#line = undefined
      throw error
    }
  }

  async #open(signal: AbortSignal): Promise<Line> {
    const stream = await this.#libp2p().dialProtocol(this.peer, boxProtocol, { signal })
    const frames = new Frames(stream, { longest: maxFrame, buffer })
    try {
      const hello = await next(frames, signal)
      if (hello.type !== 'hello') throw nonsense()
      return { frames, hello }
    } catch (error) {
      frames.abort()
      throw error
    }
  }
}

async function next(frames: Frames, signal: AbortSignal): Promise<Answer> {
  return decodeAnswer(await frames.read(signal))
}

function nonsense(): Fault {
  return new Fault('malformed', 'A node answers something else than it was asked')
}

function refusedToRead(): Fault {
  return new Fault('box-refused', 'A node does not let us read now', { retryable: true })
}
