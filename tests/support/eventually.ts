import { setTimeout as wait } from 'node:timers/promises'

export interface EventuallyOptions {
  readonly timeoutMs?: number
  readonly everyMs?: number
  /** What is waited for, for the error. */
  readonly what?: string
}

/**
 * Asks again until `check` gives something other than undefined and false.
 *
 * @throws Error with the last failure once the deadline has passed
 */
export async function eventually<Value>(
  check: () => Promise<Value> | Value,
  { timeoutMs = 20_000, everyMs = 25, what = 'a condition' }: EventuallyOptions = {},
): Promise<Exclude<Awaited<Value>, undefined | false>> {
  const deadline = performance.now() + timeoutMs
  let last: unknown
  while (performance.now() < deadline) {
    try {
      const value = await check()
      if (value !== undefined && value !== false) return value as Exclude<Awaited<Value>, undefined | false>
      last = undefined
    } catch (error) {
      last = error
    }
    await wait(everyMs)
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause: last })
}
