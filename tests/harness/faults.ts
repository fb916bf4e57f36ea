/** What a suite of faults found, over all its runs. */
export interface FaultReport {
  readonly suite: string
  readonly seed: number
  readonly runs: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  /** Processes that ended without being killed by the suite, or would not start again. */
  readonly crashed: number
  readonly ok: boolean
}

export function printFaults(report: FaultReport, json: boolean): void {
  if (json) console.log(JSON.stringify(report))
  else console.table([report])
}
