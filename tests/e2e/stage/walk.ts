import { test } from 'vitest'

export type Step = (name: string, body: () => Promise<void>) => void

/** Tests that are one walk: after the first that fails the others cannot be tried, and are skipped. */
export function walk(): Step {
  let broken = false
  return (name, body) => {
    test(name, async (context) => {
      if (broken) context.skip('an earlier step failed')
      broken = true
      await body()
      broken = false
    })
  }
}
