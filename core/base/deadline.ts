import type { Clock } from './clock.ts'
import { Fault } from './fault.ts'

/**
 * Runs `body` and gives it `ms`: after that, or when `signal` aborts, its own
 * signal aborts, and this rejects even where `body` does not care.
 *
 * @throws Fault `timeout`; `signal.reason` where that came first; else what `body` throws
 */
export async function withDeadline<Result>(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  body: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted()
  const own = new AbortController()
  const done = new AbortController()
  const cancel = (): void => own.abort(signal?.reason)
  signal?.addEventListener('abort', cancel, { once: true })
  clock.wait(ms, done.signal).then(
    () => own.abort(new Fault('timeout', 'It took too long', { retryable: true })),
    () => {},
  )
  const late = new Promise<never>((_, reject) => {
    own.signal.addEventListener('abort', () => reject(own.signal.reason as Error), { once: true })
  })
  try {
    return await Promise.race([body(own.signal), late])
  } catch (error) {
    // a library that is aborted throws words of its own
    throw own.signal.aborted ? own.signal.reason : error
  } finally {
    // a reason of its own, since making the usual one takes longer than all the rest
    done.abort(done)
    signal?.removeEventListener('abort', cancel)
  }
}
