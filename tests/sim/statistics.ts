/** Median, 95th percentile, greatest, mean and Gini coefficient (0 where all are the same) of some numbers. */
export interface Spread {
  readonly least: number
  readonly median: number
  readonly p95: number
  readonly most: number
  readonly mean: number
  readonly gini: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (fraction: number): number => sorted[Math.ceil(fraction * sorted.length) - 1] ?? sorted[0] ?? 0
  const sum = sorted.reduce((total, each) => total + each, 0)
  const weighted = sorted.reduce((total, each, index) => total + each * (2 * index - sorted.length + 1), 0)
  return {
    least: at(0),
    median: at(0.5),
    p95: at(0.95),
    most: at(1),
    mean: sorted.length === 0 ? 0 : rounded(sum / sorted.length),
    gini: sum === 0 ? 0 : rounded(weighted / (sorted.length * sum)),
  }
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
