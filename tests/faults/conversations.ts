import { kill } from './conversations/kill.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to what two people say to each other, when all goes wrong that can. */
export const conversationScenarios: Scenarios = {
  kill,
}
