/** What one target took. */
export interface TargetReport {
  readonly name: string
  readonly iterations: number
  /** Inputs that were decoded, or requests that were answered as good ones are. */
  readonly accepted: number
  readonly slowestMs: number
}

/**
 * `crash`: something else than a promised Fault was thrown. `mismatch`: what was
 * decoded is encoded otherwise. `hang`: it took too long. `memory`: it was kept.
 * `lie`: something was believed that is not so. `service`: a good member was not served.
 */
export type FailureKind = 'crash' | 'mismatch' | 'hang' | 'memory' | 'lie' | 'service'

export interface Failure {
  readonly target: string
  readonly kind: FailureKind
  readonly seed: number
  readonly iteration: number
  readonly what: string
  /** Hexadecimal; minimised where the target is a decoder. */
  readonly input: string
}

export interface FuzzReport {
  readonly seed: number
  readonly seconds: number
  readonly targets: readonly TargetReport[]
  /** Of the heap, after everything, with the garbage collected. */
  readonly heapGrowthMiB: number
  readonly failures: readonly Failure[]
  readonly ok: boolean
}

export function printFuzz(report: FuzzReport, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  const { seed, seconds, targets, heapGrowthMiB, failures, ok } = report
  console.log(`fuzz, seed ${seed}, ${seconds} s`)
  console.table(targets.map((each) => ({ ...each, slowestMs: Number(each.slowestMs.toPrecision(3)) })))
  for (const { target, kind, iteration, what, input } of failures) {
    console.log(`${kind.toUpperCase()} in ${target}, seed ${seed}, iteration ${iteration}: ${shown(what)}`)
    console.log(`  input ${shown(input)}`)
  }
  const total = targets.reduce((sum, { iterations }) => sum + iterations, 0)
  console.log(`${total} inputs, ${failures.length} failures, heap ${heapGrowthMiB} MiB more: ${ok ? 'ok' : 'FAILED'}`)
}

/** What a terminal can hold; `--json` has all of it. */
function shown(words: string): string {
  return words.length <= 4000 ? words : `${words.slice(0, 4000)}… (${words.length} characters)`
}

/** What an error says, in one line. */
export function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [, at = ''] = (error.stack ?? '').split('\n')
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  return `${error.name}${code}: ${error.message} ${at.trim()}`.trim()
}
