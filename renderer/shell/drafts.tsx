import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'

const Context = createContext<Map<string, unknown> | undefined>(undefined)

/** Keeps what was begun to be written while the person looks elsewhere; gone when the vault is locked. */
export function DraftsProvider({ children }: { readonly children: ReactNode }) {
  const [drafts] = useState(() => new Map<string, unknown>())
  return <Context value={drafts}>{children}</Context>
}

/** State that outlives its page. The key must not change while the page is shown. */
export function useDraft<T>(
  key: string,
  initial: T,
): [value: T, set: (next: T | ((now: T) => T)) => void, clear: () => void] {
  const drafts = useContext(Context)
  if (drafts === undefined) throw new Error('Outside of DraftsProvider')
  const [value, setValue] = useState<T>(() => (drafts.has(key) ? (drafts.get(key) as T) : initial))
  const set = useCallback(
    (next: T | ((now: T) => T)) => {
      const now = drafts.has(key) ? (drafts.get(key) as T) : initial
      const value = typeof next === 'function' ? (next as (now: T) => T)(now) : next
      drafts.set(key, value)
      setValue(value)
    },
    // oxlint-disable-next-line react/exhaustive-deps -- the first `initial` is the one
    [drafts, key],
  )
  const clear = useCallback(() => {
    drafts.delete(key)
    setValue(initial)
    // oxlint-disable-next-line react/exhaustive-deps -- the first `initial` is the one
  }, [drafts, key])
  return [value, set, clear]
}
