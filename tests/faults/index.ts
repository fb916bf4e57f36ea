import { faultReport, printFaults, type ScenarioReport } from '../harness/faults.ts'
import { freshSeed, readOptions } from '../harness/options.ts'
import { boxScenarios } from './boxes.ts'
import { circleScenarios } from './circles.ts'
import { commonsScenarios } from './commons.ts'
import { conversationScenarios } from './conversations.ts'
import { journeyFaults } from './journey.ts'
import { mentorshipScenarios } from './mentorships.ts'
import { playScenarios, type Scenarios } from './scenarios.ts'

/**
 * `npm run faults -- SUITE [--seed S] [--runs N] [--percent N] [--json]`: what
 * promises survive. Exit status 0 only if all did.
 *
 * Each scenario prints its own seed: `SUITE:NAME --seed S` plays it again, alone.
 * `--percent` makes scenarios smaller or larger, where a suite has any.
 */
type Suite = (tell: (line: string) => void) => Promise<ScenarioReport[]>

const played: Readonly<Record<string, Scenarios>> = {
  boxes: boxScenarios,
  conversations: conversationScenarios,
  circles: circleScenarios,
  mentorships: mentorshipScenarios,
  commons: commonsScenarios,
}
const names = Object.entries(played).flatMap(([suite, scenarios]) => [
  suite,
  ...Object.keys(scenarios).map((name) => `${suite}:${name}`),
])
const { suite, json, numbers } = readOptions('faults', ['journey', ...names], {
  seed: freshSeed(),
  /** 0 is what the suite takes by itself. */
  runs: 0,
  percent: 100,
})
const { seed, runs, percent } = numbers
const suites: Readonly<Record<string, Suite>> = {
  journey: (tell) => journeyFaults(seed, runs === 0 ? 5 : runs, tell),
  ...Object.fromEntries(
    names.map((name): [string, Suite] => {
      const [all = '', only] = name.split(':')
      const size = { seed, runs: runs === 0 ? 1 : runs, percent }
      return [name, (tell) => playScenarios(all, played[all] ?? {}, size, only, tell)]
    }),
  ),
}
const scenarios = await suites[suite]?.((line) => console.error(line))
if (scenarios === undefined) throw new Error('No such suite')
const report = faultReport(suite, seed, scenarios)
printFaults(report, json)
process.exitCode = report.ok ? 0 : 1
