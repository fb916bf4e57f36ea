import { kill } from './circles/kill.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to what is said in a circle, and to who is in it, when all goes wrong that can. */
export const circleScenarios: Scenarios = { kill }
