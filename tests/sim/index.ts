import { tableDepth } from '../../core/network/limits.ts'
import { freshSeed, readOptions } from '../harness/options.ts'
import { printSim, simReport } from './report.ts'
import { simulate, type Size } from './simulate.ts'

/**
 * `npm run sim -- [--nodes N] [--members M] [--seed S] [--anchors A] [--silent %] [--churn %] [--prefix BITS] [--json]`
 *
 * Without `--nodes`, four sizes. Exit status 1 where a box is lost, or where
 * hops grow faster than they may.
 */
const { json, numbers } = readOptions('sim', [], {
  nodes: 0,
  members: 200,
  seed: freshSeed(),
  anchors: 3,
  silent: 20,
  churn: 50,
  prefix: tableDepth,
})
const { nodes, ...options } = numbers
const sizes: Size[] = []
for (const each of nodes === 0 ? [50, 200, 1000, 5000] : [nodes]) {
  const from = performance.now()
  sizes.push(await simulate({ ...options, nodes: each }))
  console.error(`${each} nodes: ${Math.round(performance.now() - from)} ms`)
}
const report = simReport(options, sizes)
printSim(report, json)
process.exitCode = report.ok ? 0 : 1
