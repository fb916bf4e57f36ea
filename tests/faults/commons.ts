import { kill } from './commons/kill.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to what a community knows in common, and to reports to its guardians, when all goes wrong that can. */
export const commonsScenarios: Scenarios = { kill }
