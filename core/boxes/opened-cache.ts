import { rememberedBoxes } from './limits.ts'
import type { Proven } from './record.ts'

/** The key of one author's record at one place: those of one place begin alike. */
export function recordKey(place: string, digest: string): string {
  return place + digest
}

const placeLength = 64

/** What was read and verified already, in memory only; the least recently used goes first. */
export class OpenedCache {
  readonly #known = new Map<string, Proven>()
  /** How many records are known of a place. */
  readonly #places = new Map<string, number>()

  get(key: string): Proven | undefined {
    const proven = this.#known.get(key)
    if (proven !== undefined) this.set(key, proven)
    return proven
  }

  set(key: string, proven: Proven | undefined): void {
    this.#delete(key)
    if (proven === undefined) return
    this.#known.set(key, proven)
    this.#count(key, 1)
    const [oldest] = this.#known.keys()
    if (this.#known.size > rememberedBoxes && oldest !== undefined) this.#delete(oldest)
  }

  /** Whether anything is known of a place. @param place its key */
  hasPlace(place: string): boolean {
    return this.#places.has(place)
  }

  clear(): void {
    this.#known.clear()
    this.#places.clear()
  }

  #delete(key: string): void {
    if (this.#known.delete(key)) this.#count(key, -1)
  }

  #count(key: string, change: number): void {
    const place = key.slice(0, placeLength)
    const count = (this.#places.get(place) ?? 0) + change
    if (count === 0) this.#places.delete(place)
    else this.#places.set(place, count)
  }
}
