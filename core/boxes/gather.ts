import type { Clock } from '../base/clock.ts'
import { stragglers } from './limits.ts'

/**
 * Waits for all of `tasks`, but not for the slow ones: once half have succeeded
 * the others get so much longer. Those that fail are left out.
 */
export async function gather<Result>(tasks: readonly Promise<Result>[], clock: Clock): Promise<Result[]> {
  const results: Result[] = []
  const half = Promise.withResolvers<void>()
  const settled = Promise.all(
    tasks.map(async (task) => {
      try {
        results.push(await task)
        if (results.length * 2 >= tasks.length) half.resolve()
      } catch {
        // left out
      }
    }),
  )
  const enough = new AbortController()
  const late = half.promise.then(() => clock.wait(stragglers, enough.signal)).catch(() => {})
  await Promise.race([settled, late])
  enough.abort()
  return [...results]
}
