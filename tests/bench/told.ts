import type { Figure } from '../harness/figures.ts'

/** What a row found is on stderr as soon as it is known, so that a later row that fails does not take it along. */
export async function told(name: string, row: () => Promise<Figure[]>): Promise<Figure[]> {
  const from = performance.now()
  console.error(`${name} …`)
  const figures = await row()
  for (const { name, ours, baseline, ratio } of figures) {
    const beside =
      baseline === null || ratio === null ? '' : `, baseline ${inShort(baseline)}, ratio ${ratio.toFixed(2)}`
    console.error(`  ${name}: ${inShort(ours)}${beside}`)
  }
  console.error(`${name} took ${Math.round((performance.now() - from) / 1000)} s`)
  return figures
}

function inShort(value: number): string {
  return value.toFixed(value < 10 ? 3 : 1)
}
