import { kill } from './mentorships/kill.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to what pairs keep beside their conversations, when all goes wrong that can. */
export const mentorshipScenarios: Scenarios = { kill }
