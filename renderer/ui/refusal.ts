import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

interface Refusal {
  readonly form: RefObject<HTMLFormElement | null>
  readonly refuse: () => void
  /** Whether the form may say what it lacks: before, the person was not done. */
  readonly wasRefused: boolean
  /** The person begins anew, with other words than those that were refused. */
  readonly forget: () => void
}

/** Leads whoever sent a form that will not do to the first thing in it that is wrong: it may be out of sight. */
export function useRefusal(): Refusal {
  const form = useRef<HTMLFormElement>(null)
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (times > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [times])
  const refuse = useCallback(() => setTimes((times) => times + 1), [])
  const forget = useCallback(() => setTimes(0), [])
  return { form, refuse, wasRefused: times > 0, forget }
}
