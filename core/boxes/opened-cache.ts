import { rememberedBoxes } from './limits.ts'
import type { Proven } from './record.ts'

/** What was read and verified already, in memory only; the least recently used goes first. */
export class OpenedCache {
  readonly #known = new Map<string, Proven>()

  get(key: string): Proven | undefined {
    const proven = this.#known.get(key)
    if (proven !== undefined) this.set(key, proven)
    return proven
  }

  set(key: string, proven: Proven | undefined): void {
    this.#known.delete(key)
    if (proven === undefined) return
    this.#known.set(key, proven)
    const [oldest] = this.#known.keys()
    if (this.#known.size > rememberedBoxes && oldest !== undefined) this.#known.delete(oldest)
  }

  clear(): void {
    this.#known.clear()
  }
}
