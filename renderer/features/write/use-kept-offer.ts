import { useCallback, useEffect, useRef } from 'react'
import type { UnfinishedOffer } from '../../../core/api/offers.ts'
import { useClient } from '../../api/context.tsx'
import { useDraft } from '../../shell/drafts.tsx'

/** Milliseconds of quiet after which it is kept in the vault. */
const pause = 600

/** What is being written, and as whom. */
export interface Writing {
  readonly personaId: string
  readonly draft: UnfinishedOffer
}

/** Other words of an offer, or how they follow from those that stand there now. */
export type Change = Partial<UnfinishedOffer> | ((now: UnfinishedOffer) => Partial<UnfinishedOffer>)

interface KeptOffer extends Writing {
  readonly setPersona: (personaId: string) => void
  /** The same function for as long as the page lives. */
  readonly change: (change: Change) => void
  /** Publishes it or throws it away: it is not kept meanwhile, and no longer afterwards. */
  readonly finish: <T>(body: () => Promise<T>) => Promise<T>
}

/**
 * An offer that is being written: at hand while the page lives, and kept by
 * core, so that it is still there after a lock or a power cut.
 *
 * @param begun what core had when the page was opened
 * @param offerId of the offer that is changed
 */
export function useKeptOffer(draftId: string, begun: Writing, offerId: string | undefined): KeptOffer {
  const client = useClient()
  const [writing, setWriting, forget] = useDraft(`write ${draftId}`, begun)
  const latest = useRef(writing)
  const saved = useRef(begun)
  const saving = useRef<Promise<unknown>>(Promise.resolve())
  const isClosed = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback((): void => {
    clearTimeout(timer.current)
    const now = latest.current
    if (isClosed.current || now === saved.current) return
    saved.current = now
    const change = offerId === undefined ? {} : { offerId }
    // what is too long to be kept stays on the page
    saving.current = client.offers.saveDraft({ draftId, ...now, ...change }).catch(() => {})
  }, [client, draftId, offerId])

  const set = useCallback(
    (change: Partial<Writing>): void => {
      latest.current = { ...latest.current, ...change }
      setWriting(latest.current)
      clearTimeout(timer.current)
      timer.current = setTimeout(save, pause)
    },
    [save, setWriting],
  )
  const change = useCallback(
    (change: Change): void => {
      const { draft } = latest.current
      set({ draft: { ...draft, ...(typeof change === 'function' ? change(draft) : change) } })
    },
    [set],
  )

  useEffect(() => {
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [save])

  const finish = useCallback(
    async <T>(body: () => Promise<T>): Promise<T> => {
      isClosed.current = true
      clearTimeout(timer.current)
      await saving.current
      try {
        const done = await body()
        forget()
        return done
      } catch (error) {
        isClosed.current = false
        save()
        throw error
      }
    },
    [forget, save],
  )
  return { ...writing, setPersona: (personaId) => set({ personaId }), change, finish }
}
