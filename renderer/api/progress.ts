import type { Progress } from '../../core/api/views.ts'

/** How far background work is, by what it is for: told by events many times a second, so kept apart from the views. */
export class ProgressBook {
  readonly #now = new Map<string, Progress | null>()
  readonly #listeners = new Set<() => void>()

  /** undefined: nothing was told of it yet. null: it is over. */
  of(subject: string): Progress | null | undefined {
    return this.#now.get(subject)
  }

  tell(subject: string, progress: Progress | null): void {
    this.#now.set(subject, progress)
    this.#changed()
  }

  clear(): void {
    this.#now.clear()
    this.#changed()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
