import type { Clock } from '../base/clock.ts'
import { leastStraggler, mostStraggler, stragglerFactor } from './limits.ts'

/**
 * Waits for all of `tasks`, but not for the slow ones: once there are enough
 * results the others get three times as long again as these took, within
 * bounds. Those that fail are left out.
 *
 * @param enough by default half of the tasks
 */
export async function gather<Result>(
  tasks: readonly Promise<Result>[],
  clock: Clock,
  enough: (results: readonly Result[]) => boolean = ({ length }) => length * 2 >= tasks.length,
): Promise<Result[]> {
  const results: Result[] = []
  const from = clock.now()
  const reached = Promise.withResolvers<void>()
  const settled = Promise.all(
    tasks.map(async (task) => {
      try {
        results.push(await task)
        if (enough(results)) reached.resolve()
      } catch {
        // left out
      }
    }),
  )
  const end = new AbortController()
  const late = reached.promise
    .then(() => {
      const patience = Math.max(leastStraggler, stragglerFactor * (clock.now() - from))
      return clock.wait(Math.min(mostStraggler, patience), end.signal)
    })
    .catch(() => {})
  await Promise.race([settled, late])
  end.abort(end)
  return [...results]
}
