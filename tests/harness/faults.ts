/** What one scenario of a suite of faults found. */
export interface ScenarioReport {
  readonly scenario: string
  /** Makes this scenario again, alone. */
  readonly seed: number
  /** What somebody was told is saved (or deleted), and so must be so. */
  readonly promised: number
  readonly found: number
  readonly lost: number
  /** Found twice. */
  readonly duplicated: number
  /** Messages in another order; boxes that are older than was promised, or deleted. */
  readonly reordered: number
  /** Processes that ended without being killed by the suite, or would not start again. */
  readonly crashed: number
  /** Numbers that are only reported. */
  readonly notes: Readonly<Record<string, number>>
  /** What is not as it must be besides, one sentence each. */
  readonly broken: readonly string[]
  /** Why this machine cannot show it. */
  readonly skipped?: string
}

/** What a suite of faults found. */
export interface FaultReport {
  readonly suite: string
  readonly seed: number
  readonly scenarios: readonly ScenarioReport[]
  readonly ok: boolean
}

/** What a scenario knows by itself. */
export type Outcome = Omit<ScenarioReport, 'scenario' | 'seed'>

/** Nothing promised, nothing broken. */
export const nothing: Outcome = {
  promised: 0,
  found: 0,
  lost: 0,
  duplicated: 0,
  reordered: 0,
  crashed: 0,
  notes: {},
  broken: [],
}

export function isOk({ lost, duplicated, reordered, crashed, broken }: Outcome): boolean {
  return lost + duplicated + reordered + crashed + broken.length === 0
}

export function faultReport(suite: string, seed: number, scenarios: readonly ScenarioReport[]): FaultReport {
  return { suite, seed, scenarios, ok: scenarios.every(isOk) }
}

/** A scenario that ends with an error has lost whatever it was about to look at. */
export async function scenarioReport(
  scenario: string,
  seed: number,
  body: () => Promise<Outcome>,
): Promise<ScenarioReport> {
  try {
    return { scenario, seed, ...(await body()) }
  } catch (error) {
    return { scenario, seed, ...nothing, broken: [errorLine(error)] }
  }
}

/** One line for a person. */
export function describe(report: ScenarioReport): string {
  const { scenario, seed, skipped, notes, broken } = report
  if (skipped !== undefined) return `${scenario} --seed ${seed}: skipped, ${skipped}`
  const counts = (['promised', 'found', 'lost', 'duplicated', 'reordered', 'crashed'] as const).map(
    (name) => `${name} ${report[name]}`,
  )
  const numbers = Object.entries(notes).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
  const verdict = isOk(report) ? 'ok' : 'NOT OK'
  return [`${scenario} --seed ${seed}: ${verdict}`, counts.join(', '), numbers.join(', '), ...broken]
    .filter((part) => part !== '')
    .join(' | ')
}

export function printFaults(report: FaultReport, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(report))
    return
  }
  console.table(
    report.scenarios.map(({ scenario, seed, promised, found, lost, duplicated, reordered, crashed, ...more }) => ({
      scenario,
      seed,
      promised,
      found,
      lost,
      duplicated,
      reordered,
      crashed,
      ok:
        more.skipped === undefined
          ? more.broken.length + lost + duplicated + reordered + crashed === 0
            ? 'yes'
            : 'NO'
          : 'skipped',
    })),
  )
  console.log(
    `${report.suite} --seed ${report.seed}: ${report.ok ? 'everything that was promised is there' : 'NOT OK'}`,
  )
}

/** What went wrong, and why, in one line. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${errorLine(error.cause)}`
}
