import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { problemOf, type Problem } from './fault.ts'

export interface Action<Input extends readonly unknown[]> {
  /** Does it; one at a time. Resolves to whether it went well. */
  readonly run: (...input: Input) => Promise<boolean>
  readonly pending: boolean
  readonly problem: Problem | undefined
  readonly clear: () => void
}

/** Something that a person asks for and that may fail: knows whether it runs, and what went wrong the last time. */
export function useAction<Input extends readonly unknown[]>(
  body: (...input: Input) => Promise<unknown>,
): Action<Input> {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const busy = useRef(false)
  const latest = useRef(body)
  useLayoutEffect(() => {
    latest.current = body
  })

  const run = useCallback(async (...input: Input) => {
    if (busy.current) return false
    busy.current = true
    setPending(true)
    setProblem(undefined)
    try {
      await latest.current(...input)
      return true
    } catch (error) {
      setProblem(problemOf(error))
      return false
    } finally {
      busy.current = false
      setPending(false)
    }
  }, [])

  const clear = useCallback(() => setProblem(undefined), [])
  return { run, pending, problem, clear }
}
