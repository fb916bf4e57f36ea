import { useCallback, useEffect, useRef } from 'react'
import { useClient } from '../../api/context.tsx'
import { useDraft } from '../../shell/drafts.tsx'

/** Milliseconds of quiet after which a draft is kept in the vault. */
const pause = 600

/**
 * What was begun to be written: at hand while the page lives, and kept by core,
 * so that it is still there after a lock or a power cut.
 *
 * @param kept what core had when the conversation was opened
 */
export function useKeptDraft(
  conversationId: string,
  kept: string,
): [text: string, set: (text: string) => void, clear: () => void] {
  const client = useClient()
  const [text, setText] = useDraft(`message ${conversationId}`, kept)
  const saved = useRef(kept)
  const latest = useRef(text)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const save = useCallback((): void => {
    clearTimeout(timer.current)
    const draft = latest.current
    if (draft === saved.current) return
    saved.current = draft
    // too long to be sent is too long to be kept: it stays on the page
    client.conversations.saveDraft({ conversationId, text: draft }).catch(() => {})
  }, [client, conversationId])

  const set = useCallback(
    (text: string): void => {
      latest.current = text
      setText(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(save, pause)
    },
    [save, setText],
  )

  useEffect(() => {
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [save])

  const clear = useCallback((): void => {
    latest.current = ''
    setText('')
    save()
  }, [save, setText])
  return [text, set, clear]
}
