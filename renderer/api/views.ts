import type { ViewKey } from './stale.ts'

/** What is known of one view. `data` stays while it is read anew, and when that fails. */
export interface ViewState<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly loading: boolean
}

interface Entry {
  state: ViewState<unknown>
  load: () => Promise<unknown>
  /** Rises with every wish to read; an answer to an older wish is followed by another reading. */
  wish: number
  running: boolean
  readonly listeners: Set<() => void>
}

const nothing: ViewState<never> = { data: undefined, error: undefined, loading: true }

/**
 * What the page has read, by key. Views that somebody looks at are read anew as
 * soon as they are stale, the others when somebody looks again.
 */
export class Views {
  readonly #entries = new Map<string, Entry>()

  state<T>(key: ViewKey): ViewState<T> {
    return (this.#entries.get(idOf(key))?.state ?? nothing) as ViewState<T>
  }

  /** Looks at a view until the returned function is called. */
  watch<T>(key: ViewKey, load: () => Promise<T>, listener: () => void): () => void {
    const id = idOf(key)
    let entry = this.#entries.get(id)
    if (entry === undefined) {
      entry = { state: nothing, load, wish: 1, running: false, listeners: new Set() }
      this.#entries.set(id, entry)
    }
    entry.load = load
    entry.listeners.add(listener)
    if (entry.wish > 0) void this.#read(entry)
    return () => entry.listeners.delete(listener)
  }

  /** Marks every view under `key` as stale. */
  invalidate(key: ViewKey): void {
    const prefix = idOf(key)
    for (const [id, entry] of this.#entries) {
      if (id !== prefix && !id.startsWith(`${prefix}/`)) continue
      entry.wish++
      if (entry.listeners.size > 0) void this.#read(entry)
    }
  }

  invalidateAll(): void {
    for (const id of new Set([...this.#entries.keys()].map((key) => key.split('/')[0] ?? key))) this.invalidate([id])
  }

  /** Puts in what is known already. */
  put<T>(key: ViewKey, data: T): void {
    const entry = this.#entries.get(idOf(key))
    if (entry === undefined) return
    entry.state = { data, error: undefined, loading: false }
    tell(entry)
  }

  /** Forgets everything, or everything but one: the vault was locked. */
  forget(except?: ViewKey): void {
    for (const [id, entry] of this.#entries) {
      if (except !== undefined && id === idOf(except)) continue
      entry.state = nothing
      entry.wish++
      if (entry.listeners.size === 0) this.#entries.delete(id)
      else tell(entry)
    }
  }

  async #read(entry: Entry): Promise<void> {
    if (entry.running) return
    entry.running = true
    while (entry.wish > 0 && entry.listeners.size > 0) {
      const wish = entry.wish
      entry.state = { ...entry.state, loading: true }
      const state = await entry.load().then(
        (data) => ({ data, error: undefined, loading: false }),
        (error: unknown) => ({ data: entry.state.data, error, loading: false }),
      )
      if (entry.wish !== wish) continue
      entry.wish = 0
      entry.state = state
      tell(entry)
    }
    entry.running = false
  }
}

function tell(entry: Entry): void {
  for (const listener of entry.listeners) listener()
}

function idOf(key: ViewKey): string {
  return key.join('/')
}
