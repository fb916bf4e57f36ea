import { benchReport, printBench, type Figure } from '../harness/figures.ts'
import { freshSeed, readOptions } from '../harness/options.ts'
import { boxesBench, boxRows } from './boxes.ts'
import { conversationRows, conversationsBench } from './conversations.ts'
import { journeyBench } from './journey.ts'
import { matchingBench } from './matching.ts'

/** `npm run bench -- SUITE[:ROW] [--json]`: figures beside the baselines of the same run. Exit status 1 where a target is missed. */
const suites: Readonly<Record<string, () => Promise<Figure[]>>> = {
  journey: journeyBench,
  boxes: () => boxesBench(),
  matching: () => matchingBench(seed),
  conversations: () => conversationsBench(),
  // one row alone
  ...Object.fromEntries(boxRows.map((row) => [`boxes:${row}`, () => boxesBench(row)])),
  ...Object.fromEntries(conversationRows.map((row) => [`conversations:${row}`, () => conversationsBench(row)])),
}

const { suite, json, numbers } = readOptions('bench', Object.keys(suites), { seed: freshSeed() })
const { seed } = numbers
const figures = await suites[suite]?.()
if (figures === undefined) throw new Error('No such suite')
printBench(benchReport(suite, seed, figures), json)
process.exitCode = figures.some(({ met }) => met === false) ? 1 : 0
