import { churn } from './boxes/churn.ts'
import { disk } from './boxes/disk.ts'
import { flood } from './boxes/flood.ts'
import { kill } from './boxes/kill.ts'
import { liars } from './boxes/liars.ts'
import { partition } from './boxes/partition.ts'
import { skew } from './boxes/skew.ts'
import type { Scenarios } from './scenarios.ts'

/** What happens to boxes that somebody was promised, when all goes wrong that can. */
export const boxScenarios: Scenarios = {
  churn,
  partition,
  liars,
  skew,
  kill,
  disk,
  flood,
}
