import { describe, scenarioReport, type ScenarioReport } from '../harness/faults.ts'
import { churn } from './boxes/churn.ts'
import { disk } from './boxes/disk.ts'
import { flood } from './boxes/flood.ts'
import { kill } from './boxes/kill.ts'
import { liars } from './boxes/liars.ts'
import { partition } from './boxes/partition.ts'
import { skew } from './boxes/skew.ts'
import { play, type Scenario } from './boxes/stage.ts'

/** In the order in which they are played. `npm run faults -- boxes:NAME` plays one alone. */
const scenarios: Readonly<Record<string, Scenario>> = {
  churn,
  partition,
  liars,
  skew,
  kill,
  disk,
  flood,
}

export const boxScenarios = Object.keys(scenarios)

/**
 * What happens to boxes that somebody was promised, when all goes wrong that can.
 *
 * @param only one scenario; its seed is the suite's, plus its place in the order
 */
export async function boxFaults(
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
      const report = await scenarioReport(`boxes:${name}`, own, () => play(scenario, { seed: own, percent, tell }))
      tell(`${describe(report)} (${Math.round((performance.now() - from) / 1000)} s)`)
      reports.push(report)
    }
  }
  return reports
}
