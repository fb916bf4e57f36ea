import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Client } from '../api/client.ts'
import { useClient } from '../api/context.tsx'
import { createDoubleEscape } from './quick-exit.ts'
import './cover.css'

/** Milliseconds until a lock that did not arrive is asked for again. */
const pause = 1000

/**
 * Escape twice: everything is locked, and a page of notes lies on top.
 *
 * The page is put up first and does not wait for the lock, because whoever
 * presses this has no time. What was inside is taken out of the document.
 */
export function Cover({ children }: { readonly children: ReactNode }) {
  const client = useClient()
  const [covered, setCovered] = useState(false)
  const locked = useRef<Promise<void>>(Promise.resolve())

  useEffect(() => {
    const isSecond = createDoubleEscape()
    const listen = ({ key, timeStamp, repeat }: KeyboardEvent): void => {
      if (repeat || !isSecond(key, timeStamp)) return
      setCovered(true)
      locked.current = lock(client)
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [client])

  // never off before the lock is on
  const open = (): void => void locked.current.then(() => setCovered(false))
  return covered ? <Notes onOpen={open} /> : children
}

async function lock(client: Client): Promise<void> {
  for (;;) {
    try {
      await client.vault.lock()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

function Notes({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useLingui()
  return (
    <main className="notes">
      <div className="notes-head">
        <h1>
          <Trans>Notes</Trans>
        </h1>
        <button type="button" className="notes-open" onClick={onOpen}>
          <Trans>Open</Trans>
        </button>
      </div>
      <textarea
        className="notes-paper"
        aria-label={t`Note`}
        spellCheck="false"
        placeholder={t`Write something down…`}
      />
      <p className="notes-foot">
        <Trans>Not saved</Trans>
      </p>
    </main>
  )
}
