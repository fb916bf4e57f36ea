import type { Tally } from './ledger.ts'

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { promised: 0, found: 0, lost: 0, duplicated: 0, reordered: 0 }
  for (const tally of tallies) {
    for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += tally[name]
  }
  return sum
}
