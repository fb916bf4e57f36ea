import { disk } from './conversations/disk.ts'
import { introductions } from './conversations/introductions.ts'
import { kill } from './conversations/kill.ts'
import { lines } from './conversations/lines.ts'
import { nodes } from './conversations/nodes.ts'
import { weeks } from './conversations/weeks.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to what two people say to each other, when all goes wrong that can. */
export const conversationScenarios: Scenarios = {
  kill,
  disk,
  lines,
  nodes,
  weeks,
  introductions,
}
