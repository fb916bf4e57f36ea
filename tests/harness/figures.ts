import { cpus, totalmem } from 'node:os'

/** One measurement beside a named baseline of the same run. Milliseconds unless the name says otherwise. */
export interface Figure {
  readonly name: string
  readonly ours: number
  readonly baseline: number | null
  readonly baselineName: string | null
  /** ours / baseline */
  readonly ratio: number | null
  /** What the ratio must keep to; null where the figure is only reported. */
  readonly target: number | null
  readonly bound: 'at most' | 'at least'
  readonly met: boolean | null
}

export interface BenchReport {
  readonly suite: string
  readonly seed: number
  readonly machine: { readonly cores: number; readonly cpu: string; readonly memoryGiB: number; readonly node: string }
  readonly figures: readonly Figure[]
}

export function figure(
  name: string,
  ours: number,
  against?: {
    readonly name: string
    readonly value: number
    readonly target?: number
    /** `at most` where it is not said. */
    readonly bound?: Figure['bound']
  },
): Figure {
  const ratio = against === undefined ? null : ours / against.value
  const target = against?.target ?? null
  const bound = against?.bound ?? 'at most'
  return {
    name,
    ours,
    baseline: against?.value ?? null,
    baselineName: against?.name ?? null,
    ratio,
    target,
    bound,
    met: ratio === null || target === null ? null : bound === 'at most' ? ratio <= target : ratio >= target,
  }
}

export function benchReport(suite: string, seed: number, figures: readonly Figure[]): BenchReport {
  const processors = cpus()
  const machine = {
    cores: processors.length,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
  return { suite, seed, machine, figures }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) throw new RangeError('values: expected at least one')
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** @param p 0 to 100 */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('values: expected at least one')
  return value
}

/** Median of `times` runs in milliseconds, after one that is not counted. */
export async function medianTime(times: number, body: (run: number) => Promise<void>): Promise<number> {
  await body(-1)
  const taken: number[] = []
  for (let run = 0; run < times; run++) {
    const from = performance.now()
    await body(run)
    taken.push(performance.now() - from)
  }
  return median(taken)
}

export function printBench(report: BenchReport, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  const { cores, cpu, memoryGiB, node } = report.machine
  console.log(`${report.suite}, seed ${report.seed}, ${cores} cores (${cpu}), ${memoryGiB} GiB, node ${node}`)
  console.table(
    report.figures.map(({ name, ours, baseline, baselineName, ratio, target, bound, met }) => ({
      figure: name,
      ours: round(ours),
      baseline: baseline === null ? '' : `${round(baseline)} (${baselineName ?? ''})`,
      ratio: ratio === null ? '' : round(ratio),
      target: target === null ? '' : `${bound === 'at most' ? '<=' : '>='} ${target}`,
      met: met === null ? '' : met ? 'yes' : 'NO',
    })),
  )
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}
