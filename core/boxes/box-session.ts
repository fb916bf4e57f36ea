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
  type Digests,
  type Held,
  type Hello,
  type Listed,
  type RecordName,
  type Request,
} from './messages.ts'
import { listedIn } from './parts.ts'
import { signFetch } from './proof.ts'

/** The longest answer is 32 boxes of 16 KiB. */
const buffer = 640 * 1024

interface Line {
  readonly frames: Frames
  readonly hello: Hello
}

/** What a node says that lies at the places that were asked for, by their index. */
export interface Listing {
  readonly places: ReadonlyMap<number, readonly Listed[]>
  /** What came along: all of it, or nothing. */
  readonly records: readonly {
    readonly index: number
    readonly digest: Bytes
    readonly record: Bytes | undefined
  }[]
}

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

  /**
   * What lies at places, and where that is little, the records along with it.
   *
   * @param places at most 64
   * @param along how many records may come along, at most 8; else none does
   */
  async list(places: readonly ReadCapability[], along: number, signal: AbortSignal | undefined): Promise<Listing> {
    if (places.length > maxPlaces) throw new RangeError('places: at most 64')
    const node = this.peer.toMultihash().bytes
    return this.#exchange(signal, async ({ frames, hello: { nonce } }, signal) => {
      const proofs = places.map(({ place, read }) => ({ place, signature: signFetch({ nonce, node, place }, read) }))
      const request: Request = along > 0 ? { type: 'read', along, places: proofs } : { type: 'fetch', places: proofs }
      await frames.write(encodeRequest(request), signal)
      const parts = await this.#parts(frames, places.length, signal)
      const names = listedIn(parts)
      const records = names.length <= along ? await this.#records(frames, names.length, signal) : []
      return {
        places: new Map(parts.flatMap((part) => part.places.map(({ index, listed }) => [index, listed]))),
        records: names.map(({ index, digest }, at) => ({ index, digest, record: records[at] })),
      }
    })
  }

  async #parts(frames: Frames, places: number, signal: AbortSignal): Promise<Digests[]> {
    const parts: Digests[] = []
    let last = -1
    for (;;) {
      const answer = await next(frames, signal)
      if (answer.type === 'refused') throw refusedToRead()
      if (answer.type !== 'digests') throw nonsense()
      for (const { index } of answer.places) {
        // parts follow each other in the order asked, so none can come twice and the answer is bounded
        if (index >= places || index <= last) throw nonsense()
        last = index
      }
      parts.push(answer)
      if (!answer.more) return parts
    }
  }

  async #records(frames: Frames, count: number, signal: AbortSignal): Promise<(Bytes | undefined)[]> {
    const records: (Bytes | undefined)[] = []
    while (records.length < count) {
      const answer = await next(frames, signal)
      if (answer.type === 'refused') throw refusedToRead()
      if (answer.type !== 'record') throw nonsense()
      records.push(answer.record)
      // a long answer over a slow line is no silence
      this.#waitingSince = this.#clock.now()
    }
    return records
  }

  /** @param names at most 32 @returns the records in the order asked */
  async get(names: readonly RecordName[], signal: AbortSignal | undefined): Promise<(Bytes | undefined)[]> {
    return this.#exchange(signal, async ({ frames }, signal) => {
      await frames.write(encodeRequest({ type: 'get', names }), signal)
      return this.#records(frames, names.length, signal)
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
