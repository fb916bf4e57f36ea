import { printFaults, type FaultReport } from '../harness/faults.ts'
import { freshSeed, readOptions } from '../harness/options.ts'
import { journeyFaults } from './journey.ts'

/** `npm run faults -- SUITE [--seed S] [--runs N] [--json]`: what promises survive. Exit status 0 only if all did. */
const suites: Readonly<
  Record<string, (seed: number, runs: number, tell: (line: string) => void) => Promise<FaultReport>>
> = {
  journey: journeyFaults,
}

const { suite, json, numbers } = readOptions('faults', Object.keys(suites), { seed: freshSeed(), runs: 5 })
const { seed, runs } = numbers
const report = await suites[suite]?.(seed, runs, (line) => console.error(line))
if (report === undefined) throw new Error('No such suite')
printFaults(report, json)
process.exitCode = report.ok ? 0 : 1
