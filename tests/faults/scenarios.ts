import { describe, scenarioReport, type ScenarioReport } from '../harness/faults.ts'
import { play, type Scenario } from './boxes/stage.ts'

/** Scenarios of one suite, in the order in which they are played. `npm run faults -- SUITE:NAME` plays one alone. */
export type Scenarios = Readonly<Record<string, Scenario>>

/** @param only one scenario; its seed is the suite's, plus its place in the order */
export async function playScenarios(
  suite: string,
  scenarios: Scenarios,
  { seed, runs, percent }: { readonly seed: number; readonly runs: number; readonly percent: number },
  only: string | undefined,
  tell: (line: string) => void,
): Promise<ScenarioReport[]> {
  const reports: ScenarioReport[] = []
  let next = seed
  for (let run = 0; run < runs; run++) {
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (only !== undefined && only !== name) continue
      const own = next++
      const from = performance.now()
      const report = await scenarioReport(`${suite}:${name}`, own, () => play(scenario, { seed: own, percent, tell }))
      tell(`${describe(report)} (${Math.round((performance.now() - from) / 1000)} s)`)
      reports.push(report)
    }
  }
  return reports
}
