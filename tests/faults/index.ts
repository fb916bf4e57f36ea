import { faultReport, printFaults, type ScenarioReport } from '../harness/faults.ts'
import { freshSeed, readOptions } from '../harness/options.ts'
import { boxFaults, boxScenarios } from './boxes.ts'
import { journeyFaults } from './journey.ts'

/**
 * `npm run faults -- SUITE [--seed S] [--runs N] [--percent N] [--json]`: what
 * promises survive. Exit status 0 only if all did.
 *
 * Each scenario prints its own seed: `boxes:NAME --seed S` plays it again, alone.
 * `--percent` makes the scenarios of boxes smaller or larger.
 */
type Suite = (tell: (line: string) => void) => Promise<ScenarioReport[]>

const only = boxScenarios.map((name) => `boxes:${name}`)
const { suite, json, numbers } = readOptions('faults', ['journey', 'boxes', ...only], {
  seed: freshSeed(),
  /** 0 is what the suite takes by itself. */
  runs: 0,
  percent: 100,
})
const { seed, runs, percent } = numbers
const boxes =
  (name?: string): Suite =>
  (tell) =>
    boxFaults({ seed, runs: runs === 0 ? 1 : runs, percent }, name, tell)
const suites: Readonly<Record<string, Suite>> = {
  journey: (tell) => journeyFaults(seed, runs === 0 ? 5 : runs, tell),
  boxes: boxes(),
  ...Object.fromEntries(boxScenarios.map((name) => [`boxes:${name}`, boxes(name)])),
}
const scenarios = await suites[suite]?.((line) => console.error(line))
if (scenarios === undefined) throw new Error('No such suite')
const report = faultReport(suite, seed, scenarios)
printFaults(report, json)
process.exitCode = report.ok ? 0 : 1
