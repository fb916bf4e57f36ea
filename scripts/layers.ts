import { cruise, type ICruiseResult } from 'dependency-cruiser'
import configuration from '../.dependency-cruiser.mjs'

/** Fewer modules than this means that the cruiser could not read TypeScript and would find nothing wrong with anything. */
const fewestModules = 400

const { forbidden, options } = configuration
const { output } = await cruise(['core', 'main', 'renderer', 'tests', 'scripts'], {
  ...options,
  validate: true,
  ruleSet: { forbidden },
})
const { summary, modules } = output as ICruiseResult
const own = modules.filter(({ source }) => /^(?:core|main|renderer|tests|scripts)\/.*\.tsx?$/.test(source)).length
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`)
if (own < fewestModules) console.error(`Only ${own} modules were read; at least ${fewestModules} are there.`)
console.log(
  `layers: ${own} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} breaches`,
)
process.exitCode = summary.violations.length > 0 || own < fewestModules ? 1 : 0
