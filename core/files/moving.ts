import type { AppEvent } from '../api/events.ts'
import type { Clock } from '../base/clock.ts'
import type { ConversationId, FileId } from '../base/ids.ts'

/** A file that moves now, in whichever direction. */
export interface Move {
  readonly fileId: FileId
  readonly conversationId: ConversationId
  readonly chunks: number
  readonly abort: AbortController
  /** Chunks that are there. */
  done: number
  toldAt: number
  /** Resolves once it moves no more. */
  readonly ended: Promise<void>
  readonly end: () => void
}

/** A bar on screen needs no more. */
const tellEvery = 200

/** What moves now: one transfer a file. */
export class Moving {
  readonly #clock: Clock
  readonly #emit: (event: AppEvent) => void
  readonly #moves = new Map<FileId, Move>()

  constructor(clock: Clock, emit: (event: AppEvent) => void) {
    this.#clock = clock
    this.#emit = emit
  }

  get count(): number {
    return this.#moves.size
  }

  /** Of one file, 0 to 1; undefined where it does not move. */
  fraction(id: FileId): number | undefined {
    const move = this.#moves.get(id)
    return move === undefined ? undefined : Math.min(1, move.done / move.chunks)
  }

  begin(file: Pick<Move, 'fileId' | 'conversationId' | 'chunks' | 'done'>): Move {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const move: Move = { ...file, abort: new AbortController(), toldAt: this.#clock.now(), ended, end }
    this.#moves.set(file.fileId, move)
    this.#emit({ type: 'files', conversationId: move.conversationId })
    return move
  }

  moved(move: Move, done: number): void {
    move.done = done
    const now = this.#clock.now()
    if (now < move.toldAt + tellEvery && now >= move.toldAt) return
    move.toldAt = now
    const fraction = Math.min(1, done / move.chunks)
    this.#emit({ type: 'progress', subject: move.fileId, progress: { phase: 'working', fraction } })
  }

  end(move: Move): void {
    if (this.#moves.get(move.fileId) === move) this.#moves.delete(move.fileId)
    this.#emit({ type: 'progress', subject: move.fileId, progress: null })
    this.#emit({ type: 'files', conversationId: move.conversationId })
    move.end()
  }

  /** Aborts what moves of a file and waits until it has ended. */
  async stop(id: FileId, reason: Error): Promise<void> {
    const move = this.#moves.get(id)
    move?.abort.abort(reason)
    await move?.ended
  }

  /** The same for all. */
  async stopAll(reason: Error): Promise<void> {
    await Promise.all([...this.#moves.keys()].map((id) => this.stop(id, reason)))
  }
}
