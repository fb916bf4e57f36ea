import type { Clock } from '../base/clock.ts'
import { Fault } from '../base/fault.ts'

/** Runs `body` with a signal that aborts after `ms` or with `signal`, whichever is first. */
export async function within<Result>(
  ms: number,
  clock: Clock,
  signal: AbortSignal,
  body: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController()
  const done = new AbortController()
  clock.wait(ms, done.signal).then(
    () => late.abort(new Fault('timeout', 'It took too long', { retryable: true })),
    () => {},
  )
  try {
    return await body(AbortSignal.any([signal, late.signal]))
  } finally {
    done.abort()
  }
}
